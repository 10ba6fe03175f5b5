//! Random drafts: no text makes one panic, whatever builds applies to the
//! book, and a record as one would type it builds the very same record.

use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, Deal, DealId, Debt, DebtId, Figure, FigureId,
    Hedge, Instalments, Instrument, InstrumentId, Metric, Money, Note, NoteId, Op, PartialDate,
    Period, Phase, Record, Repayment, Source, SourceId, Subject, Time, Treasury, TreasuryId, Unit,
    date::{DateKind, Day},
    deal::{CounterpartyClass, DealKind, DealStatus, RentStart},
    debt::{Coupon, DebtKind, DebtLevel, DebtStatus},
    draft::{
        CompanyDraft, DealDraft, DebtDraft, Draft, DraftCx, FigureDraft, NoteDraft, SourceDraft,
        TreasuryDraft,
    },
    instrument::InstrumentKind,
    repayment::Interval,
    source::Grade,
    treasury::TreasuryKind,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rust_decimal::Decimal;

use crate::drafts::{TODAY, book, id, ids};

/// Everything that can be done with a draft while its fields hold the text.
fn exercise(mut draft: impl Draft, texts: &[String], book: &Book) {
    let cx = DraftCx { book, today: TODAY };
    for (field, text) in draft.fields().iter().zip(texts.iter().cycle()) {
        text.clone_into(draft.text_mut(field).unwrap());
    }
    for field in draft.fields() {
        assert!(draft.text(field).is_some(), "{field}");
        draft.live(field, &cx);
    }
    match draft.build(&cx, &mut ids()) {
        Ok(change) => {
            book.clone().apply(&change).expect("a built change applies");
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(draft.fields().contains(&error.field), "{}", error.field);
                assert!(!error.text.is_empty());
            }
        }
    }
}

fn exercise_all(texts: &[String]) {
    let book = book();
    exercise(DealDraft::default(), texts, &book);
    exercise(DebtDraft::default(), texts, &book);
    exercise(CompanyDraft::default(), texts, &book);
    exercise(TreasuryDraft::default(), texts, &book);
    exercise(SourceDraft::default(), texts, &book);
    exercise(NoteDraft::default(), texts, &book);
    for metric in Metric::all() {
        let figure = Figure {
            id: FigureId(id(1)),
            subject: Subject::Sector,
            metric,
            value: Decimal::ONE,
            currency: None,
            hedge: Hedge::Exact,
            time: None,
            stated: None,
            source: None,
            note: String::new(),
        };
        exercise(FigureDraft::from_record(&figure, &book), texts, &book);
    }
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z0-9€“”%.,]([A-Za-z0-9 ,.%&\n-]{0,20}[A-Za-z0-9€%.])?"
}

fn line() -> impl Strategy<Value = String> {
    "[A-Za-z0-9€“”%.]([A-Za-z0-9 .%&-]{0,20}[A-Za-z0-9€%.])?"
}

fn positive() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (1..=99_999_u32, 0..=12_u32).prop_map(|(digits, zeros)| {
            Decimal::from(digits) * Decimal::from(10_u64.pow(zeros))
        }),
        (1..=u64::MAX, 0..=10_u32)
            .prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits.into(), scale)),
    ]
}

fn money() -> impl Strategy<Value = Money> {
    let currency = select(vec![Currency::USD, Currency::EUR, Currency::CAD]);
    (positive(), currency).prop_map(|(amount, currency)| Money::new(amount, currency))
}

fn share() -> impl Strategy<Value = Decimal> {
    (1..=10_000_000_i64).prop_map(|share| Decimal::new(share, 7))
}

fn hedge() -> impl Strategy<Value = Hedge> {
    select(Hedge::ALL)
}

fn day() -> impl Strategy<Value = Day> {
    (1950..=2150_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Day::constant(y, m, d))
}

