//! The published schema of the book file says what the code does: it accepts
//! what is written, refuses what is not read, and lists the same closed sets.

mod pattern;
mod validator;

use std::collections::{BTreeMap, BTreeSet};

use gigawatch::exchange::{book_file, starter};
use gigawatch::model::deal::{CounterpartyClass, DealKind, DealStatus};
use gigawatch::model::debt::{DebtKind, DebtLevel, DebtStatus};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::pin::{Choice, PinScope, Told};
use gigawatch::model::repayment::Interval;
use gigawatch::model::source::Grade;
use gigawatch::model::treasury::TreasuryKind;
use gigawatch::model::{
    Book, Change, CompanyId, DealId, DebtId, FigureId, Hedge, InstrumentId, Metric, Note, NoteId,
    Op, Pin, PinId, Provider, Record, SourceId, Subject, TreasuryId, Unit,
};
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use self::validator::Schema;
use crate::drafts::{TODAY, book, id};
use crate::drafts_random::{a_company, a_source, deal, debt, figure, treasury};

const TEXT: &str = include_str!("../../docs/book.schema.json");

fn schema() -> Schema {
    Schema::new(serde_json::from_str(TEXT).unwrap())
}

/// So many samples of a strategy, always the same ones.
fn samples<T: Strategy>(strategy: &T, count: usize) -> Vec<T::Value> {
    let mut runner = TestRunner::deterministic();
    let mut sample = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| sample()).collect()
}

/// A book that has every kind of record, with every field somewhere.
fn full_book() -> Book {
    const EACH: usize = 60;
    let mut records = Vec::new();
    for (at, mut deal) in samples(&deal(), EACH).into_iter().enumerate() {
        deal.id = DealId(id(10_000 + at as u128));
        deal.alternative_to = (at > 0).then(|| DealId(id(10_000)));
        records.push(Record::Deal(deal));
    }
    for (at, mut debt) in samples(&debt(), EACH).into_iter().enumerate() {
        debt.id = DebtId(id(20_000 + at as u128));
        records.push(Record::Debt(debt));
    }
    for (at, mut figure) in samples(&figure(), EACH).into_iter().enumerate() {
        figure.id = FigureId(id(30_000 + at as u128));
        records.push(Record::Figure(figure));
    }
    for (at, mut event) in samples(&treasury(), EACH).into_iter().enumerate() {
        event.id = TreasuryId(id(40_000 + at as u128));
        records.push(Record::Treasury(event));
    }
    for (at, (mut company, share)) in samples(&a_company(), 8).into_iter().enumerate() {
        let at = at as u128;
        company.id = CompanyId(id(70_000 + at));
        let share = share.map(|mut share| {
            share.id = InstrumentId(id(71_000 + at));
            company.instrument = Some(share.id);
            share.symbol = format!("X{at}");
            (share.locked, share.benchmark) = (true, true);
            share.providers = Provider::ALL.to_vec();
            Record::Instrument(share)
        });
        records.extend(share);
        records.push(Record::Company(company));
    }
    for (at, mut source) in samples(&a_source(), 8).into_iter().enumerate() {
        source.id = SourceId(id(80_000 + at as u128));
        records.push(Record::Source(source));
    }
    records.extend(decisions());
    let mut book = book();
    let ops = records.into_iter().map(Op::put).collect();
    book.apply(&Change::new("all", ops)).unwrap();
    book
}

