//! Scripted edits for the tests of the store: step n of a seed is always the
//! same, so that a parent process knows what its killed child had done, and a
//! memory-only [`Twin`] of the file that follows them without any SQL.

use std::collections::BTreeMap;

use gigawatch::model::deal::{CounterpartyClass, DealKind, DealStatus, RentStart};
use gigawatch::model::feed::Extent;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::metric::Known;
use gigawatch::model::pin::{Choice, PinScope, Told};
use gigawatch::model::source::Grade;
use gigawatch::model::{
    Bar, Book, Change, Company, CompanyId, Currency, Day, Deal, DealId, Fetched, Figure, FigureId,
    Hedge, Instrument, InstrumentId, Metric, Money, Note, NoteId, Op, PartialDate, Pin, PinId,
    Prices, Provider, Record, RecordKey, RecordKind, Series, Source, SourceId, Subject,
};
use gigawatch::store::{Applied, PriceBatch, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use uuid::Uuid;

/// A moment for tests; nothing depends on which.
pub fn at() -> Timestamp {
    "2026-11-21T10:15:00Z".parse().unwrap()
}

/// A day by its number from 1970-01-01.
pub fn day(number: i64) -> Day {
    jiff::civil::date(1970, 1, 1) + SignedDuration::from_hours(24 * number)
}

/// Small numbers from a seed: splitmix64.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }
}

/// The id of the n-th record of a kind in the scripts' small world.
pub fn id(kind: RecordKind, n: u64) -> Uuid {
    Uuid::from_u128((kind as u128) << 64 | u128::from(n) | 0x7000_8000_0000_0000_0000)
}

/// A source that only its number and title tell from others.
pub fn source(n: u64, title: u64) -> Record {
    Record::Source(Source {
        id: SourceId(id(RecordKind::Source, n)),
        title: format!("Filing “{title}” — §{n}"),
        publisher: String::new(),
        url: Some(format!("https://example.com/{title}?a='b'")),
        published: None,
        grade: Grade::Filing,
        note: String::new(),
    })
}

/// An instrument with that symbol.
pub fn instrument(n: u64, symbol: &str) -> Record {
    Record::Instrument(Instrument {
        id: InstrumentId(id(RecordKind::Instrument, n)),
        symbol: symbol.to_owned(),
        name: symbol.to_owned(),
        kind: InstrumentKind::Stock,
        currency: Currency::USD,
        former_symbols: Vec::new(),
        provider_symbols: BTreeMap::new(),
        providers: Vec::new(),
        locked: false,
        benchmark: false,
    })
}

/// A company with that instrument.
pub fn company(n: u64, instrument: Option<u64>) -> Record {
    Record::Company(Company {
        id: CompanyId(id(RecordKind::Company, n)),
        name: format!("Miner {n}"),
        legal_name: None,
        former_names: Vec::new(),
        instrument: instrument.map(|n| InstrumentId(id(RecordKind::Instrument, n))),
        cik: None,
        exchange: None,
        fiscal_year_end: None,
        tags: Vec::new(),
        colour: None,
        watch_order: 0,
        note: String::new(),
    })
}

/// A figure of a company, or of the sector.
pub fn figure(n: u64, company: Option<u64>, source: Option<u64>, value: u64) -> Record {
    let subject = company.map_or(Subject::Sector, |n| {
        Subject::Company(CompanyId(id(RecordKind::Company, n)))
    });
    Record::Figure(Figure {
        id: FigureId(id(RecordKind::Figure, n)),
        subject,
        metric: Metric::Known(Known::TotalDebt),
        value: Decimal::from(value) / Decimal::from(1000),
        currency: Some(Currency::USD),
        hedge: Hedge::About,
        time: None,
        stated: PartialDate::day(day(20_000)),
        source: source.map(|n| SourceId(id(RecordKind::Source, n))),
        note: String::new(),
    })
}

