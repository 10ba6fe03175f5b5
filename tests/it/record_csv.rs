//! Records as CSV: writing and reading again changes nothing, and every fault of
//! a file is told where it is.

mod documented;
mod round_trip;

use gigawatch::exchange::record_csv::{
    Fate, Import, RecordFileError, Table, read, recognise, write,
};
use gigawatch::model::{Book, Currency, Deal, Hedge, Money, Record, Time};
use rust_decimal::Decimal;

use crate::drafts::{book, ids};

/// A deal typed by hand, with as little as must be there.
const BY_HAND: &str = "Company,Counterparty,Counterparty class,Kind,Status,Announced,Base value,Term months,Critical MW,Rent start
hut, Anthropic ,AI lab,Colocation,announced,17 Dec 2025,~$7.0bn,15y,245 MW,Q2 2027 stated Dec 2025 > Q3 2027
BITF,Microsoft,hyperscaler,gpu_cloud,billing,2026-05,,180,,
";

pub(crate) fn import(table: Table, text: &str, book: &Book) -> Import {
    read(table, text.as_bytes(), book).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(table: Table, text: &str) -> String {
    match read(table, text.as_bytes(), &book()) {
        Err(error) => error.to_string(),
        Ok(import) => panic!("taken: {import:?}"),
    }
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn deals(import: &Import) -> Vec<&Deal> {
    let deals = import.records().map(|record| {
        let Record::Deal(deal) = record else {
            panic!("{record:?}");
        };
        deal
    });
    deals.collect()
}

#[test]
fn a_file_typed_by_hand_is_read_as_it_is_meant() {
    let book = book();
    for text in [
        BY_HAND.to_owned(),
        format!("\u{feff}{}", BY_HAND.replace('\n', "\r\n")),
        BY_HAND.replace(',', ";"),
        format!("sep=;\n{}", BY_HAND.replace(',', ";")),
        BY_HAND.replace(',', "\t"),
        BY_HAND.replace('\n', "\r"),
    ] {
        let import = import(Table::Deals, &text, &book);
        assert_eq!(import.refused, [], "{text}");
        let [first, second] = deals(&import)[..] else {
            panic!("two deals of {text}");
        };
        assert_eq!(book.symbol_of(first.company), Some("HUT"));
        assert_eq!(first.counterparty, "Anthropic");
        assert_eq!(first.base_value, Some(Money::usd(dec("7000000000"))));
        assert_eq!(first.base_value_hedge, Hedge::About);
        assert_eq!(
            (first.term_months, first.critical_mw),
            (Some(180), Some(dec("245")))
        );
        let starts: Vec<_> = first
            .rent_start
            .iter()
            .map(|start| (start.date.to_string(), start.stated.map(|s| s.to_string())))
            .collect();
        let of = |date: &str, stated: Option<&str>| (date.to_owned(), stated.map(str::to_owned));
        assert_eq!(
            starts,
            [of("2027-Q2", Some("2025-12")), of("2027-Q3", None)]
        );
        assert_eq!(book.symbol_of(second.company), Some("KEEL"));
        assert_eq!(
            (import.new_rows(), import.rows[1].line),
            (2, import.rows[0].line + 1)
        );
    }
}

#[test]
fn taking_a_file_again_changes_nothing() {
    let mut book = book();
    let import_of = |book: &Book, text: &str| import(Table::Deals, text, book);
    let change = import_of(&book, BY_HAND).change("hand.csv", &mut ids());
    assert_eq!(change.label, "import deals hand.csv (2 new)");
    let before = book.clone();
    let undo = book.apply(&change).unwrap();
    let again = import_of(&book, BY_HAND);
    assert_eq!((again.unchanged_rows(), again.changes_nothing()), (2, true));
    assert!(again.change("hand.csv", &mut ids()).ops.is_empty());
    // What the user adds in a column the file does not have is no difference.
    let mut deal = book.deals().next().unwrap().clone();
    deal.note = "mine".to_owned();
    let mut noted = book.clone();
    let edit = gigawatch::model::Change::put("edit", Record::Deal(deal));
    noted.apply(&edit).unwrap();
    assert!(import_of(&noted, BY_HAND).changes_nothing());
    // One undo takes the import back.
    book.apply(&undo).unwrap();
    assert_eq!(book, before);
}

#[test]
fn a_row_with_an_id_changes_what_its_columns_say_and_no_more() {
    let mut book = book();
    let change = import(Table::Deals, BY_HAND, &book).change("hand.csv", &mut ids());
    book.apply(&change).unwrap();
    let deal = book.deals().next().unwrap().clone();
    let text = format!(
        "id,company,counterparty,counterparty_class,kind,status,announced,site,term_months\n{},HUT,Anthropic,ai_lab,colocation,announced,2025-12-17,River Bend,\n",
        deal.id
    );
    let import = import(Table::Deals, &text, &book);
    let Fate::Changed(fields) = &import.rows[0].fate else {
        panic!("{import:?}");
    };
    let told: Vec<_> = fields
        .iter()
        .map(|f| (f.field, f.before.as_str(), f.after.as_str()))
        .collect();
    assert_eq!(
        told,
        [("site", "", "River Bend"), ("term_months", "180", "")]
    );
    let expected = Deal {
        site: Some("River Bend".to_owned()),
        term_months: None,
        ..deal
    };
    assert_eq!(deals(&import), [&expected]);
}

#[test]
fn a_header_is_refused_with_all_its_faults() {
    let told = refusal(
        Table::Deals,
        "company,counter_party,kind,kind,base_valeu,announced,shoe_size\nHUT,A,colocation,x,1,2026,44\n",
    );
    assert_eq!(
        told,
        "The header is not that of deals: “counter_party” is no column (“counterparty” is); \
         “base_valeu” is no column (“base_value” is); “shoe_size” is no column; \
         there is no column “counterparty”, “counterparty_class”, “status”; \
         more than one column is “kind”"
    );
    for (text, part) in [
        ("", "empty"),
        ("{\"format\":1}", "JSON"),
        (
            &"company,metric,value\n".repeat(2_500_000),
            "more than the 50000000",
        ),
        ("company,metric,value\n", "no rows"),
        (
            "company,metric,value\nHUT,cash,\"1\nHUT,cash,2\n",
            "not closed",
        ),
    ] {
        let told = refusal(Table::Figures, text);
        assert!(told.contains(part), "{text:?}: {told}");
    }
    assert!(matches!(
        read(Table::Debts, b"PK\x03\x04", &book()),
        Err(RecordFileError::NotCsv(_))
    ));
}

#[test]
fn every_fault_of_every_row_is_told_and_good_rows_stay() {
    let text = "company,name,level,kind,status,principal,coupon,coupon_floor,matures,owned_share,sources,drawn\n\
        WULF,Good notes,parent,convertible,outstanding,1bn,2.75 %,,2030,,,\n\
        ,,owner,convertible,outstanding,9.7 apples,abc,1 %,soon,150 %,No such paper,\n\
        WULFF,Notes,parent,convertible,outstanding,,,3 %,2030,,,about 5m\n\
        WULF,Too short,parent\n\
        HUT,Sane,project,term_loan,proposed,,,,,150 %,https://hut8.com/News/beacon,-1\n";
    let import = import(Table::Debts, text, &book());
    assert_eq!((import.rows.len(), import.new_rows()), (1, 1));
    assert_eq!(import.refused_rows(), 4);
    let told: Vec<_> = import.refused.iter().map(ToString::to_string).collect();
    let expected = [
        ("line 3, company: nothing is written here", ""),
        (
            "line 3, level: “owner” is none of parent, project, joint_venture",
            "",
        ),
        ("line 3, name: nothing", ""),
        ("line 3, principal:", "9.7 apples"),
        ("line 3, coupon:", "abc"),
        ("line 3, matures:", "soon"),
        ("line 3, sources:", "No such paper"),
        (
            "line 4, company: “WULFF” is no company of the book (“WULF” is)",
            "",
        ),
        ("line 4, coupon: the spread", ""),
        ("line 4, drawn: this column keeps no “about”", "about 5m"),
        ("line 5, row: 3 cells instead of 12", ""),
        ("line 6, drawn: write 0 or more", "-1"),
        ("line 6, owned_share: write a share", "150 %"),
    ];
    for (start, text) in expected {
        let found = told
            .iter()
            .any(|t| t.starts_with(start) && t.contains(text));
        assert!(found, "{start} {text} in {told:#?}");
    }
    assert!(told.iter().all(|t| !t.starts_with("line 2")), "{told:#?}");
}

#[test]
fn references_inside_a_file_must_be_sound() {
    let head = "id,company,counterparty,counterparty_class,kind,status,announced,alternative_to\n";
    let [one, two, gone] = [1, 2, 3].map(|n| crate::drafts::id(9000 + n));
    let row = |id, kind: &str, other: &str| {
        format!("{id},HUT,Some,ai_lab,{kind},announced,2026,{other}\n")
    };
    let of = |rows: &[String]| import(Table::Deals, &format!("{head}{}", rows.concat()), &book());
    let good = of(&[
        row(one, "colocation", &two.to_string()),
        row(two, "colocation", ""),
    ]);
    assert_eq!((good.new_rows(), good.refused.as_slice()), (2, &[][..]));
    let change = good.change("a.csv", &mut ids());
    book().apply(&change).unwrap();
    // A row that refers to a refused one is refused, too, and says why.
    let bad = of(&[
        row(one, "colocation", &two.to_string()),
        row(two, "shoes", ""),
    ]);
    let fields: Vec<_> = bad.refused.iter().map(|e| (e.line, e.field)).collect();
    assert_eq!(fields, [(2, "alternative_to"), (3, "kind")]);
    let bad = of(&[
        row(one, "colocation", &gone.to_string()),
        row(one, "colocation", ""),
    ]);
    assert_eq!(bad.refused[0].text, gone.to_string());
    assert!(
        bad.refused[1].reason.contains("line 2"),
        "{:?}",
        bad.refused
    );
    let twice = of(&[row(one, "colocation", &one.to_string())]);
    assert!(twice.refused[0].reason.contains("itself"), "{twice:?}");
}

/// What a row of figures says: value, time, currency and hedge.
fn check_figure(cells: &str, value: &str, currency: Option<Currency>, time: &str, hedge: Hedge) {
    let text = format!("company,metric,value,currency,time,hedge\n{cells}\n");
    let import = import(Table::Figures, &text, &book());
    assert_eq!(import.refused, [], "{cells}");
    let Some(Record::Figure(figure)) = import.records().next() else {
        panic!("{import:?}");
    };
    let told = figure
        .time
        .map_or_else(String::new, |time| time.to_string());
    assert_eq!((figure.value, told.as_str()), (dec(value), time), "{cells}");
    assert_eq!(
        (figure.currency, figure.hedge),
        (currency, hedge),
        "{cells}"
    );
}

#[test]
fn figures_tell_units_currencies_and_times_as_people_write_them() {
    let check = check_figure;
    let usd = Some(Currency::USD);
    check(
        "HUT,total_debt,5.7bn,,5 Jun 2026,",
        "5700000000",
        usd,
        "2026-06-05",
        Hedge::Exact,
    );
    check(
        "HUT,Total debt,about €5m,,,",
        "5000000",
        Some(Currency::EUR),
        "",
        Hedge::About,
    );
    check(
        "HUT,cash,5m,none,2026,up_to",
        "5000000",
        None,
        "2026",
        Hedge::UpTo,
    );
    // A plain date of what is earned over time means all its days.
    let quarter = "2026-01-01/2026-03-31";
    check(
        "HUT,total_revenue,1m,,Q1 2026,",
        "1000000",
        usd,
        quarter,
        Hedge::Exact,
    );
    check(
        "sector,ai_revenue_share,61.8 %,,at Q1 2026,",
        "0.618",
        None,
        "2026-Q1",
        Hedge::Exact,
    );
    check(
        "Hive,cash,1,,2026-01-01 to March 2026,",
        "1",
        usd,
        quarter,
        Hedge::Exact,
    );
    check(
        "HUT,mw_contracted_critical,>0.6 GW IT,,,",
        "600",
        None,
        "",
        Hedge::MoreThan,
    );
    check(
        "HUT,custom/count/Employees,-3,,,planned",
        "-3",
        None,
        "",
        Hedge::Planned,
    );
}

#[test]
fn figures_that_contradict_themselves_are_refused() {
    let text = "company,metric,value,currency,unit,hedge\nHUT,cash,5m EUR,usd,btc,exact\nHUT,mw_contracted_critical,5 MW gross,,,\nHUT,totel_debt,~5,,,up_to\nHUT,cash,~5,,,up_to\n";
    let bad = import(Table::Figures, text, &book());
    let told: Vec<_> = bad.refused.iter().map(ToString::to_string).collect();
    for part in [
        "line 2, unit: cash is told in money",
        "line 2, currency: the value is in EUR, this column says USD",
        "line 3, value: this column has megawatts, critical IT",
        "line 4, metric: “totel_debt” is no metric: write it, such as total_debt",
        "line 5, hedge: the value says “about”, this column “up to”",
    ] {
        assert!(
            told.iter().any(|t| t.starts_with(part)),
            "{part} in {told:#?}"
        );
    }
}

#[test]
fn a_file_is_recognised_by_its_header() {
    let book = gigawatch::exchange::starter::book().unwrap();
    for table in Table::ALL {
        let text = write(*table, &book);
        assert_eq!(recognise(text.as_bytes()), Some(*table));
    }
    assert_eq!(
        recognise(BY_HAND.replace(',', ";").as_bytes()),
        Some(Table::Deals)
    );
    // One wrong name is for the preview to tell.
    let wrong = "company,metrik,metric,value,stated\nHUT,x,cash,1,\n";
    assert_eq!(recognise(wrong.as_bytes()), Some(Table::Figures));
    for other in [
        "Date,Open,High,Low,Close,Adj Close,Volume\n",
        "a,b,c\n1,2,3\n",
        "",
        "{}",
    ] {
        assert_eq!(recognise(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn times_of_flows_keep_their_kind() {
    let quarter: Time = "2026-Q1".parse().unwrap();
    let mut starter = gigawatch::exchange::starter::book().unwrap();
    let mut figure = starter
        .figures()
        .find(|f| f.metric.code() == "total_revenue")
        .unwrap()
        .clone();
    figure.time = Some(quarter);
    let change = gigawatch::model::Change::put("edit", Record::Figure(figure));
    starter.apply(&change).unwrap();
    let text = write(Table::Figures, &starter);
    assert!(text.contains("at 2026-Q1"), "{text}");
    assert!(import(Table::Figures, &text, &starter).changes_nothing());
}

/// Spreadsheets end lines with two bytes, and people leave blank ones.
#[test]
fn a_row_stands_on_its_line_however_lines_end() {
    let rows = BY_HAND.replace("BITF,", "NOPE,");
    let (head, rest) = rows.split_once('\n').unwrap();
    for (text, line) in [
        (rows.clone(), 3),
        (rows.replace('\n', "\r\n"), 3),
        (rows.replace('\n', "\r"), 3),
        (format!("sep=,\r\n{}", rows.replace('\n', "\r\n")), 4),
        (format!("{head}\n\n\n{rest}"), 5),
        (format!("{head}\n\n\n{rest}").replace('\n', "\r\n"), 5),
        (rows.replace("hut, Anthropic ", "hut,\"Anthropic\n\""), 4),
    ] {
        let import = import(Table::Deals, &text, &book());
        let lines: Vec<_> = import.refused.iter().map(|error| error.line).collect();
        assert_eq!(lines, [line], "{text:?}");
    }
}
