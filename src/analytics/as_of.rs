//! The book and the prices as they were known on a day: what was stated, signed,
//! issued or traded later is not there. Everything on screen and in reports is
//! derived from these two, so that no later knowledge can slip in.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::deal::DealStatus;
use crate::model::{
    Book, Change, Day, Deal, DealId, Debt, Figure, Note, Op, PartialDate, Prices, Record, SourceId,
    Treasury,
};

use super::statement;

/// The book as it was known on a day; the book itself if nothing in it is later.
///
/// Companies, instruments and sources stay: they state nothing by themselves. A
/// record without any date stays as well, so that no entry vanishes for want of
/// one. Of a deal the starts of rent stated later are left away; a telling of a
/// deal that was not known yet stands for itself.
pub fn book_as_of(book: &Book, day: Day) -> Cow<'_, Book> {
    if is_known_by(book, day) {
        return Cow::Borrowed(book);
    }
    let deals: BTreeSet<DealId> = book
        .deals()
        .filter(|deal| deal_known_by(deal, day))
        .map(|deal| deal.id)
        .collect();
    let known = book.records().filter_map(|record| match record {
        Record::Source(_) | Record::Instrument(_) | Record::Company(_) => Some(record),
        Record::Figure(ref figure) => figure_known_by(figure, day).then_some(record),
        Record::Deal(deal) => deals
            .contains(&deal.id)
            .then(|| Record::Deal(deal_as_of(deal, day, &deals))),
        Record::Debt(ref debt) => debt_known_by(book, debt, day).then_some(record),
        Record::Treasury(ref event) => treasury_known_by(event, day).then_some(record),
        Record::Note(ref note) => note_known_by(note, day).then_some(record),
        // A decision about what was not known is left away, below.
        Record::Pin(_) => None,
    });
    let mut then = Book::default();
    let put = |then: &mut Book, ops: Vec<Op>| then.apply(&Change::new(String::new(), ops));
    // A part of a sound book is sound: what refers to a deal was dealt with.
    if put(&mut then, known.map(Op::put).collect()).is_err() {
        return Cow::Borrowed(book);
    }
    let decided = book.pins().filter(|pin| {
        let mut about = pin.references().into_iter();
        pin.made <= day && about.all(|key| then.contains(key))
    });
    let decided: Vec<Op> = decided
        .cloned()
        .map(|pin| Op::put(Record::Pin(pin)))
        .collect();
    match put(&mut then, decided) {
        Ok(_) => Cow::Owned(then),
        Err(_) => Cow::Borrowed(book),
    }
}

/// Whether nothing in the book is later than that day.
fn is_known_by(book: &Book, day: Day) -> bool {
    let starts = |deal: &Deal| {
        let phases = deal.phases.iter().flat_map(|phase| &phase.rent_start);
        let mut all = deal.rent_start.iter().chain(phases);
        all.all(|start| start.known_by(day))
    };
    book.figures().all(|figure| figure_known_by(figure, day))
        && book
            .deals()
            .all(|deal| deal_known_by(deal, day) && starts(deal))
        && book.debts().all(|debt| debt_known_by(book, debt, day))
        && book.treasury().all(|event| treasury_known_by(event, day))
        && book.notes().all(|note| note_known_by(note, day))
        && book.pins().all(|pin| pin.made <= day)
}

/// The closes up to a day; the prices themselves if none is later.
pub fn prices_as_of(prices: &Prices, day: Day) -> Cow<'_, Prices> {
    let mut all = prices.by_symbol.values();
    if all.all(|series| series.last().is_none_or(|bar| bar.day <= day)) {
        return Cow::Borrowed(prices);
    }
    // A series without any bar stays, so that it is told apart from one that was
    // never there.
    let all = prices.by_symbol.iter();
    let known = all.map(|(symbol, series)| (symbol.clone(), series.known_on(day)));
    Cow::Owned(Prices {
        by_symbol: known.collect(),
    })
}

/// Whether a figure had been stated.
pub fn figure_known_by(figure: &Figure, day: Day) -> bool {
    statement::known_by(figure, day)
}

/// Whether a deal had been announced.
pub fn deal_known_by(deal: &Deal, day: Day) -> bool {
    deal.announced.first_day() <= day
}

/// Whether a debt had been issued or, where no day of issue is stated, told by
/// any of its sources.
pub fn debt_known_by(book: &Book, debt: &Debt, day: Day) -> bool {
    let told = || first_told(book, &debt.sources);
    let since = debt.issued.or_else(told);
    since.is_none_or(|date| date.first_day() <= day)
}

/// Whether a treasury event had been disclosed or, where no day of disclosure is
/// stated, had happened.
pub fn treasury_known_by(event: &Treasury, day: Day) -> bool {
    let disclosed = event.disclosed.map(|date| date.first_day());
    let happened = || event.event.map(|time| time.first_day());
    disclosed.or_else(happened).is_none_or(|since| since <= day)
}

/// Whether a note had been written.
pub fn note_known_by(note: &Note, day: Day) -> bool {
    note.day <= day
}

/// The earliest day of publication of these sources; none if one has none, for
/// it may be the earliest.
fn first_told(book: &Book, sources: &[SourceId]) -> Option<PartialDate> {
    let days: Option<Vec<PartialDate>> = sources
        .iter()
        .map(|id| book.source(*id)?.published)
        .collect();
    days?.into_iter().min_by_key(PartialDate::first_day)
}

fn deal_as_of(mut deal: Deal, day: Day, known: &BTreeSet<DealId>) -> Deal {
    deal.rent_start.retain(|start| start.known_by(day));
    for phase in &mut deal.phases {
        phase.rent_start.retain(|start| start.known_by(day));
    }
    deal.alternative_to = deal.alternative_to.filter(|other| known.contains(other));
    deal
}

/// The book as it was known on a day that is past. Beyond [`book_as_of`], a deal
/// whose rent lay ahead of that day was not paying yet: statuses have no
/// history, so that today's would else stand on every day.
pub fn book_on_past_day(book: &Book, day: Day) -> Book {
    let mut then = book_as_of(book, day).into_owned();
    let waiting = then.deals().filter(|deal| pays(deal.status));
    let waiting = waiting.filter(|deal| {
        let begins = deal.rent_start.last().map(|start| start.date.first_day());
        begins.is_some_and(|begins| begins > day)
    });
    let announced = waiting.map(|deal| {
        let mut deal = deal.clone();
        deal.status = DealStatus::Announced;
        Op::put(Record::Deal(deal))
    });
    let change = Change::new(String::new(), announced.collect());
    // Nothing but statuses changes, which no reference hangs on.
    drop(then.apply(&change));
    then
}

const fn pays(status: DealStatus) -> bool {
    match status {
        DealStatus::Ramping | DealStatus::Billing => true,
        DealStatus::LetterOfIntent | DealStatus::Announced | DealStatus::Ended => false,
    }
}
