//! Files in the window: asking for a path, previews, books and prices.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::Window;
use super::super::jobs::{DeskJob, FileJob, StoreJob};
use super::Pending;
use crate::exchange::record_csv::{self, Table};
use crate::exchange::{book_file, import_plan, price_import};
use crate::model::InstrumentId;
use crate::store::PriceBatch;
use crate::ui::Action;
use crate::ui::dialog::import_prices::ImportPrices;
use crate::ui::dialog::import_records::ImportRecords;
use crate::ui::dialog::path::{PathDialog, Purpose};
use crate::ui::state::{Confirm, Dialog, Tone};

impl Window {
    pub(in crate::app) fn ask_path(&mut self, purpose: Purpose) {
        self.import_for = None;
        let text = usual_name(purpose).map_or_else(String::new, |name| {
            self.status.data_dir.join(name).display().to_string()
        });
        self.ui.dialog = Some(Dialog::Path(PathDialog {
            purpose,
            text,
            error: None,
            symbol: None,
        }));
    }

    pub(super) fn choose_file(&mut self) {
        let Some(Dialog::Path(dialog)) = &self.ui.dialog else {
            return;
        };
        let job = usual_name(dialog.purpose).map_or(DeskJob::Open, DeskJob::Save);
        if let Err(refused) = self.desk.send(job) {
            self.tell(Tone::Failed, refused.to_string());
        }
    }

    pub(super) fn file_read(&mut self, name: String, bytes: Arc<[u8]>) {
        if looks_like_book(&bytes) {
            return self.read_book(&name, &bytes);
        }
        if let Some(table) = record_csv::recognise(&bytes) {
            return self.open_record_import(name, bytes, table);
        }
        if let Some(Dialog::Path(dialog)) = &self.ui.dialog
            && dialog.purpose == Purpose::ImportRecords
        {
            return self.file_failed(format!(
                "The header of {name} is not that of deals, debts, figures or treasury events: export one of them to see it"
            ));
        }
        self.open_price_import(name, bytes);
    }

