//! The book: every record, by kind and id, all references sound. It changes
//! only through [`Book::apply`], which gives the inverse or refuses whole.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    Change, Company, CompanyId, Deal, DealId, Debt, DebtId, Figure, FigureId, Instrument,
    InstrumentId, Note, NoteId, Op, Pin, PinId, Record, RecordKey, RecordKind, Source, SourceId,
    Treasury, TreasuryId,
};

/// Every record of the user, in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    sources: BTreeMap<SourceId, Source>,
    instruments: BTreeMap<InstrumentId, Instrument>,
    companies: BTreeMap<CompanyId, Company>,
    figures: BTreeMap<FigureId, Figure>,
    deals: BTreeMap<DealId, Deal>,
    debts: BTreeMap<DebtId, Debt>,
    treasury: BTreeMap<TreasuryId, Treasury>,
    notes: BTreeMap<NoteId, Note>,
    pins: BTreeMap<PinId, Pin>,
}

/// Why a change was refused. The book is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// Something would refer to a record that is not there.
    #[error("{} {} refers to a missing {} ({})", .from.kind.label(), .from.id, .to.kind.label(), .to.id)]
    Dangling {
        /// The record that refers.
        from: RecordKey,
        /// The record that would be missing.
        to: RecordKey,
    },
    /// A record to delete is not there.
    #[error("there is no {} {} to delete", .0.kind.label(), .0.id)]
    Missing(RecordKey),
    /// Two instruments would share a symbol.
    #[error("the symbol {0} is taken by another instrument")]
    SymbolTaken(String),
}

macro_rules! with_kind {
    ($book:expr, $key:expr, |$map:ident, $id:ident| $body:expr) => {
        match $key.kind {
            RecordKind::Source => {
                let ($map, $id) = (&$book.sources, SourceId($key.id));
                $body
            }
            RecordKind::Instrument => {
                let ($map, $id) = (&$book.instruments, InstrumentId($key.id));
                $body
            }
            RecordKind::Company => {
                let ($map, $id) = (&$book.companies, CompanyId($key.id));
                $body
            }
            RecordKind::Figure => {
                let ($map, $id) = (&$book.figures, FigureId($key.id));
                $body
            }
            RecordKind::Deal => {
                let ($map, $id) = (&$book.deals, DealId($key.id));
                $body
            }
            RecordKind::Debt => {
                let ($map, $id) = (&$book.debts, DebtId($key.id));
                $body
            }
            RecordKind::Treasury => {
                let ($map, $id) = (&$book.treasury, TreasuryId($key.id));
                $body
            }
            RecordKind::Note => {
                let ($map, $id) = (&$book.notes, NoteId($key.id));
                $body
            }
            RecordKind::Pin => {
                let ($map, $id) = (&$book.pins, PinId($key.id));
                $body
            }
        }
    };
}

