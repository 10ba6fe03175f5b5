//! Drafts: what is typed into a form and the record, or the errors, it builds.

use std::collections::BTreeMap;

use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, DealId, Hedge, Instrument, InstrumentId, Op,
    PartialDate, Record, Source, SourceId,
    date::Day,
    draft::{
        CompanyDraft, DealDraft, DebtDraft, Draft, DraftCx, FieldError, FigureDraft, MetricPick,
        NoteDraft, SourceDraft, SubjectPick, TimeKind, TreasuryDraft, who,
    },
    instrument::InstrumentKind,
    source::Grade,
    treasury::TreasuryKind,
};
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub const TODAY: Day = Day::constant(2026, 10, 10);

/// Ids from 1000 up, one after the other.
pub fn ids() -> impl FnMut() -> Uuid {
    let mut next = 1000;
    move || {
        next += 1;
        id(next)
    }
}

fn company(n: u128, name: &str, symbol: &str, former: &[&str]) -> [Record; 2] {
    let instrument = Instrument {
        id: InstrumentId(id(100 + n)),
        symbol: symbol.to_owned(),
        name: name.to_owned(),
        kind: InstrumentKind::Stock,
        currency: Currency::USD,
        former_symbols: former.iter().map(|&symbol| symbol.to_owned()).collect(),
        provider_symbols: BTreeMap::default(),
        providers: Vec::new(),
        locked: false,
        benchmark: false,
    };
    let company = Company {
        id: CompanyId(id(n)),
        name: name.to_owned(),
        legal_name: Some(format!("{name} Corp.")),
        former_names: Vec::new(),
        instrument: Some(instrument.id),
        cik: None,
        exchange: None,
        fiscal_year_end: None,
        tags: Vec::new(),
        colour: None,
        watch_order: i64::try_from(n).unwrap(),
        note: String::new(),
    };
    [Record::Instrument(instrument), Record::Company(company)]
}

/// Hut 8 (1), TeraWulf (2), Keel (3, once BITF), Hive (4); one source (50).
pub fn book() -> Book {
    let mut book = Book::default();
    let source = Source {
        id: SourceId(id(50)),
        title: "Hut 8 signs".to_owned(),
        publisher: "Hut 8".to_owned(),
        url: Some("https://hut8.com/News/beacon".to_owned()),
        published: None,
        grade: Grade::CompanyRelease,
        note: String::new(),
    };
    let records = company(1, "Hut 8", "HUT", &[])
        .into_iter()
        .chain(company(2, "TeraWulf", "WULF", &[]))
        .chain(company(3, "Keel", "KEEL", &["BITF"]))
        .chain(company(4, "Hive", "HIVE", &[]))
        .chain([Record::Source(source)]);
    let ops = records.map(Op::put).collect();
    book.apply(&Change::new("set up", ops)).unwrap();
    book
}

/// A draft with these texts typed into its fields.
pub fn typed<D: Draft>(mut draft: D, texts: &[(&str, &str)]) -> D {
    for (field, text) in texts {
        *draft.text_mut(field).expect(field) = (*text).to_owned();
    }
    draft
}

fn build(draft: &impl Draft, book: &Book) -> Result<Change, Vec<FieldError>> {
    let cx = DraftCx { book, today: TODAY };
    let built = draft.build(&cx, &mut ids());
    if let Ok(change) = &built {
        book.clone().apply(change).expect("a built change applies");
    }
    built
}