/// A deal with sources, a stated start of rent and perhaps another it retells.
pub fn deal(n: u64, company: u64, sources: &[u64], alternative_to: Option<u64>) -> Record {
    let source_id = |n: &u64| SourceId(id(RecordKind::Source, *n));
    Record::Deal(Deal {
        id: DealId(id(RecordKind::Deal, n)),
        company: CompanyId(id(RecordKind::Company, company)),
        counterparty: format!("Tenant {n}"),
        obligor: None,
        backstop: None,
        counterparty_class: CounterpartyClass::Neocloud,
        kind: DealKind::Colocation,
        site: Some("Beacon Point".to_owned()),
        announced: PartialDate::day(day(20_100)).unwrap(),
        rent_start: vec![RentStart {
            date: PartialDate::quarter(2027, 3).unwrap(),
            stated: None,
            source: sources.last().map(source_id),
        }],
        term_months: Some(180),
        base_value: Some(Money::usd(Decimal::new(9_800_000_000, 0))),
        base_value_hedge: Hedge::Exact,
        extension_options: None,
        value_with_options: None,
        escalator: Some(Decimal::new(3, 2)),
        critical_mw: Some(Decimal::from(352)),
        gross_mw: None,
        gpus: None,
        owned_share: None,
        noi_margin: None,
        prepayment: None,
        warrants: None,
        phases: Vec::new(),
        status: DealStatus::Announced,
        alternative_to: alternative_to.map(|n| DealId(id(RecordKind::Deal, n))),
        sources: sources.iter().map(source_id).collect(),
        note: String::new(),
    })
}

/// A note on a company.
pub fn note(n: u64, company: u64, text: &str) -> Record {
    Record::Note(Note {
        id: NoteId(id(RecordKind::Note, n)),
        company: CompanyId(id(RecordKind::Company, company)),
        day: day(20_200),
        text: text.to_owned(),
    })
}

/// A decision about figures: one is picked, or two stand.
pub fn pin(n: u64, figure: u64, other: Option<u64>, why: u64) -> Record {
    let figure_id = |n: u64| FigureId(id(RecordKind::Figure, n));
    Record::Pin(Pin {
        id: PinId(id(RecordKind::Pin, n)),
        choice: match other {
            None => Choice::Use {
                figure: figure_id(figure),
                scope: PinScope::ALL[(n % 2) as usize],
            },
            Some(other) => Choice::BothStand {
                one: Told::Figure(figure_id(figure)),
                other: Some(Told::Figure(figure_id(other))),
            },
        },
        made: day(20_300),
        note: format!("Another perimeter, §{why}"),
    })
}

/// Bars of `count` days from day number `first`.
pub fn bars(first: i64, count: i64, close: f64) -> Series {
    bars_with_gaps(first, count, close, 1)
}

/// Bars of `count` days, each so many days after the one before.
fn bars_with_gaps(first: i64, count: i64, close: f64, apart: i64) -> Series {
    let bar = |n: i64| Bar {
        volume: (n % 2 == 0).then_some(1000.0),
        ..Bar::close(day(first + n * apart), close + n as f64 / 7.0)
    };
    Series::new((0..count).map(bar).collect()).unwrap()
}

/// Bars that came from a file.
pub fn batch(n: u64, file: &str, bars: Series) -> PriceBatch {
    PriceBatch {
        instrument: InstrumentId(id(RecordKind::Instrument, n)),
        provider: "file".to_owned(),
        file: Some(file.to_owned()),
        bars,
    }
}

/// The book that scripts start from: every kind that others refer to.
pub fn start() -> Book {
    let mut book = Book::default();
    let records = [
        source(0, 0),
        instrument(0, "AAA"),
        instrument(1, "BTC-USD"),
        company(0, Some(0)),
    ];
    let ops = records.into_iter().map(Op::put).collect();
    book.apply(&Change::new("start", ops)).unwrap();
    book
}

/// One step of a script.
#[derive(Clone, Debug)]
pub enum Step {
    Apply(Change, Vec<PriceBatch>),
    Fetch(Box<Fetched>),
    Undo,
    Redo,
}