/// A note, and a decision of each kind.
fn decisions() -> Vec<Record> {
    let mut records = Vec::new();
    let company = book().companies().next().unwrap().id;
    records.push(Record::Note(Note {
        id: NoteId(id(50_000)),
        company,
        day: TODAY,
        text: "A thesis.".to_owned(),
    }));
    let (figure, deal) = (FigureId(id(30_000)), DealId(id(10_000)));
    let stands = |one, other| Choice::BothStand { one, other };
    let computed = |subject| Choice::UseComputed {
        subject,
        metric: Metric::Custom("Net debt".to_owned(), Unit::Money),
    };
    let choices = [
        Choice::Use {
            figure,
            scope: PinScope::ItsTime,
        },
        computed(Subject::Company(company)),
        computed(Subject::Sector),
        stands(Told::Deal(deal), Some(Told::Figure(figure))),
        stands(Told::Treasury(TreasuryId(id(40_000))), None),
    ];
    for (at, choice) in choices.into_iter().enumerate() {
        records.push(Record::Pin(Pin {
            id: PinId(id(60_000 + at as u128)),
            choice,
            made: TODAY,
            note: "why".to_owned(),
        }));
    }
    records
}

fn written(book: &Book) -> Value {
    serde_json::from_str(&book_file::write(book).unwrap()).unwrap()
}

#[test]
fn what_is_written_is_valid_and_every_field_is_described() {
    let schema = schema();
    let starter: Value =
        serde_json::from_str(include_str!("../../data/starter_book.json")).unwrap();
    assert_eq!(schema.faults(&starter), Vec::<String>::new());
    assert_eq!(
        schema.faults(&written(&starter::book().unwrap())),
        Vec::<String>::new()
    );
    assert_eq!(
        schema.faults(&written(&Book::default())),
        Vec::<String>::new()
    );
    let full = written(&full_book());
    assert_eq!(schema.faults(&full), Vec::<String>::new());
    // A property nothing ever has would be a field that no longer exists.
    let unused: Vec<_> = schema
        .properties()
        .difference(&schema.used())
        .cloned()
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn the_schema_lists_the_closed_sets_of_the_code() {
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|member| code(*member).to_owned()).collect()
    }
    let sets = [
        (
            "known_metric",
            Metric::all().map(|m| m.code().into_owned()).collect(),
        ),
        ("hedge", codes(Hedge::ALL, Hedge::code)),
        ("grade", codes(Grade::ALL, Grade::code)),
        (
            "instrument_kind",
            codes(InstrumentKind::ALL, InstrumentKind::code),
        ),
        ("provider", codes(Provider::ALL, Provider::code)),
        (
            "counterparty_class",
            codes(CounterpartyClass::ALL, CounterpartyClass::code),
        ),
        ("deal_kind", codes(DealKind::ALL, DealKind::code)),
        ("deal_status", codes(DealStatus::ALL, DealStatus::code)),
        ("debt_level", codes(DebtLevel::ALL, DebtLevel::code)),
        ("debt_kind", codes(DebtKind::ALL, DebtKind::code)),
        ("debt_status", codes(DebtStatus::ALL, DebtStatus::code)),
        ("interval", codes(Interval::ALL, Interval::code)),
        (
            "treasury_kind",
            codes(TreasuryKind::ALL, TreasuryKind::code),
        ),
        ("pin_scope", codes(PinScope::ALL, PinScope::code)),
    ];
    let expected: BTreeMap<String, Vec<String>> = sets
        .into_iter()
        .map(|(name, codes)| (name.to_owned(), codes))
        .collect();
    let root: Value = serde_json::from_str(TEXT).unwrap();
    let mut found = BTreeMap::new();
    for (name, def) in root["$defs"].as_object().unwrap() {
        if let Some(list) = def.get("enum").and_then(Value::as_array) {
            let codes = list.iter().map(|code| code.as_str().unwrap().to_owned());
            found.insert(name.clone(), codes.collect::<Vec<_>>());
        }
    }
    assert_eq!(found, expected);
    assert_eq!(
        TEXT.matches("\"enum\"").count(),
        expected.len(),
        "an enum outside $defs"
    );
    // The units of metrics of one's own.
    let units: Vec<_> = Unit::ALL.iter().map(|unit| unit.code()).collect();
    assert!(TEXT.contains(&format!("^custom/({})/", units.join("|"))));
    let properties = &root["properties"];
    assert_eq!(properties["format"]["const"], book_file::FORMAT);
    assert_eq!(properties["version"]["const"], book_file::VERSION);
}