impl Book {
    /// Applies the whole change and gives its inverse, or refuses it whole.
    pub fn apply(&mut self, change: &Change) -> Result<Change, ChangeRefused> {
        let mut undo = Vec::with_capacity(change.ops.len());
        let mut refused = None;
        for op in &change.ops {
            match self.apply_op(op) {
                Ok(inverse) => undo.push(inverse),
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        let refused = refused.map_or_else(|| self.check_after(change), Err);
        undo.reverse();
        if let Err(error) = refused {
            for op in &undo {
                // The inverse of an op just done always applies.
                let restored = self.apply_op(op);
                debug_assert!(restored.is_ok(), "an inverse did not apply");
            }
            return Err(error);
        }
        Ok(Change {
            label: change.label.clone(),
            ops: undo,
        })
    }

    fn apply_op(&mut self, op: &Op) -> Result<Op, ChangeRefused> {
        match op {
            Op::Put(record) => {
                let key = record.key();
                let before = self.insert(record);
                Ok(before.map_or(Op::Delete(key), Op::put))
            }
            Op::Delete(key) => self
                .remove(*key)
                .map(Op::put)
                .ok_or(ChangeRefused::Missing(*key)),
        }
    }

    fn insert(&mut self, record: &Record) -> Option<Record> {
        match record.clone() {
            Record::Source(r) => self.sources.insert(r.id, r).map(Record::Source),
            Record::Instrument(r) => self.instruments.insert(r.id, r).map(Record::Instrument),
            Record::Company(r) => self.companies.insert(r.id, r).map(Record::Company),
            Record::Figure(r) => self.figures.insert(r.id, r).map(Record::Figure),
            Record::Deal(r) => self.deals.insert(r.id, r).map(Record::Deal),
            Record::Debt(r) => self.debts.insert(r.id, r).map(Record::Debt),
            Record::Treasury(r) => self.treasury.insert(r.id, r).map(Record::Treasury),
            Record::Note(r) => self.notes.insert(r.id, r).map(Record::Note),
            Record::Pin(r) => self.pins.insert(r.id, r).map(Record::Pin),
        }
    }

    fn remove(&mut self, key: RecordKey) -> Option<Record> {
        match key.kind {
            RecordKind::Source => self.sources.remove(&SourceId(key.id)).map(Record::Source),
            RecordKind::Instrument => self
                .instruments
                .remove(&InstrumentId(key.id))
                .map(Record::Instrument),
            RecordKind::Company => self
                .companies
                .remove(&CompanyId(key.id))
                .map(Record::Company),
            RecordKind::Figure => self.figures.remove(&FigureId(key.id)).map(Record::Figure),
            RecordKind::Deal => self.deals.remove(&DealId(key.id)).map(Record::Deal),
            RecordKind::Debt => self.debts.remove(&DebtId(key.id)).map(Record::Debt),
            RecordKind::Treasury => self
                .treasury
                .remove(&TreasuryId(key.id))
                .map(Record::Treasury),
            RecordKind::Note => self.notes.remove(&NoteId(key.id)).map(Record::Note),
            RecordKind::Pin => self.pins.remove(&PinId(key.id)).map(Record::Pin),
        }
    }

    /// What a change may have broken: references of what was put, references
    /// to what was deleted, and the uniqueness of symbols.
    fn check_after(&self, change: &Change) -> Result<(), ChangeRefused> {
        let mut deleted = BTreeSet::new();
        for op in &change.ops {
            match op {
                Op::Put(record) => {
                    // A later op may have replaced or deleted it again: what
                    // counts is the record as the change leaves it.
                    let Some(record) = self.record(record.key()) else {
                        continue;
                    };
                    self.check_references(&record)?;
                    if let Record::Instrument(instrument) = record {
                        let same = |other: &&Instrument| other.symbol == instrument.symbol;
                        if self.instruments.values().filter(same).count() > 1 {
                            return Err(ChangeRefused::SymbolTaken(instrument.symbol));
                        }
                    }
                }
                Op::Delete(key) => {
                    if !self.contains(*key) {
                        deleted.insert(*key);
                    }
                }
            }
        }
        if deleted.is_empty() {
            return Ok(());
        }
        self.records().try_for_each(|record| {
            match record
                .references()
                .into_iter()
                .find(|key| deleted.contains(key))
            {
                Some(to) => Err(ChangeRefused::Dangling {
                    from: record.key(),
                    to,
                }),
                None => Ok(()),
            }
        })
    }

    fn check_references(&self, record: &Record) -> Result<(), ChangeRefused> {
        match record
            .references()
            .into_iter()
            .find(|key| !self.contains(*key))
        {
            Some(to) => Err(ChangeRefused::Dangling {
                from: record.key(),
                to,
            }),
            None => Ok(()),
        }
    }

    /// The first unsound reference of the whole book, if there is one.
    pub fn check(&self) -> Result<(), ChangeRefused> {
        self.records()
            .try_for_each(|record| self.check_references(&record))
    }

    /// True if the record is there.
    pub fn contains(&self, key: RecordKey) -> bool {
        with_kind!(self, key, |map, id| map.contains_key(&id))
    }

    /// A copy of a record of any kind.
    pub fn record(&self, key: RecordKey) -> Option<Record> {
        match key.kind {
            RecordKind::Source => self.source(SourceId(key.id)).cloned().map(Record::Source),
            RecordKind::Instrument => self
                .instrument(InstrumentId(key.id))
                .cloned()
                .map(Record::Instrument),
            RecordKind::Company => self
                .company(CompanyId(key.id))
                .cloned()
                .map(Record::Company),
            RecordKind::Figure => self
                .figures
                .get(&FigureId(key.id))
                .cloned()
                .map(Record::Figure),
            RecordKind::Deal => self.deal(DealId(key.id)).cloned().map(Record::Deal),
            RecordKind::Debt => self.debt(DebtId(key.id)).cloned().map(Record::Debt),
            RecordKind::Treasury => self
                .treasury
                .get(&TreasuryId(key.id))
                .cloned()
                .map(Record::Treasury),
            RecordKind::Note => self.notes.get(&NoteId(key.id)).cloned().map(Record::Note),
            RecordKind::Pin => self.pins.get(&PinId(key.id)).cloned().map(Record::Pin),
        }
    }

    /// Copies of all records, each kind after those it refers to. Deals that
    /// are another's alternative come after all others, so that putting the
    /// records back in this order never dangles.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let sources = self.sources.values().cloned().map(Record::Source);
        let instruments = self.instruments.values().cloned().map(Record::Instrument);
        let companies = self.companies.values().cloned().map(Record::Company);
        let figures = self.figures.values().cloned().map(Record::Figure);
        let main = self
            .deals
            .values()
            .filter(|deal| deal.alternative_to.is_none());
        let other = self
            .deals
            .values()
            .filter(|deal| deal.alternative_to.is_some());
        let deals = main.chain(other).cloned().map(Record::Deal);
        let debts = self.debts.values().cloned().map(Record::Debt);
        let treasury = self.treasury.values().cloned().map(Record::Treasury);
        let notes = self.notes.values().cloned().map(Record::Note);
        let pins = self.pins.values().cloned().map(Record::Pin);
        sources
            .chain(instruments)
            .chain(companies)
            .chain(figures)
            .chain(deals)
            .chain(debts)
            .chain(treasury)
            .chain(notes)
            .chain(pins)
    }

    /// The records that refer to this one, directly.
    pub fn referring_to(&self, key: RecordKey) -> Vec<RecordKey> {
        let refers = |record: &Record| record.references().contains(&key);
        self.records()
            .filter(refers)
            .map(|record| record.key())
            .collect()
    }

    /// Ops that delete a record and, first, all that cannot be without it.
    pub fn delete_with_dependants(&self, key: RecordKey) -> Vec<Op> {
        // One pass over the book: a company has hundreds of records, and looking
        // for the dependants of each would read the whole book every time.
        let mut dependants: BTreeMap<RecordKey, Vec<RecordKey>> = BTreeMap::new();
        for record in self.records() {
            for to in record.references() {
                dependants.entry(to).or_default().push(record.key());
            }
        }
        let (mut doomed, mut seen) = (vec![key], BTreeSet::from([key]));
        let mut next = 0;
        while let Some(key) = doomed.get(next) {
            let new = dependants.remove(key).unwrap_or_default().into_iter();
            doomed.extend(new.filter(|other| seen.insert(*other)));
            next += 1;
        }
        doomed.into_iter().rev().map(Op::Delete).collect()
    }

    /// All sources.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// All instruments.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// All companies, in the order of their ids.
    pub fn companies(&self) -> impl Iterator<Item = &Company> {
        self.companies.values()
    }

    /// All figures.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values()
    }

