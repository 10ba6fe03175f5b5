//! What a form holds: the draft of one kind of record.

use crate::model::draft::{
    CompanyDraft, DealDraft, DebtDraft, Draft, FigureDraft, NoteDraft, SourceDraft, TreasuryDraft,
    who,
};
use crate::model::{Book, CompanyId, Day, Record, RecordKey, RecordKind};

/// The draft of one kind of record.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Deal(Box<DealDraft>),
    Debt(Box<DebtDraft>),
    Figure(Box<FigureDraft>),
    Company(Box<CompanyDraft>),
    Treasury(Box<TreasuryDraft>),
    Source(Box<SourceDraft>),
    Note(Box<NoteDraft>),
}

impl Typed {
    /// A blank draft, about a company where one is given.
    pub fn new(kind: RecordKind, company: Option<CompanyId>, book: &Book, today: Day) -> Self {
        let company = company.map_or_else(String::new, |id| who::text_of(id, book));
        match kind {
            RecordKind::Deal => Self::Deal(Box::new(DealDraft {
                company,
                ..DealDraft::new(today)
            })),
            RecordKind::Debt => Self::Debt(Box::new(DebtDraft {
                company,
                ..DebtDraft::default()
            })),
            // A decision is made beside the statements, not in a form: what can
            // be typed about one is another statement.
            RecordKind::Figure | RecordKind::Pin => Self::Figure(Box::new(FigureDraft {
                company,
                ..FigureDraft::new(today)
            })),
            RecordKind::Treasury => Self::Treasury(Box::new(TreasuryDraft {
                company,
                ..TreasuryDraft::new(today)
            })),
            RecordKind::Note => Self::Note(Box::new(NoteDraft {
                company,
                ..NoteDraft::new(today)
            })),
            RecordKind::Source => Self::Source(Box::default()),
            RecordKind::Company | RecordKind::Instrument => {
                Self::Company(Box::new(CompanyDraft::new(book)))
            }
        }
    }

    /// The draft of a record of the book; an instrument is edited with its company.
    pub fn of_record(key: RecordKey, book: &Book) -> Option<Self> {
        Some(match book.record(key)? {
            Record::Deal(deal) => Self::Deal(Box::new(DealDraft::from_record(&deal, book))),
            Record::Debt(debt) => Self::Debt(Box::new(DebtDraft::from_record(&debt, book))),
            Record::Figure(figure) => {
                Self::Figure(Box::new(FigureDraft::from_record(&figure, book)))
            }
            Record::Company(company) => {
                Self::Company(Box::new(CompanyDraft::from_record(&company, book)))
            }
            Record::Treasury(event) => {
                Self::Treasury(Box::new(TreasuryDraft::from_record(&event, book)))
            }
            Record::Source(source) => Self::Source(Box::new(SourceDraft::from_record(&source))),
            Record::Note(note) => Self::Note(Box::new(NoteDraft::from_record(&note, book))),
            Record::Pin(_) => return None,
            Record::Instrument(share) => {
                let owner = book.companies().find(|c| c.instrument == Some(share.id))?;
                Self::Company(Box::new(CompanyDraft::from_record(owner, book)))
            }
        })
    }

    /// The same for a new record.
    #[must_use]
    pub fn duplicate(self) -> Self {
        match self {
            Self::Deal(draft) => Self::Deal(Box::new(draft.duplicate())),
            Self::Debt(draft) => Self::Debt(Box::new(draft.duplicate())),
            Self::Figure(draft) => Self::Figure(Box::new(draft.duplicate())),
            Self::Company(draft) => Self::Company(Box::new(draft.duplicate())),
            Self::Treasury(draft) => Self::Treasury(Box::new(draft.duplicate())),
            Self::Source(draft) => Self::Source(Box::new(draft.duplicate())),
            Self::Note(draft) => Self::Note(Box::new(draft.duplicate())),
        }
    }

    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Deal(_) => RecordKind::Deal,
            Self::Debt(_) => RecordKind::Debt,
            Self::Figure(_) => RecordKind::Figure,
            Self::Company(_) => RecordKind::Company,
            Self::Treasury(_) => RecordKind::Treasury,
            Self::Source(_) => RecordKind::Source,
            Self::Note(_) => RecordKind::Note,
        }
    }

    /// True if it replaces a record rather than adding one.
    pub const fn is_edit(&self) -> bool {
        match self {
            Self::Deal(draft) => draft.id.is_some(),
            Self::Debt(draft) => draft.id.is_some(),
            Self::Figure(draft) => draft.id.is_some(),
            Self::Company(draft) => draft.id.is_some(),
            Self::Treasury(draft) => draft.id.is_some(),
            Self::Source(draft) => draft.id.is_some(),
            Self::Note(draft) => draft.id.is_some(),
        }
    }

    /// What the form is called.
    pub const fn title(&self) -> &'static str {
        match (self, self.is_edit()) {
            (Self::Deal(_), false) => "New deal",
            (Self::Deal(_), true) => "Edit deal",
            (Self::Debt(_), false) => "New debt",
            (Self::Debt(_), true) => "Edit debt",
            (Self::Figure(_), false) => "New figure",
            (Self::Figure(_), true) => "Correct figure",
            (Self::Company(_), false) => "New company",
            (Self::Company(_), true) => "Edit company",
            (Self::Treasury(_), false) => "New treasury event",
            (Self::Treasury(_), true) => "Edit treasury event",
            (Self::Source(_), false) => "New source",
            (Self::Source(_), true) => "Edit source",
            (Self::Note(_), false) => "New note",
            (Self::Note(_), true) => "Edit note",
        }
    }

    pub fn draft(&self) -> &dyn Draft {
        match self {
            Self::Deal(draft) => draft.as_ref(),
            Self::Debt(draft) => draft.as_ref(),
            Self::Figure(draft) => draft.as_ref(),
            Self::Company(draft) => draft.as_ref(),
            Self::Treasury(draft) => draft.as_ref(),
            Self::Source(draft) => draft.as_ref(),
            Self::Note(draft) => draft.as_ref(),
        }
    }
}