/// The step that these dice choose. Many a change is one that must be refused.
pub fn step(dice: &mut Dice) -> Step {
    match dice.roll(10) {
        0 | 1 => Step::Undo,
        2 => Step::Redo,
        3 => {
            let first = 20_000 + dice.roll(20).cast_signed();
            let (count, close) = (1 + dice.roll(20).cast_signed(), 10.0 + dice.roll(90) as f64);
            let bars = bars_with_gaps(first, count, close, 1 + dice.roll(3).cast_signed());
            let change = Change::new(label("import prices", dice), Vec::new());
            Step::Apply(change, vec![batch(dice.roll(3), "AAA.csv", bars)])
        }
        4 => Step::Fetch(Box::new(fetch(dice))),
        _ => {
            let ops = (0..=dice.roll(4)).map(|_| op(dice)).collect();
            Step::Apply(Change::new(label("edit", dice), ops), vec![])
        }
    }
}

/// Closes that a provider gives, some of them as stored.
fn fetch(dice: &mut Dice) -> Fetched {
    let first = 20_000 + dice.roll(20).cast_signed();
    let (count, close) = (1 + dice.roll(20).cast_signed(), 10.0 + dice.roll(3) as f64);
    let extents = [
        Extent::Days,
        Extent::Days,
        Extent::FromFirst,
        Extent::Everything,
    ];
    let bars = bars_with_gaps(first, count, close, 1 + dice.roll(3).cast_signed());
    // A bar that says less than the stored one is not taken, so all say as much.
    let volume = Some(1000.0);
    let full = bars.bars().iter().map(|bar| Bar { volume, ..*bar });
    let series = Series::new(full.collect()).unwrap();
    Fetched {
        instrument: InstrumentId(id(RecordKind::Instrument, dice.roll(3))),
        provider: Provider::ALL[dice.roll(Provider::ALL.len() as u64) as usize],
        at: at(),
        live: series
            .last()
            .map(|bar| bar.day)
            .filter(|_| dice.roll(2) == 0),
        bars: series,
        events: Vec::new(),
        extent: extents[dice.roll(4) as usize],
        question: None,
    }
}

/// A label that no other change has, so that it tells where in the log we are.
fn label(what: &str, dice: &mut Dice) -> String {
    format!("{what} {:x}", dice.next())
}

fn op(dice: &mut Dice) -> Op {
    let some = |dice: &mut Dice| Some(dice.roll(4)).filter(|n| *n < 3);
    let n = dice.roll(3);
    match dice.roll(12) {
        0 => Op::put(source(n, dice.roll(100))),
        1 => {
            let symbols = ["AAA", "BTC-USD", "CCC", "DDD"];
            Op::put(instrument(n, symbols[dice.roll(4) as usize]))
        }
        2 => Op::put(company(n, some(dice))),
        3 | 4 => Op::put(figure(n, some(dice), some(dice), dice.roll(1_000_000))),
        5 | 6 => {
            let sources: Vec<u64> = some(dice).into_iter().chain(some(dice)).collect();
            Op::put(deal(n, dice.roll(3), &sources, some(dice)))
        }
        7 => Op::put(note(n, dice.roll(3), "Trägt “alles”")),
        8 => Op::put(pin(n, dice.roll(3), some(dice), dice.roll(1_000_000))),
        _ => {
            let kind = RecordKind::ALL[dice.roll(RecordKind::ALL.len() as u64) as usize];
            Op::Delete(RecordKey::new(kind, id(kind, n)))
        }
    }
}

/// Bars by instrument and day.
type Bars = BTreeMap<InstrumentId, BTreeMap<Day, Bar>>;

/// The file's twin in memory: whole states, one a change, and under their bars
/// those that were fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Twin {
    states: Vec<State>,
    fetched: Bars,
    now: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct State {
    book: Book,
    bars: Bars,
    /// What the change that led here is called.
    label: Option<String>,
}

