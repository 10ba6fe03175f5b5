//! Drafts: what is typed into a form and the record, or the errors, it builds.

use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, DealId, Hedge, Instrument, InstrumentId, Op,
    PartialDate, Record, Source, SourceId,
    date::Day,
    draft::{
        CompanyDraft, DealDraft, DebtDraft, Draft, DraftCx, FieldError, FigureDraft, Live,
        MetricPick, NoteDraft, Parsed, SourceDraft, SubjectPick, TimeKind, TreasuryDraft, who,
    },
    instrument::InstrumentKind,
    metric::{Known, MwBasis, MwStage},
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
        provider_symbols: Default::default(),
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
fn typed<D: Draft>(mut draft: D, texts: &[(&str, &str)]) -> D {
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

fn shown(live: &Live) -> String {
    match live {
        Live::Empty => "nothing".to_owned(),
        Live::Err(text) => text.clone(),
        Live::Ok(parsed) => match parsed {
            Parsed::Money(money, hedge) => {
                format!("{} {} {}", hedge.label(), money.amount, money.currency)
            }
            Parsed::Number(value, unit, hedge) => {
                format!("{} {value} {}", hedge.label(), unit.code())
            }
            Parsed::Months(months) => format!("{months} months"),
            Parsed::Megawatts(value) => format!("{value} MW"),
            Parsed::Fraction(value) => format!("fraction {value}"),
            Parsed::Count(count) => format!("{count}"),
            Parsed::Date(date) => format!("{} to {}", date.first_day(), date.last_day()),
            Parsed::Day(day) => day.to_string(),
            Parsed::Time(time) => format!("time {time}"),
            Parsed::Coupon(coupon) => serde_json::to_string(coupon).unwrap(),
            Parsed::Company(id) => format!("company {}", id.0.as_u128()),
            Parsed::Source(id) => format!("source {}", id.0.as_u128()),
            Parsed::Kept(text) => format!("kept {text}"),
            Parsed::List(items) => items.join(" | "),
            Parsed::Text => "words".to_owned(),
        },
    }
}

/// Each line: field: text => its meaning while it is typed.
fn check_live<D: Draft>(draft: impl Fn() -> D, table: &str) {
    let book = book();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (given, expected) = line.split_once(" => ").expect(line);
        let (field, text) = given.split_once(": ").expect(line);
        let draft = typed(draft(), &[(field, text)]);
        assert_eq!(shown(&draft.live(field, &cx)), expected, "for {given:?}");
    }
}

#[test]
fn a_deal_while_it_is_typed() {
    check_live(
        DealDraft::default,
        "
        company: hut => company 1
        company: Hut 8 Corp. => company 1
        company: bitf => company 3
        company: tera => company 2
        company: H => “H” could be Hut 8, Hive: write more of it
        company: Hutt => No company “Hutt”: write the name or symbol of one in the book
        base_value: 9.8b => exactly 9800000000 USD
        base_value: ~EUR 1.5bn => about 1500000000 EUR
        base_value: >$12.8 billion => more than 12800000000 USD
        base_value: 0 => Write more than 0, or leave it blank if it is not known
        base_value: -5m => Write more than 0, or leave it blank if it is not known
        base_value: 5 QQQ => “QQQ” is no currency in use: write its code, such as USD
        term: 15y => 180 months
        term: 15 => 15 could be years or months: write 15y or 15m
        critical_mw: 352 MW => 352 MW
        critical_mw: 352 MW IT => 352 MW
        critical_mw: 352 MW gross => This is gross power: write it into the field “Gross load”
        gross_mw: 0.5 GW => 500 MW
        gross_mw: 352 critical => This is critical IT load: write it into the field “Critical IT load”
        gross_mw: 0 => Write more than 0, or leave it blank if it is not known
        rent_start: Q3 2027 => 2027-07-01 to 2027-09-30
        escalator: 3% => fraction 0.03
        escalator: 30% => Write a yearly rise from 0 % to 25 %
        owned_share: 50.1 % => fraction 0.501
        owned_share: 0% => Write a share of more than 0 % and at most 100 %
        owned_share: 101% => Write a share of more than 0 % and at most 100 %
        noi_margin: 85 % => fraction 0.85
        noi_margin: 120 % => Write a margin of at most 100 %
        gpus: 76k => 76000
        backstop: ~1b => This field keeps no “about”: write the number and put the rest into the note
        link: HTTPS://HUT8.com/News/beacon  => source 50
        link: https://hut8.com/news/beacon => words
        link: https://hut8.com/news beacon => A link has no blanks: paste it again
        link: release of 5 June.pdf => words
        source_published: 5 Jun 2026 => 2026-06-05 to 2026-06-05
        ",
    );
}