/// The change's label and records in JSON, or the errors, one a line.
fn built(draft: &impl Draft, book: &Book) -> String {
    match build(draft, book) {
        Ok(change) => std::iter::once(change.label)
            .chain(change.ops.iter().map(|op| match op {
                Op::Put(record) => serde_json::to_string(record).unwrap(),
                Op::Delete(key) => format!("{key:?}"),
            }))
            .collect::<Vec<_>>()
            .join("\n"),
        Err(errors) => errors
            .iter()
            .map(|error| format!("{}: {}", error.field, error.text))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

#[test]
fn a_deal_is_built_with_its_new_source() {
    let draft = typed(
        DealDraft::new(TODAY),
        &[
            ("company", "hut"),
            ("counterparty", " Undisclosed "),
            ("site", "Beacon Point"),
            ("base_value", "~9.8b"),
            ("term", "15y"),
            ("critical_mw", "352 MW"),
            ("rent_start", "Q3 2027"),
            ("link", " https://www.example.com/hut8?id=1 "),
        ],
    );
    assert_eq!(
        built(&draft, &book()),
        "add deal Hut 8 – Beacon Point\n\
         {\"source\":{\"id\":\"00000000-0000-0000-0000-0000000003e9\",\"title\":\"https://www.example.com/hut8?id=1\",\
         \"publisher\":\"example.com\",\"url\":\"https://www.example.com/hut8?id=1\",\"grade\":\"news\"}}\n\
         {\"deal\":{\"id\":\"00000000-0000-0000-0000-0000000003ea\",\"company\":\"00000000-0000-0000-0000-000000000001\",\
         \"counterparty\":\"Undisclosed\",\"counterparty_class\":\"undisclosed\",\"kind\":\"unknown\",\"site\":\"Beacon Point\",\
         \"announced\":\"2026-10-10\",\"rent_start\":[{\"date\":\"2027-Q3\",\"stated\":\"2026-10-10\",\
         \"source\":\"00000000-0000-0000-0000-0000000003e9\"}],\"term_months\":180,\
         \"base_value\":{\"amount\":\"9800000000\",\"currency\":\"USD\"},\"base_value_hedge\":\"about\",\
         \"critical_mw\":\"352\",\"status\":\"announced\",\"sources\":[\"00000000-0000-0000-0000-0000000003e9\"]}}"
    );
}

#[test]
fn a_known_link_adds_no_source() {
    let draft = typed(
        DealDraft::new(TODAY),
        &[
            ("company", "wulf"),
            ("counterparty", "Fluidstack"),
            ("link", "https://Hut8.com/News/beacon"),
        ],
    );
    let change = build(&draft, &book()).unwrap();
    assert_eq!(change.label, "add deal TeraWulf – Fluidstack");
    let [Op::Put(record)] = change.ops.as_slice() else {
        panic!("one op, not {:?}", change.ops);
    };
    let Record::Deal(deal) = record.as_ref() else {
        panic!("a deal");
    };
    assert_eq!(deal.sources, [SourceId(id(50))]);
    assert_eq!((deal.base_value, deal.critical_mw), (None, None));
    assert_eq!((deal.term_months, deal.rent_start.len()), (None, 0));
}

#[test]
fn all_errors_come_at_once() {
    let draft = typed(
        DealDraft::default(),
        &[
            ("company", "Hutt"),
            ("base_value", "9,8b"),
            ("term", "15"),
            ("source_publisher", "Someone"),
        ],
    );
    let text = built(&draft, &book());
    let fields: Vec<_> = text
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(
        fields,
        [
            "company",
            "counterparty",
            "announced",
            "base_value",
            "term",
            "source_title"
        ]
    );
}

#[test]
fn blank_drafts_say_what_they_need() {
    let check = |draft: &dyn Draft, expected: &str| {
        let book = book();
        let cx = DraftCx {
            book: &book,
            today: TODAY,
        };
        let errors = draft.build(&cx, &mut ids()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields.join(" "), expected);
    };
    check(&DealDraft::default(), "company counterparty announced");
    check(&DebtDraft::default(), "company name");
    check(&FigureDraft::default(), "company value");
    let own = FigureDraft {
        subject: SubjectPick::Sector,
        metric: MetricPick::Custom(gigawatch::model::Unit::Count),
        ..FigureDraft::default()
    };
    check(&own, "custom_name value");
    check(&CompanyDraft::default(), "name");
    check(&TreasuryDraft::default(), "company btc");
    check(&SourceDraft::default(), "title");
    check(&NoteDraft::default(), "company day body");
}

#[test]
fn plans_and_hedges_are_one_choice() {
    let draft = FigureDraft {
        planned: true,
        ..typed(
            FigureDraft::default(),
            &[("company", "hut"), ("value", "~1b")],
        )
    };
    assert_eq!(
        built(&draft, &book()),
        "value: “about” and a plan are one choice: take one of them back"
    );
    let draft = TreasuryDraft {
        kind: TreasuryKind::Sale,
        ..typed(
            TreasuryDraft::default(),
            &[("company", "hut"), ("btc", ">15k"), ("proceeds", "~$1b")],
        )
    };
    assert_eq!(
        built(&draft, &book()),
        "proceeds: The coins are “more than”, the money “about”: one statement has one hedge"
    );
}

/// A book with a deal whose rent starts in Q3 2027, and the deal.
fn with_a_deal() -> (Book, gigawatch::model::Deal) {
    let mut book = book();
    let draft = typed(
        DealDraft::new(TODAY),
        &[
            ("company", "hut"),
            ("counterparty", "A"),
            ("rent_start", "Q3 2027"),
        ],
    );
    let change = build(&draft, &book).unwrap();
    book.apply(&change).unwrap();
    let deal = book.deals().next().unwrap().clone();
    (book, deal)
}

#[test]
fn a_slipped_rent_start_stays_visible() {
    let (book, deal) = with_a_deal();
    let check = |text: &str, correct: bool, expected: &str| {
        let mut draft = DealDraft::from_record(&deal, &book);
        draft.rent_start = text.to_owned();
        draft.correct_rent_start = correct;
        let starts = match build(&draft, &book) {
            Err(errors) => errors[0].text.clone(),
            Ok(change) => {
                assert_eq!(change.label, "edit deal Hut 8 – A");
                let Op::Put(record) = &change.ops[0] else {
                    panic!("a put")
                };
                let Record::Deal(deal) = record.as_ref() else {
                    panic!("a deal")
                };
                let start = |start: &gigawatch::model::deal::RentStart| {
                    let stated = start.stated.map(|day| day.to_string()).unwrap_or_default();
                    format!("{} ({stated})", start.date)
                };
                deal.rent_start
                    .iter()
                    .map(start)
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        assert_eq!(starts, expected, "for {text}");
    };
    check("2027-Q3", false, "2027-Q3 (2026-10-10)");
    check(
        "Q1 2028",
        false,
        "2027-Q3 (2026-10-10), 2028-Q1 (2026-10-10)",
    );
    check("Q1 2028", true, "2028-Q1 (2026-10-10)");
    check("", true, "");
    check(
        "",
        false,
        "Write the new start, or tick “Correct the last statement” to take it back",
    );
}

#[test]
fn a_duplicate_is_a_new_record() {
    let (book, deal) = with_a_deal();
    let draft = DealDraft::from_record(&deal, &book).duplicate();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    let change = draft.build(&cx, &mut || id(2000)).unwrap();
    assert_eq!(change.label, "add deal Hut 8 – A");
    assert_eq!(change.ops[0].key().id, id(2000));
    assert_eq!(draft.rent_start, "Q3 2027");
    assert_eq!(draft.id, None::<DealId>);
}

#[test]
fn a_company_brings_its_share() {
    let draft = typed(
        CompanyDraft::new(&book()),
        &[
            ("name", "IREN"),
            ("symbol", "iren"),
            ("fiscal_year_end", "30 June"),
        ],
    );
    assert_eq!(
        built(&draft, &book()),
        "add company IREN\n\
         {\"instrument\":{\"id\":\"00000000-0000-0000-0000-0000000003e9\",\"symbol\":\"IREN\",\"name\":\"IREN\",\
         \"kind\":\"stock\",\"currency\":\"USD\",\"benchmark\":false}}\n\
         {\"company\":{\"id\":\"00000000-0000-0000-0000-0000000003ea\",\"name\":\"IREN\",\
         \"instrument\":\"00000000-0000-0000-0000-0000000003e9\",\"fiscal_year_end\":\"06-30\",\"watch_order\":5}}"
    );
    // A new symbol of an old company changes its share, which keeps its id.
    let book = book();
    let keel = book.company(CompanyId(id(3))).unwrap();
    let mut draft = CompanyDraft::from_record(keel, &book);
    assert_eq!(draft.former_symbols, "BITF");
    draft.symbol = "KLX".to_owned();
    draft.former_symbols = "bitf, keel".to_owned();
    let change = build(&draft, &book).unwrap();
    assert_eq!(change.label, "edit company Keel");
    let mut after = book.clone();
    after.apply(&change).unwrap();
    assert_eq!(after.company_by_symbol("KEEL").unwrap().id, keel.id);
    assert_eq!(after.symbol_of(keel.id), Some("KLX"));
    assert_eq!(after.instruments().count(), book.instruments().count());
}

#[test]
fn suggestions_put_beginnings_first() {
    let book = book();
    let names = |text| {
        who::suggestions(text, &book)
            .iter()
            .map(|company| company.name.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(names("h"), "Hut 8 Hive");
    assert_eq!(names("wul"), "TeraWulf");
    assert_eq!(names("E"), "TeraWulf Keel Hive");
    assert_eq!(names(""), "Hut 8 TeraWulf Keel Hive");
}

#[test]
fn terms_hold_what_is_understood_so_far() {
    let book = book();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    let draft = typed(
        DealDraft::default(),
        &[
            ("base_value", "9.8b"),
            ("term", "15"),
            ("critical_mw", "352"),
        ],
    );
    let terms = draft.terms(&cx);
    assert_eq!(
        terms.base_value.unwrap().amount,
        Decimal::from(9_800_000_000_i64)
    );
    assert_eq!(
        (terms.term_months, terms.critical_mw),
        (None, Some(Decimal::from(352)))
    );
}

#[test]
fn sources_get_what_their_link_suggests() {
    let draft = typed(
        FigureDraft::new(TODAY),
        &[
            ("company", "hut"),
            ("value", "1b"),
            ("link", "https://www.sec.gov/Archives/x.htm"),
            ("source_title", "10-Q"),
            ("source_published", "2026-08"),
        ],
    );
    let change = build(&draft, &book()).unwrap();
    assert_eq!(change.label, "add figure Hut 8 – Total debt");
    let Op::Put(record) = &change.ops[0] else {
        panic!("a put")
    };
    let Record::Source(source) = record.as_ref() else {
        panic!("a source")
    };
    assert_eq!(
        (
            source.title.as_str(),
            source.publisher.as_str(),
            source.grade
        ),
        ("10-Q", "sec.gov", Grade::Filing)
    );
    assert_eq!(source.published, PartialDate::month(2026, 8));
    assert_eq!(TimeKind::Instant.label(), "As of");
    assert_eq!(Hedge::Exact.label(), "exactly");
}
