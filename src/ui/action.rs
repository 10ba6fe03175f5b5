//! What a view asks to be done. One file, `app/update.rs`, does it.

use std::path::PathBuf;

use crate::analytics::measure::Measure;
use crate::exchange::record_csv::Table;
use crate::model::instrument::InstrumentKind;
use crate::model::pin::Choice;
use crate::model::{
    Change, CompanyId, Currency, Day, InstrumentId, Provider, RecordKey, RecordKind,
};

use super::command::Command;
use super::settings::Settings;
use super::state::Confirm;

/// Something to be done after the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Runs a command of the registry.
    Run(Command),
    /// Shows a company in the pane and highlights its line.
    Select(CompanyId),
    /// Shows a company in full on its page.
    OpenCompany(CompanyId),
    /// Explains how a figure of a company is computed.
    Explain(CompanyId, Measure),
    /// Shows both statements of the conflict that the page knows by this key.
    ShowConflict(uuid::Uuid),
    /// Opens an empty form, about a company where one is given.
    New(RecordKind, Option<CompanyId>),
    /// Opens the form of an existing record.
    Edit(RecordKey),
    /// Opens the form of a new record filled from an existing one.
    Duplicate(RecordKey),
    /// Deletes a record and what cannot be without it; undo brings it back.
    Delete(RecordKey),
    /// Saves the open form; `again` opens an empty one after it.
    SaveForm {
        /// Whether an empty form follows.
        again: bool,
    },
    /// Closes the open form; typed text is lost, so the view asks before.
    CloseForm,
    /// Applies a change a view has built.
    Apply(Change),
    /// Replaces the preferences.
    Set(Box<Settings>),
    /// Opens an address in the browser.
    OpenUrl(String),
    /// Opens the data folder in the file manager.
    OpenDataFolder,
    /// Asks the desktop for a file to import; the path field is filled with it.
    ChooseFile,
    /// Reads the file at this path for the open import dialog.
    ReadFile(PathBuf),
    /// Reads dropped bytes under that name for the import dialog.
    ReadBytes {
        /// File name, from which the symbol is guessed.
        name: String,
        /// What was dropped.
        bytes: std::sync::Arc<[u8]>,
    },
    /// Takes what the import dialog shows.
    TakeImport,
    /// Reads the file of the import dialog again, as its options now say.
    RereadImport,
    /// Asks a question first; its answer is the action it holds.
    Ask(Box<Confirm>),
    /// Closes the open dialog and does nothing.
    CloseDialog,
    /// Puts a backup in place of the data file.
    RestoreBackup(PathBuf),
    /// Writes the whole book to this path.
    WriteBook(PathBuf),
    /// Writes all records of a table to this path, as CSV.
    WriteRecords(Table, PathBuf),
    /// Asks providers for what is missing of these instruments.
    Refresh(Vec<InstrumentId>),
    /// Fetches the whole history of an instrument anew.
    Rebuild(InstrumentId),
    /// Takes the jump of that day as true and fetches what waited for it.
    AcceptJump(InstrumentId, Day),
    /// Keeps a close the user typed.
    TypeClose {
        /// Whose.
        instrument: InstrumentId,
        /// Of which day.
        day: Day,
        /// The close, in the instrument's currency.
        close: f64,
    },
    /// Opens the import dialog for the prices of an instrument.
    ImportPricesOf(InstrumentId),
    /// Opens the sources of an instrument: its providers, their symbols, its lock.
    EditInstrument(InstrumentId),
    /// Opens the dialog for a close of an instrument.
    EnterClose(InstrumentId),
    /// Opens the dialog of a new instrument.
    NewInstrument,
    /// Adds an instrument to the book; its id is made where a clock is at hand.
    AddInstrument {
        /// Canonical symbol, new to the book.
        symbol: String,
        /// Name as a list shows it.
        name: String,
        /// What it is.
        kind: InstrumentKind,
        /// Currency of its prices.
        currency: Currency,
    },
    /// Keeps a decision about statements that disagree; its id and day are made
    /// where a clock is at hand.
    Decide {
        /// What is decided.
        choice: Choice,
        /// Why.
        note: String,
    },
    /// Turns the dial: everything is shown as it was known on that day, or today.
    SetAsOf(Option<Day>),
    /// Keeps the user's key of a provider.
    SetKey(Provider, String),
    /// Forgets the user's key of a provider.
    ForgetKey(Provider),
    /// Closes the window, whatever is being typed.
    Quit,
    /// Takes a message off the screen; the panel keeps it.
    DismissMessage(u64),
}