#[test]
fn other_records_while_they_are_typed() {
    check_live(
        DebtDraft::default,
        "
        coupon: 0 % => {\"fixed\":\"0\"}
        coupon: 7.75 => {\"fixed\":\"0.0775\"}
        coupon: SOFR + 475 bps => {\"floating\":{\"reference\":\"SOFR\",\"spread\":\"0.0475\"}}
        coupon: Term SOFR+4.75%, floor 1% => {\"floating\":{\"reference\":\"Term SOFR\",\"spread\":\"0.0475\",\"floor\":\"0.01\"}}
        coupon: SOFR => “SOFR” is no rate: write 7.75 % or SOFR + 4.75 %
        coupon: + 3 % => Write the reference before the plus, such as SOFR + 4.75 %
        coupon: SOFR + 3 %, cap 9 % => After the comma write the floor, such as “floor 1 %”
        drawn: 0 => exactly 0 USD
        conversion_price: $64.78 => exactly 64.78 USD
        cap_price: €5 => The principal is in USD: write the price in USD, too
        ",
    );
    let power = || FigureDraft {
        metric: MetricPick::Megawatts(MwStage::Contracted, MwBasis::Critical),
        ..FigureDraft::default()
    };
    check_live(
        power,
        "
        value: ~27 GW => about 27000 mw
        value: 27 MW gross => The metric is critical IT: pick the one that fits, or drop the word
        time: 2026-06-30 => time 2026-06-30
        time: 1 Jan 2026 to 31 Mar 2026 => This is a period: pick “Over”, or write one date
        ",
    );
    let of = |known| {
        move || {
            let mut draft = FigureDraft::default();
            draft.pick_metric(MetricPick::Known(known));
            draft
        }
    };
    check_live(
        of(Known::TotalDebt),
        "value: >$5.3b => more than 5300000000 USD",
    );
    check_live(
        of(Known::AiRevenueShare),
        "
        value: about 27% => about 0.27 fraction
        time: Q1 2026 => time 2026-01-01/2026-03-31
        time: 1 Feb 2026 – 30 Apr 2026 => time 2026-02-01/2026-04-30
        time: 2026-04-30 to 2026-02-01 => The period ends before it starts: write the first day first
        time: some day => “some day” is not understood: write a date such as 2027-08-14, 14 Aug 2027, Aug 2027, Q3 2027, H1 2027 or 2027
        ",
    );
    check_live(of(Known::Hashrate), "value: 50.1 EH/s => exactly 50.1 eh_s");
    check_live(
        of(Known::FleetEfficiency),
        "value: <17 J/TH => up to 17 j_th",
    );
    check_live(
        of(Known::PowerPrice),
        "value: $45/MWh => exactly 45 usd_mwh",
    );
    check_live(
        of(Known::DilutedShares),
        "value: ~1.2b => about 1200000000 count",
    );
    check_live(of(Known::LeadTime), "value: 4 years => exactly 48 months");
    check_live(
        CompanyDraft::default,
        "
        name: hut 8 => A company of this name is in the book: edit that one
        symbol: iren => kept IREN
        symbol: wulf => WULF is the symbol of TeraWulf: edit that company instead
        symbol: two words => Write the symbol alone, such as IREN
        currency: usd => kept USD
        currency: $ => Write the code of a currency, such as USD
        cik: 1964789 => kept 0001964789
        fiscal_year_end: 30 June => kept 06-30
        fiscal_year_end: 02-29 => kept 02-29
        fiscal_year_end: 31 Feb => Write the month and day, such as 06-30 or 30 June
        tags: AI, Texas ,, => AI | Texas
        colour: 5AB4F0 => kept #5AB4F0
        colour: blue => Write six hexadecimal digits, such as #5AB4F0
        former_symbols: bitf => Write the present symbol first, or take the former ones back
        ",
    );
    check_live(
        TreasuryDraft::default,
        "
        btc: ~15,000 BTC => about 15000 btc
        btc: 0 => exactly 0 btc
        event: Q1 2026 => time 2026-Q1
        ",
    );
    check_live(
        SourceDraft::default,
        "url: https://HUT8.com/News/beacon => “Hut 8 signs” has this link already: edit that source instead",
    );
    check_live(
        NoteDraft::default,
        "day: Q1 2026 => “Q1 2026” is not a single day: write it in full, such as 2027-08-14",
    );
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