fn date() -> impl Strategy<Value = PartialDate> {
    let year = 1950..=2150_i16;
    prop_oneof![
        year.clone().prop_map(DateKind::Year),
        (year.clone(), 1..=2_u8).prop_map(|(year, half)| DateKind::Half(year, half)),
        (year.clone(), 1..=4_u8).prop_map(|(year, quarter)| DateKind::Quarter(year, quarter)),
        (year, 1..=12_u8).prop_map(|(year, month)| DateKind::Month(year, month)),
        day().prop_map(DateKind::Day),
    ]
    .prop_filter_map("in range", PartialDate::new)
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        date().prop_map(Time::Instant),
        date().prop_map(|date| Time::Period(date.as_period())),
        (day(), day()).prop_map(|(a, b)| {
            Time::Period(Period::new(a.min(b), a.max(b)).expect("in order"))
        }),
    ]
}

fn company() -> impl Strategy<Value = CompanyId> {
    (1..=4_u128).prop_map(|n| CompanyId(id(n)))
}

fn source() -> impl Strategy<Value = SourceId> {
    Just(SourceId(id(50)))
}

fn sources() -> impl Strategy<Value = Vec<SourceId>> {
    option::of(source()).prop_map(|source| source.into_iter().collect())
}

prop_compose! {
    fn rent_start()(date in date(), stated in option::of(date()), source in option::of(source())) -> RentStart {
        RentStart { date, stated, source }
    }
}

prop_compose! {
    fn phase()(
        (name, base_value) in (line(), option::of(money())),
        (critical_mw, gross_mw) in (option::of(positive()), option::of(positive())),
        (rent_start, term_months) in (vec(rent_start(), 0..3), option::of(1..=1200_u32)),
    ) -> Phase {
        Phase { name, base_value, critical_mw, gross_mw, rent_start, term_months }
    }
}

prop_compose! {
    fn instalments()(
        fraction in share(),
        every in select(Interval::ALL),
        first in option::of(date()),
    ) -> Instalments {
        Instalments { fraction, every, first }
    }
}

prop_compose! {
    fn repayment()(due in date(), amount in money()) -> Repayment {
        Repayment { due, amount }
    }
}

prop_compose! {
    pub(crate) fn deal()(
        (company, counterparty, obligor, backstop) in (company(), line(), option::of(line()), option::of(money())),
        counterparty_class in select(CounterpartyClass::ALL),
        (kind, status) in (select(DealKind::ALL), select(DealStatus::ALL)),
        (site, announced, rent_start) in (option::of(line()), date(), vec(rent_start(), 0..3)),
        (term_months, base_value, hedge) in (option::of(1..=1200_u32), option::of(money()), hedge()),
        (extension_options, value_with_options) in (option::of(line()), option::of(money())),
        (escalator, critical_mw, gross_mw) in (option::of(share()), option::of(positive()), option::of(positive())),
        (gpus, owned_share, noi_margin) in (option::of(1..=u64::MAX), option::of(share()), option::of(share())),
        (prepayment, warrants, sources, note) in (option::of(money()), option::of(line()), sources(), words()),
        phases in vec(phase(), 0..3),
    ) -> Deal {
        Deal {
            id: DealId(id(500)),
            company, counterparty, obligor, backstop, counterparty_class, kind, site, announced, rent_start,
            term_months, base_value,
            base_value_hedge: if base_value.is_some() { hedge } else { Hedge::Exact },
            extension_options, value_with_options,
            escalator: escalator.map(|rise| rise / Decimal::from(4)),
            critical_mw, gross_mw, gpus, owned_share, noi_margin, prepayment, warrants, phases, status,
            alternative_to: None,
            sources, note,
        }
    }
}

fn coupon() -> impl Strategy<Value = Coupon> {
    let rate = || (-2000..=20_000_i64).prop_map(|rate| Decimal::new(rate, 5));
    prop_oneof![
        rate().prop_map(Coupon::Fixed),
        ("[A-Z]{1,4}( [A-Z0-9]{1,4})?", rate(), option::of(rate())).prop_map(
            |(reference, spread, floor)| Coupon::Floating {
                reference,
                spread,
                floor
            }
        ),
    ]
}