/// With that value, or without it, neither the schema nor the reader takes the
/// starter book.
fn check_refused(path: &str, value: Option<Value>, told: &str) {
    let schema = schema();
    let mut file = written(&starter::book().unwrap());
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = file.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
    let faults = schema.faults(&file);
    let found = faults.iter().any(|fault| fault.contains(told));
    assert!(found, "{path}: {told} in {faults:?}");
    let read = book_file::read(file.to_string().as_bytes());
    assert!(read.is_err(), "{path} is read");
}

#[test]
fn what_is_not_read_is_not_valid() {
    let check = check_refused;
    check("/format", Some(json!("a book")), "format");
    check("/version", Some(json!(3)), "version");
    check("/version", None, "version");
    check("/shoes", Some(json!([])), "shoes");
    check("/deals", Some(json!({})), "/deals");
    check("/deals/0/company", None, "company");
    check("/deals/0/id", Some(json!("one")), "/deals/0/id");
    check("/deals/0/kind", Some(json!("shoes")), "/deals/0/kind");
    check(
        "/deals/0/announced",
        Some(json!("soon")),
        "/deals/0/announced",
    );
    check(
        "/deals/0/announced",
        Some(json!("2026-13")),
        "/deals/0/announced",
    );
    check(
        "/deals/0/term_months",
        Some(json!("15y")),
        "/deals/0/term_months",
    );
    check(
        "/deals/0/base_value/amount",
        Some(json!("lots")),
        "/deals/0/base_value/amount",
    );
    check(
        "/deals/0/base_value/currency",
        Some(json!("usd")),
        "currency",
    );
    check("/deals/0/colour", Some(json!("red")), "colour");
    check("/deals/0/rent_start/0/date", None, "date");
    check(
        "/figures/0/metric",
        Some(json!("total_dept")),
        "/figures/0/metric",
    );
    check(
        "/figures/0/metric",
        Some(json!("custom/shoes/Mine")),
        "/figures/0/metric",
    );
    check(
        "/figures/0/subject",
        Some(json!({"company": 7})),
        "/figures/0/subject",
    );
    check("/figures/0/hedge", None, "hedge");
    check(
        "/debts/0/coupon",
        Some(json!({"fixed": "0.07", "floating": {}})),
        "coupon",
    );
    check(
        "/debts/0/coupon",
        Some(json!({"floating": {"spread": "0.01"}})),
        "coupon",
    );
    check("/treasury/0/event", Some(json!("2026-01-01/soon")), "event");
}

/// The validator itself: a keyword it does not know is no silent pass.
#[test]
fn the_validator_knows_every_keyword_it_is_given() {
    let faults = |schema: Value, value: Value| Schema::new(schema).faults(&value);
    assert_eq!(
        faults(json!({"minimum": 1}), json!(0)),
        ["the keyword minimum is not known"]
    );
    assert_eq!(faults(json!({"type": "integer"}), json!(1.5)).len(), 1);
    assert_eq!(faults(json!({"oneOf": [{}, {}]}), json!(1)).len(), 1);
    assert_eq!(faults(json!({"anyOf": [{}, {}]}), json!(1)).len(), 0);
    let matched = |pattern: &str, texts: &[&str]| -> BTreeSet<String> {
        let fits = |text: &&&str| pattern::matches(pattern, text);
        texts
            .iter()
            .filter(fits)
            .map(|text| (*text).to_owned())
            .collect()
    };
    let of = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let texts = ["", "a", "ab", "abb", "abbb", "c", "a.b", "a b"];
    assert_eq!(matched("^ab{1,2}$", &texts), of(&["ab", "abb"]));
    assert_eq!(matched("^(a|c)$", &texts), of(&["a", "c"]));
    assert_eq!(matched("^a(b+)?$", &texts), of(&["a", "ab", "abb", "abbb"]));
    assert_eq!(matched("^a\\.[a-c]$", &texts), of(&["a.b"]));
    assert_eq!(matched("^.*[^ab]$", &texts), of(&["c"]));
}