    /// All deals, also alternative statements.
    pub fn deals(&self) -> impl Iterator<Item = &Deal> {
        self.deals.values()
    }

    /// All debts.
    pub fn debts(&self) -> impl Iterator<Item = &Debt> {
        self.debts.values()
    }

    /// All treasury events.
    pub fn treasury(&self) -> impl Iterator<Item = &Treasury> {
        self.treasury.values()
    }

    /// All notes.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.values()
    }

    /// All decisions about statements.
    pub fn pins(&self) -> impl Iterator<Item = &Pin> {
        self.pins.values()
    }

    /// The source with that id.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(&id)
    }

    /// The instrument with that id.
    pub fn instrument(&self, id: InstrumentId) -> Option<&Instrument> {
        self.instruments.get(&id)
    }

    /// The instrument with that canonical or former symbol, in any case.
    pub fn instrument_by_symbol(&self, symbol: &str) -> Option<&Instrument> {
        let is = |known: &str| known.eq_ignore_ascii_case(symbol);
        self.instruments
            .values()
            .find(|i| is(&i.symbol))
            .or_else(|| {
                self.instruments
                    .values()
                    .find(|i| i.former_symbols.iter().any(|former| is(former)))
            })
    }

    /// The company with that id.
    pub fn company(&self, id: CompanyId) -> Option<&Company> {
        self.companies.get(&id)
    }

    /// The canonical symbol of a company's share.
    pub fn symbol_of(&self, id: CompanyId) -> Option<&str> {
        let instrument = self.company(id)?.instrument?;
        self.instrument(instrument)
            .map(|instrument| instrument.symbol.as_str())
    }

    /// The company whose share has that canonical or former symbol.
    pub fn company_by_symbol(&self, symbol: &str) -> Option<&Company> {
        let instrument = self.instrument_by_symbol(symbol)?.id;
        self.companies
            .values()
            .find(|company| company.instrument == Some(instrument))
    }

    /// The deal with that id.
    pub fn deal(&self, id: DealId) -> Option<&Deal> {
        self.deals.get(&id)
    }

    /// The debt with that id.
    pub fn debt(&self, id: DebtId) -> Option<&Debt> {
        self.debts.get(&id)
    }

    /// The figure with that id.
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(&id)
    }

    /// The treasury event with that id.
    pub fn treasury_event(&self, id: TreasuryId) -> Option<&Treasury> {
        self.treasury.get(&id)
    }

    /// The note with that id.
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(&id)
    }

    /// The decision with that id.
    pub fn pin(&self, id: PinId) -> Option<&Pin> {
        self.pins.get(&id)
    }

    /// How many records there are of all kinds.
    pub fn len(&self) -> usize {
        self.sources.len()
            + self.instruments.len()
            + self.companies.len()
            + self.figures.len()
            + self.deals.len()
            + self.debts.len()
            + self.treasury.len()
            + self.notes.len()
            + self.pins.len()
    }

    /// True if there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl RecordKey {
    /// The key of a record of that kind and id.
    pub const fn new(kind: RecordKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}
