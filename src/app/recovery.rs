//! What the window shows when the book does not open: why, and the newest good
//! copy to go on with. Nothing is deleted: the bad file is kept aside.

use std::path::{Path, PathBuf};

use egui::{CentralPanel, Ui};

use super::Start;
use crate::session::SessionError;
use crate::store::{self, OpenError};

/// A book that did not open.
pub struct Recovery {
    message: String,
    copy: Option<PathBuf>,
    /// Set when the user asked to go on with the copy.
    pub retry: Option<PathBuf>,
}

impl Recovery {
    /// What to say about an error.
    pub fn new(error: &SessionError) -> Self {
        let copy = match error {
            SessionError::Open(OpenError::Damaged {
                newest_good_copy, ..
            }) => newest_good_copy.clone(),
            SessionError::Open(_) | SessionError::Store(_) | SessionError::Starter(_) => None,
        };
        Self {
            message: error.to_string(),
            copy,
            retry: None,
        }
    }

    /// A page for the moment in which no book is open.
    pub const fn waiting() -> Self {
        Self {
            message: String::new(),
            copy: None,
            retry: None,
        }
    }

    /// Draws the page.
    pub fn show(&mut self, ui: &mut Ui) {
        CentralPanel::default().show(ui, |ui| {
            ui.add_space(48.0);
            ui.vertical_centered(|ui| {
                ui.set_max_width(560.0);
                ui.heading("Gigawatch could not open the book");
                ui.add_space(12.0);
                ui.label(&self.message);
                ui.add_space(16.0);
                if let Some(copy) = &self.copy {
                    let name = copy.file_name().unwrap_or_default().to_string_lossy();
                    if ui.button(format!("Restore {name}")).clicked() {
                        self.retry = Some(copy.clone());
                    }
                    ui.add_space(8.0);
                    ui.label("The damaged file is kept beside it.");
                }
            });
        });
    }
}

/// Puts a copy in place of the book; says where the old one is kept.
pub fn restore(backup: &Path, start: &Start) -> Result<String, OpenError> {
    let done = store::restore(backup, &start.paths.data, (start.clock)().timestamp())?;
    Ok(match done.replaced {
        Some(aside) => format!("The file before is kept as {}", aside.display()),
        None => String::new(),
    })
}
