//! The dial in the window: what is shown is derived from the book and the prices
//! as they were known on its day, and what must not be done there is refused.

use jiff::civil::Date;

use super::Window;
use crate::analytics::as_of::{book_on_past_day, figure_known_by, prices_as_of};
use crate::analytics::derive;
use crate::model::{Book, Change, Op, Record, RecordKind};
use crate::ui::{Action, Command, dial, format};

impl Window {
    /// Turns the dial to a day that is past, or back to today.
    pub(super) fn set_as_of(&mut self, day: Option<Date>) {
        let day = day.filter(|day| *day < self.today);
        if self.as_of != day {
            self.as_of = day;
            self.rederive();
        }
    }

    /// Derives what is shown from what was known on the day that is shown.
    pub(super) fn derive_shown(&mut self) {
        self.derived_on = self.as_of.unwrap_or(self.today);
        self.then = self.as_of.map(|day| {
            let prices = prices_as_of(&self.prices, day).into_owned();
            (book_on_past_day(&self.book, day), prices)
        });
        let (book, prices) = match &self.then {
            Some((book, prices)) => (book, prices),
            None => (&self.book, &self.prices),
        };
        self.derived = derive(book, prices, self.derived_on, self.settings.switches);
    }

    /// The book as it is shown: on the dial's day, if it is turned back.
    pub const fn shown_book(&self) -> &Book {
        match &self.then {
            Some((book, _)) => book,
            None => &self.book,
        }
    }

    /// Why something is not done while the dial is turned back: what is seen is
    /// not the book as it is. A statement made by that day may be added.
    pub(super) fn refused_by_dial(&self, action: &Action) -> Option<String> {
        let day = self.as_of?;
        let closed = dial::closed(day);
        match action {
            // A form that was opened before the dial was turned is closed, too.
            Action::SaveForm { .. } => {
                let form = self.ui.form.as_ref();
                form.is_some_and(|form| !form.may_add_on_dial())
                    .then_some(closed)
            }
            Action::New(RecordKind::Figure, _) | Action::Run(Command::NewFigure) => None,
            Action::New(..)
            | Action::Edit(_)
            | Action::Duplicate(_)
            | Action::Delete(_)
            | Action::Apply(_)
            | Action::TakeImport
            | Action::AcceptJump(..)
            | Action::TypeClose { .. }
            | Action::EnterClose(_)
            | Action::ImportPricesOf(_)
            | Action::EditInstrument(_)
            | Action::NewInstrument
            | Action::AddInstrument { .. }
            | Action::Decide { .. }
            | Action::RestoreBackup(_)
            | Action::Run(
                Command::NewDeal
                | Command::NewDebt
                | Command::NewTreasury
                | Command::NewNote
                | Command::NewCompany
                | Command::NewSource
                | Command::ImportPrices
                | Command::ImportBook
                | Command::ImportRecords
                | Command::RestoreStarter,
            ) => Some(closed),
            Action::Run(_)
            | Action::Select(_)
            | Action::OpenCompany(_)
            | Action::Explain(..)
            | Action::ShowConflict(_)
            | Action::CloseForm
            | Action::Set(_)
            | Action::OpenUrl(_)
            | Action::OpenDataFolder
            | Action::ChooseFile
            | Action::ReadFile(_)
            | Action::ReadBytes { .. }
            | Action::RereadImport
            | Action::Ask(_)
            | Action::CloseDialog
            | Action::WriteBook(_)
            | Action::WriteRecords(..)
            | Action::Refresh(_)
            | Action::Rebuild(_)
            | Action::SetAsOf(_)
            | Action::SetKey(..)
            | Action::ForgetKey(_)
            | Action::Quit
            | Action::DismissMessage(_) => None,
        }
    }

    /// Why a statement is not saved while the dial is turned back: it would not
    /// be seen on that day.
    pub(super) fn unseen_on_dial(&self, change: &Change) -> Option<String> {
        let day = self.as_of?;
        let later = change.ops.iter().any(|op| match op {
            Op::Put(record) => match record.as_ref() {
                Record::Figure(figure) => !figure_known_by(figure, day),
                Record::Source(_)
                | Record::Instrument(_)
                | Record::Company(_)
                | Record::Deal(_)
                | Record::Debt(_)
                | Record::Treasury(_)
                | Record::Note(_)
                | Record::Pin(_) => false,
            },
            Op::Delete(_) => false,
        });
        later.then(|| {
            format!(
                "Stated after {}, it would not be seen here: give the day it was stated, or turn the dial to today",
                format::day_long(day)
            )
        })
    }
}