prop_compose! {
    pub(crate) fn debt()(
        (company, issuer, name) in (company(), option::of(line()), line()),
        (level, kind, status) in (select(DebtLevel::ALL), select(DebtKind::ALL), select(DebtStatus::ALL)),
        (principal, hedge, drawn) in (option::of(money()), hedge(), option::of(money())),
        (coupon, issued, matures) in (option::of(coupon()), option::of(date()), option::of(date())),
        (conversion_price, cap_price) in (option::of(positive()), option::of(positive())),
        (amortisation, recourse, site) in (option::of(line()), option::of(line()), option::of(line())),
        (owned_share, sources, note) in (option::of(share()), sources(), words()),
        (schedule, instalments) in (vec(repayment(), 0..3), option::of(instalments())),
    ) -> Debt {
        let in_order = issued.zip(matures).is_none_or(|(a, b)| a.first_day() <= b.last_day());
        Debt {
            id: DebtId(id(500)),
            company, issuer, level, name, kind, status, principal,
            principal_hedge: if principal.is_some() { hedge } else { Hedge::Exact },
            drawn, coupon,
            issued: issued.filter(|_| in_order),
            matures, amortisation, schedule, instalments, conversion_price, cap_price, recourse, site, owned_share, sources, note,
        }
    }
}

prop_compose! {
    pub(crate) fn figure()(
        subject in prop_oneof![company().prop_map(Subject::Company), Just(Subject::Sector)],
        metric in prop_oneof![
            select(Metric::all().collect::<Vec<_>>()),
            (line(), select(Unit::ALL)).prop_map(|(name, unit)| Metric::Custom(name, unit)),
        ],
        (value, months, minus) in (positive(), 1..=1200_u32, any::<bool>()),
        currency in select(vec![Currency::USD, Currency::EUR]),
        (hedge, time, stated) in (hedge(), option::of(time()), option::of(date())),
        (source, note) in (option::of(source()), words()),
    ) -> Figure {
        let unit = metric.unit();
        let value = if unit == Unit::Months {
            Decimal::from(months)
        } else if unit != Unit::Megawatts && minus {
            -value
        } else {
            value
        };
        let currency = (unit == Unit::Money).then_some(currency);
        Figure { id: FigureId(id(500)), subject, metric, value, currency, hedge, time, stated, source, note }
    }
}

prop_compose! {
    pub(crate) fn treasury()(
        (company, kind) in (company(), select(TreasuryKind::ALL)),
        (btc, proceeds) in (option::of(positive()), option::of(money())),
        other in positive(),
        (hedge, event, disclosed) in (hedge(), option::of(time()), option::of(date())),
        (source, note) in (option::of(source()), words()),
    ) -> Treasury {
        let btc = if proceeds.is_none() { btc.or(Some(other)) } else { btc };
        Treasury { id: TreasuryId(id(500)), company, kind, btc, proceeds, hedge, event, disclosed, source, note }
    }
}

prop_compose! {
    pub(crate) fn a_source()(
        (title, publisher) in (line(), line()),
        url in option::of("https://[a-z]{1,9}\\.com/[A-Za-z0-9?=]{0,9}"),
        (published, grade, note) in (option::of(date()), select(Grade::ALL), words()),
    ) -> Source {
        Source { id: SourceId(id(500)), title, publisher, url, published, grade, note }
    }
}

prop_compose! {
    pub(crate) fn a_company()(
        (name, legal_name, exchange) in ("New [a-z]{3,9}", option::of(line()), option::of(line())),
        (former_names, tags) in (vec(line(), 0..3), vec("[a-z]{1,9}", 0..3)),
        symbol in option::of("X[A-Z0-9.-]{2,6}"),
        former_symbols in vec("Y[A-Z0-9]{2,6}", 0..3),
        (cik, fiscal_year_end) in (option::of("[0-9]{10}"), option::of("0[1-9]-[12][0-9]")),
        (colour, watch_order, note) in (option::of("#[0-9A-Fa-f]{6}"), any::<i64>(), words()),
    ) -> (Company, Option<Instrument>) {
        let share = symbol.map(|symbol| Instrument {
            id: InstrumentId(id(501)),
            symbol,
            name: name.clone(),
            kind: InstrumentKind::Stock,
            currency: Currency::CAD,
            former_symbols,
            provider_symbols: std::iter::once(("stooq".to_owned(), "x.us".to_owned())).collect(),
            providers: Vec::new(),
            locked: false,
            benchmark: false,
        });
        let instrument = share.as_ref().map(|share| share.id);
        let company = Company {
            id: CompanyId(id(500)),
            name, legal_name, former_names, instrument, cik, exchange, fiscal_year_end, tags, colour, watch_order, note,
        };
        (company, share)
    }
}