impl Twin {
    /// A twin of a file that was just seeded with [`start`].
    pub fn new() -> Self {
        Self {
            states: vec![State {
                book: start(),
                bars: Bars::new(),
                label: None,
            }],
            fetched: Bars::new(),
            now: 0,
        }
    }

    /// Takes the step; false if nothing comes of it.
    pub fn take(&mut self, step: &Step) -> bool {
        match step {
            Step::Undo if self.now > 0 => self.now -= 1,
            Step::Redo if self.now + 1 < self.states.len() => self.now += 1,
            Step::Undo | Step::Redo => return false,
            Step::Fetch(fetched) => {
                self.fetch(fetched);
                return false;
            }
            Step::Apply(change, batches) => {
                let State {
                    mut book, mut bars, ..
                } = self.states[self.now].clone();
                if book.apply(change).is_err() {
                    return false;
                }
                for batch in batches {
                    let key = RecordKey::new(RecordKind::Instrument, batch.instrument.0);
                    if !book.contains(key) {
                        return false;
                    }
                    let series = bars.entry(batch.instrument).or_default();
                    series.extend(batch.bars.bars().iter().map(|bar| (bar.day, *bar)));
                }
                self.states.truncate(self.now + 1);
                let label = Some(change.label.clone());
                self.states.push(State { book, bars, label });
                self.now += 1;
            }
        }
        true
    }

    fn fetch(&mut self, fetched: &Fetched) {
        let key = RecordKey::new(RecordKind::Instrument, fetched.instrument.0);
        if !self.book().contains(key) {
            return;
        }
        let series = self.fetched.entry(fetched.instrument).or_default();
        let bars = fetched.bars.bars();
        match fetched.extent {
            Extent::Days => {}
            Extent::FromFirst => series.retain(|day, _| *day < bars[0].day),
            Extent::Everything => series.clear(),
        }
        series.extend(bars.iter().map(|bar| (bar.day, *bar)));
    }

    /// The book now.
    pub fn book(&self) -> &Book {
        &self.states[self.now].book
    }

    /// The name of the change that undo would take back.
    pub fn undo_label(&self) -> Option<String> {
        self.states[self.now].label.clone()
    }

    /// The name of the change that redo would bring back.
    pub fn redo_label(&self) -> Option<String> {
        let next = self.states.get(self.now + 1)?;
        next.label.clone()
    }

    /// The prices now, of instruments that are in the book.
    pub fn prices(&self) -> Prices {
        let State { book, bars, .. } = &self.states[self.now];
        let mut prices = Prices::default();
        let mut all = self.fetched.clone();
        for (id, bars) in bars {
            all.entry(*id).or_default().extend(bars);
        }
        for (id, bars) in &all {
            if let Some(instrument) = book.instrument(*id) {
                let series = Series::new(bars.values().copied().collect()).unwrap();
                prices.by_symbol.insert(instrument.symbol.clone(), series);
            }
        }
        prices
    }
}

/// Takes the step in the file; none if nothing comes of it. Any refusal but
/// those that a script provokes panics.
pub fn take(store: &mut Store, step: &Step) -> Option<Applied> {
    let result = match step {
        Step::Apply(change, batches) => store.apply(change, batches, at()),
        Step::Undo => store.undo(at()),
        Step::Redo => store.redo(at()),
        Step::Fetch(fetched) => store.put_fetched(fetched, &[]).map(|_| None),
    };
    match result {
        Ok(applied) => applied,
        Err(StoreError::Conflict(_) | StoreError::NoInstrument(_)) => None,
        Err(other) => panic!("{other}"),
    }
}

/// A store in that folder, seeded with [`start`] when new.
pub fn open(folder: &std::path::Path) -> Store {
    let opened = Store::open(folder, at()).unwrap();
    let mut store = opened.store;
    if opened.is_new {
        store.seed(&start(), &[], "script", at()).unwrap();
    }
    store
}
