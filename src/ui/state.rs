//! What the window shows that is neither fact nor preference: the page, the
//! selection, texts being typed, open dialogs, messages.

use std::path::PathBuf;

use crate::model::{Attempt, CompanyId, Day, InstrumentId, Provider};

use super::dialog::{add_instrument, instrument, type_close};
use super::form::Form;
use super::page::{calendar, company, conflicts, data, deals, debt, sector, settings, watchlist};
use super::palette::Palette;

/// The pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Chart, table and company pane.
    #[default]
    Watchlist,
    /// All deals.
    Deals,
    /// Instruments and stated totals.
    Debt,
    /// One company in full.
    Company,
    /// Rent starts and maturities by quarter.
    Calendar,
    /// All companies together.
    Sector,
    /// Statements that disagree.
    Conflicts,
    /// Prices of every instrument and how they came.
    Data,
    /// Preferences and data.
    Settings,
}

/// What the window shows.
#[derive(Default)]
pub struct UiState {
    /// The page.
    pub page: Page,
    /// The company of the pane and the thick line.
    pub selected: Option<CompanyId>,
    /// The Watchlist's own state.
    pub watchlist: watchlist::State,
    /// The Deals page's own state.
    pub deals: deals::State,
    /// The Debt page's own state.
    pub debt: debt::State,
    /// The Company page's own state.
    pub company: company::State,
    /// The Calendar page's own state.
    pub calendar: calendar::State,
    /// The Sector page's own state.
    pub sector: sector::State,
    /// The Conflicts page's own state.
    pub conflicts: conflicts::State,
    /// The Data page's own state.
    pub data: data::State,
    /// The Settings page's own state.
    pub settings: settings::State,
    /// What of the dial is open or being typed.
    pub dial: super::dial::State,
    /// The open form.
    pub form: Option<Form>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The command box.
    pub palette: Palette,
    /// What the top bar says of prices.
    pub prices_bar: super::prices_bar::State,
    /// Whether the panel of messages is open.
    pub messages_open: bool,
    /// Set to put the cursor into the page's filter in the next frame.
    pub focus_filter: bool,
}

/// A dialog over the page.
pub enum Dialog {
    /// Prices to import: what was read and what was refused.
    ImportPrices(Box<super::dialog::import_prices::ImportPrices>),
    /// Records to import: what would become of each row.
    ImportRecords(Box<super::dialog::import_records::ImportRecords>),
    /// A question before something that undo cannot take back.
    Confirm(Confirm),
    /// Asks for a path to read or write.
    Path(super::dialog::path::PathDialog),
    /// The sources of an instrument.
    Instrument(Box<instrument::InstrumentDialog>),
    /// A new instrument.
    AddInstrument(Box<add_instrument::AddInstrument>),
    /// How a figure is computed.
    Explain(super::dialog::explain::Explain),
    /// A formula of the watchlist.
    Formula(Box<super::dialog::formula::FormulaDialog>),
    /// A close the user types.
    TypeClose(Box<type_close::TypeCloseDialog>),
}

/// A question with one way forward.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// The question.
    pub title: String,
    /// What will happen.
    pub text: String,
    /// What the button says.
    pub button: &'static str,
    /// What is done then.
    pub action: super::Action,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something failed; what to do stands in the text.
    Failed,
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Counts up.
    pub id: u64,
    /// How it is meant.
    pub tone: Tone,
    /// The text.
    pub text: String,
    /// Local time of day it was shown, "14:05".
    pub at: String,
    /// True while it is shown over the page.
    pub on_screen: bool,
    /// When it leaves the page by itself; a failure stays until dismissed.
    pub until: Option<jiff::Timestamp>,
}

/// A copy of the data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where.
    pub path: PathBuf,
    /// Of which day, where its name says.
    pub day: Option<Day>,
    /// How large.
    pub bytes: u64,
}

/// Why prices are not brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offline {
    /// Gigawatch was started without network.
    ByStart,
    /// The user's setting says so.
    BySetting,
    /// No provider could be reached when it was last tried.
    Unconnected,
}

impl Offline {
    /// The reason, and the way out where there is one.
    pub const fn says(self) -> &'static str {
        match self {
            Self::ByStart => "Gigawatch was started without network",
            Self::BySetting => "Offline by your setting: Settings, Prices",
            Self::Unconnected => "No provider could be reached: refresh to try again",
        }
    }

    /// Whether nobody may be asked. A connection that failed may be tried again.
    pub const fn is_chosen(self) -> bool {
        match self {
            Self::ByStart | Self::BySetting => true,
            Self::Unconnected => false,
        }
    }
}

/// How far fetching has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// Instruments to bring up to date.
    pub total: usize,
    /// Those whose turn is over.
    pub done: usize,
    /// Those whose turn it is now.
    pub now: Vec<InstrumentId>,
}

/// What the app is doing and can do; kept by the app, read by views.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// What undo would take back.
    pub undo: Option<String>,
    /// What redo would do again.
    pub redo: Option<String>,
    /// Why nothing can be saved, if so.
    pub read_only: Option<String>,
    /// A change is on its way to the disk.
    pub saving: bool,
    /// The data folder.
    pub data_dir: PathBuf,
    /// Copies of the data file, newest first.
    pub backups: Vec<Backup>,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// What the prices are, when they are the starter's: "weekly starter prices to 9 Oct 2026".
    pub prices_note: Option<String>,
    /// Prices are being fetched.
    pub refresh: Option<Refresh>,
    /// Why prices are not brought up to date, if they are not.
    pub offline: Option<Offline>,
    /// The newest attempts to fetch prices, newest first.
    pub attempts: Vec<Attempt>,
    /// What was changed about a company, as last read.
    pub history: Option<company::History>,
    /// Providers whose key is at hand.
    pub keys: Vec<Provider>,
    /// Why keys last for this session only, if they do.
    pub no_keyring: Option<String>,
}