/// The draft of a record that is in the book builds the record as it is.
fn comes_back(records: Vec<Record>, draft: impl FnOnce(&Book) -> Box<dyn Draft>) {
    let mut book = book();
    let last = records.last().cloned().expect("a record");
    let ops = records.into_iter().map(Op::put).collect();
    book.apply(&Change::new("set up", ops)).unwrap();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    let change = draft(&book)
        .build(&cx, &mut || panic!("no new record"))
        .unwrap_or_else(|errors| panic!("{errors:?} for {last:?}"));
    let [Op::Put(built)] = change.ops.as_slice() else {
        panic!("one record put, not {:?}", change.ops);
    };
    assert_eq!(**built, last);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_texts_are_read_or_refused(texts in vec(any::<String>(), 1..24)) {
        exercise_all(&texts);
    }

    #[test]
    fn likely_texts_are_read_or_refused(
        texts in vec(
            prop_oneof![
                select(vec!["hut", "H", "9.8b", "~5m EUR", "352 MW", "15y", "Q3 2027", "12 %", "2026-01-01 to 2026-02-01",
                    "https://hut8.com/News/beacon", "https://x.com/", "SOFR + 3 %", "XX", "1", "-1", ""]).prop_map(str::to_owned),
                "[0-9.,%+~<>bmyMWQ ]{0,8}",
            ],
            1..24,
        ),
    ) {
        exercise_all(&texts);
    }

    #[test]
    fn deals_come_back(deal in deal()) {
        comes_back(vec![Record::Deal(deal.clone())], |book| Box::new(DealDraft::from_record(&deal, book)));
    }

    #[test]
    fn debts_come_back(debt in debt()) {
        comes_back(vec![Record::Debt(debt.clone())], |book| Box::new(DebtDraft::from_record(&debt, book)));
    }

    #[test]
    fn figures_come_back(figure in figure()) {
        comes_back(vec![Record::Figure(figure.clone())], |book| Box::new(FigureDraft::from_record(&figure, book)));
    }

    #[test]
    fn treasury_events_come_back(event in treasury()) {
        comes_back(vec![Record::Treasury(event.clone())], |book| Box::new(TreasuryDraft::from_record(&event, book)));
    }

    #[test]
    fn sources_come_back(source in a_source()) {
        comes_back(vec![Record::Source(source.clone())], |_| Box::new(SourceDraft::from_record(&source)));
    }

    #[test]
    fn notes_come_back(company in company(), day in day(), text in words()) {
        let note = Note { id: NoteId(id(500)), company, day, text };
        comes_back(vec![Record::Note(note.clone())], |book| Box::new(NoteDraft::from_record(&note, book)));
    }

    #[test]
    fn companies_come_back((company, share) in a_company()) {
        let records = share.into_iter().map(Record::Instrument).chain([Record::Company(company.clone())]);
        comes_back(records.collect(), |book| Box::new(CompanyDraft::from_record(&company, book)));
    }
}

/// Every record of the starter book can be edited, and saving it untouched
/// changes nothing.
#[test]
fn the_starter_book_comes_back() {
    let book = gigawatch::exchange::starter::book().unwrap();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    for record in book.records() {
        let draft: Box<dyn Draft> = match &record {
            Record::Deal(deal) => Box::new(DealDraft::from_record(deal, &book)),
            Record::Debt(debt) => Box::new(DebtDraft::from_record(debt, &book)),
            Record::Figure(figure) => Box::new(FigureDraft::from_record(figure, &book)),
            Record::Company(company) => Box::new(CompanyDraft::from_record(company, &book)),
            Record::Treasury(event) => Box::new(TreasuryDraft::from_record(event, &book)),
            Record::Source(source) => Box::new(SourceDraft::from_record(source)),
            Record::Note(note) => Box::new(NoteDraft::from_record(note, &book)),
            Record::Instrument(_) | Record::Pin(_) => continue,
        };
        let change = draft
            .build(&cx, &mut || panic!("no new record"))
            .unwrap_or_else(|errors| panic!("{errors:?} for {record:?}"));
        assert_eq!(change.ops, [Op::put(record)]);
    }
}