    pub(super) fn write_book(&mut self, path: PathBuf) {
        match book_file::write(&self.book) {
            Ok(text) => self.send_file(FileJob::Write(path, text)),
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }

    pub(super) fn write_records(&mut self, table: Table, path: PathBuf) {
        let text = record_csv::write(table, &self.book);
        self.send_file(FileJob::Write(path, text));
    }

    /// Opens the preview of a file of records and has it read.
    fn open_record_import(&mut self, name: String, bytes: Arc<[u8]>, table: Table) {
        let import = ImportRecords::new(name, bytes, table, self.revision);
        self.ui.dialog = Some(Dialog::ImportRecords(Box::new(import)));
        self.reread_import();
    }

    /// Has the file of the open preview read: as its options now say, or beside
    /// the book as it now is.
    pub(super) fn reread_import(&mut self) {
        match &self.ui.dialog {
            Some(Dialog::ImportPrices(_)) => self.read_prices(),
            Some(Dialog::ImportRecords(import)) => {
                let job = FileJob::Records {
                    table: import.table,
                    bytes: Arc::clone(&import.bytes),
                    book: Box::new(self.book.clone()),
                    revision: self.revision,
                };
                self.send_file(job);
            }
            Some(
                Dialog::Confirm(_)
                | Dialog::Path(_)
                | Dialog::Explain(_)
                | Dialog::Formula(_)
                | Dialog::Instrument(_)
                | Dialog::AddInstrument(_)
                | Dialog::TypeClose(_),
            )
            | None => {}
        }
    }

    /// Takes the rows of the open preview as one change. A preview of an older
    /// book is read again first.
    fn take_records(&mut self) {
        let Some(Dialog::ImportRecords(dialog)) = &self.ui.dialog else {
            return;
        };
        let Some(import) = dialog.import(self.revision) else {
            return;
        };
        if !import.changes_nothing() {
            let change = import.change(&dialog.file_name, &mut self.new_ids());
            self.apply(change, Some(Pending::Import));
        }
    }

    pub(super) fn read_book(&mut self, name: &str, bytes: &[u8]) {
        let records = match book_file::read(bytes) {
            Ok(records) => records,
            Err(error) => return self.file_failed(format!("{name}: {error}")),
        };
        let plan = import_plan::plan_import(&self.book, records);
        let (new, changed) = (plan.new.len(), plan.changed.len());
        if new + changed == 0 {
            self.ui.dialog = None;
            return self.tell(
                Tone::Done,
                format!(
                    "{name} holds nothing new: all {} records are there",
                    plan.same
                ),
            );
        }
        let text = format!(
            "{new} new records, {changed} that differ from yours and would be replaced, {} the same. Undo takes it back.",
            plan.same
        );
        self.ui.dialog = Some(Dialog::Confirm(Confirm {
            title: format!("Import {name}?"),
            text,
            button: "Import",
            action: Action::Apply(plan.change(format!("import book {name}"), false)),
        }));
    }

    pub(super) fn file_failed(&mut self, text: String) {
        match &mut self.ui.dialog {
            Some(Dialog::Path(dialog)) => dialog.error = Some(text),
            Some(
                Dialog::ImportPrices(_)
                | Dialog::ImportRecords(_)
                | Dialog::Confirm(_)
                | Dialog::Explain(_)
                | Dialog::Formula(_)
                | Dialog::Instrument(_)
                | Dialog::AddInstrument(_)
                | Dialog::TypeClose(_),
            )
            | None => {
                self.tell(Tone::Failed, text);
            }
        }
    }

    /// Opens the preview of a price file and has it read.
    pub(super) fn open_price_import(&mut self, name: String, bytes: Arc<[u8]>) {
        let mut import = ImportPrices::new(name, bytes, &self.book, self.now().date());
        if let Some(symbol) = self.import_for.take() {
            import.set_symbol(symbol);
        }
        self.ui.dialog = Some(Dialog::ImportPrices(Box::new(import)));
        self.read_prices();
    }

    /// Has the file of the open preview read with its present options.
    pub(super) fn read_prices(&mut self) {
        if let Some(Dialog::ImportPrices(import)) = &self.ui.dialog {
            let job = FileJob::Prices(Arc::clone(&import.bytes), Box::new(import.options.clone()));
            self.send_file(job);
        }
    }

    pub(super) fn take_import(&mut self) {
        if self.status.saving {
            return;
        }
        let Some(Dialog::ImportPrices(import)) = &self.ui.dialog else {
            return self.take_records();
        };
        let Some((symbol, bars)) = import.bars_to_take(&self.book, &self.prices) else {
            return;
        };
        // The dialog has left out what is to be kept as it is stored.
        let request = price_import::Request {
            symbol: &symbol,
            bars: &bars,
            file_name: &import.file_name,
            keep_stored: false,
        };
        let stored = self.prices.get(&symbol);
        let new_id = InstrumentId(self.new_ids()());
        match price_import::plan(&self.book, stored, &request, new_id) {
            Ok(plan) if plan.changes_nothing() => {
                self.ui.dialog = None;
                self.tell(
                    Tone::Done,
                    format!("All of it is stored already: {symbol} stays as it is"),
                );
            }
            Ok(plan) => {
                let batch = PriceBatch::from(plan.prices);
                self.pending = Some(Pending::Import);
                self.send_store(StoreJob::Apply(plan.change, vec![batch]));
            }
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }
}

/// What a file that is written is called, unless the user says otherwise; none
/// for one that is read.
fn usual_name(purpose: Purpose) -> Option<String> {
    match purpose {
        Purpose::ExportBook => Some("gigawatch-book.json".to_owned()),
        Purpose::ExportRecords(table) => Some(format!("gigawatch-{}.csv", table.code())),
        Purpose::ImportPrices | Purpose::ImportBook | Purpose::ImportRecords => None,
    }
}

/// A book file begins with its format, prices never do.
fn looks_like_book(bytes: &[u8]) -> bool {
    let start = bytes
        .iter()
        .position(|byte| !byte.is_ascii_whitespace())
        .unwrap_or(0);
    bytes.get(start) == Some(&b'{')
}
