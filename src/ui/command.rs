//! Every command, declared once with its text, hint and shortcut; buttons, the
//! command box and the keyboard read it here.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something the user can ask for from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Open the form of a new deal.
    NewDeal,
    /// Open the form of a new debt.
    NewDebt,
    /// Open the form of a new figure.
    NewFigure,
    /// Open the form of a new treasury event.
    NewTreasury,
    /// Open the form of a new note.
    NewNote,
    /// Open the form of a new company.
    NewCompany,
    /// Open the form of a new source.
    NewSource,
    /// Take the last change back.
    Undo,
    /// Do the change taken back again.
    Redo,
    /// Read a file of prices.
    ImportPrices,
    /// Bring all prices up to date.
    RefreshPrices,
    /// Stop bringing prices up to date.
    CancelRefresh,
    /// Read a book file.
    ImportBook,
    /// Write the book to a file.
    ExportBook,
    /// Read a file of deals, debts, figures or treasury events.
    ImportRecords,
    /// Write all deals to a file.
    ExportDeals,
    /// Write all debts to a file.
    ExportDebts,
    /// Write all figures to a file.
    ExportFigures,
    /// Write all treasury events to a file.
    ExportTreasury,
    /// Keep a copy of the file now.
    BackUp,
    /// Bring back starter records that were deleted.
    RestoreStarter,
    /// Show the Watchlist.
    GoWatchlist,
    /// Show the Company page.
    GoCompany,
    /// Show the Deals page.
    GoDeals,
    /// Show the Debt page.
    GoDebt,
    /// Show the Calendar page.
    GoCalendar,
    /// Show the Sector page.
    GoSector,
    /// Show the Conflicts page.
    GoConflicts,
    /// Show the Data page.
    GoData,
    /// Show the Settings page.
    GoSettings,
    /// Put the cursor into the page's filter.
    Filter,
    /// Open the command box.
    Palette,
    /// Next of system, dark and light.
    NextTheme,
    /// Show the last messages.
    Messages,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// Every command, as the command box lists them.
    pub const ALL: &'static [Self] = &[
        Self::NewDeal,
        Self::NewDebt,
        Self::NewFigure,
        Self::NewTreasury,
        Self::NewNote,
        Self::NewCompany,
        Self::NewSource,
        Self::Undo,
        Self::Redo,
        Self::RefreshPrices,
        Self::CancelRefresh,
        Self::ImportPrices,
        Self::ImportBook,
        Self::ExportBook,
        Self::ImportRecords,
        Self::ExportDeals,
        Self::ExportDebts,
        Self::ExportFigures,
        Self::ExportTreasury,
        Self::BackUp,
        Self::RestoreStarter,
        Self::GoWatchlist,
        Self::GoCompany,
        Self::GoDeals,
        Self::GoDebt,
        Self::GoCalendar,
        Self::GoSector,
        Self::GoConflicts,
        Self::GoData,
        Self::GoSettings,
        Self::Filter,
        Self::Palette,
        Self::NextTheme,
        Self::Messages,
    ];

    /// What a button or list says.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NewDeal => "New deal…",
            Self::NewDebt => "New debt…",
            Self::NewFigure => "New figure…",
            Self::NewTreasury => "New treasury event…",
            Self::NewNote => "New note…",
            Self::NewCompany => "New company…",
            Self::NewSource => "New source…",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::RefreshPrices => "Refresh prices",
            Self::CancelRefresh => "Stop refreshing prices",
            Self::ImportPrices => "Import prices…",
            Self::ImportBook => "Import book…",
            Self::ExportBook => "Export book…",
            Self::ImportRecords => "Import records…",
            Self::ExportDeals => "Export deals…",
            Self::ExportDebts => "Export debts…",
            Self::ExportFigures => "Export figures…",
            Self::ExportTreasury => "Export treasury events…",
            Self::BackUp => "Back up now",
            Self::RestoreStarter => "Restore starter book…",
            Self::GoWatchlist => "Watchlist",
            Self::GoCompany => "Company",
            Self::GoDeals => "Deals",
            Self::GoDebt => "Debt",
            Self::GoCalendar => "Calendar",
            Self::GoSector => "Sector",
            Self::GoConflicts => "Conflicts",
            Self::GoData => "Data",
            Self::GoSettings => "Settings",
            Self::Filter => "Filter",
            Self::Palette => "Search or run a command…",
            Self::NextTheme => "Change theme",
            Self::Messages => "Messages",
        }
    }

    /// What it does, where the text does not say.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::NewDeal => "Enter an AI or HPC contract",
            Self::NewDebt => "Enter notes, a loan or a facility",
            Self::NewFigure => "Enter a stated number with its day and source",
            Self::NewTreasury => "Enter Bitcoin bought, sold or held",
            Self::NewNote => "Write a dated note on a company",
            Self::NewCompany => "Add a company to the watchlist",
            Self::NewSource => "Enter a filing, release or article",
            Self::Undo => "Take the last change back",
            Self::Redo => "Do it again",
            Self::RefreshPrices => "Ask the providers for what is missing",
            Self::CancelRefresh => "Stop asking; what has come stays",
            Self::ImportPrices => "Read a CSV file of daily prices",
            Self::ImportBook => "Read a Gigawatch book file",
            Self::ExportBook => "Write every record to one file",
            Self::ImportRecords => "Read deals, debts, figures or treasury events from a CSV file",
            Self::ExportDeals => "Write all deals to a CSV file",
            Self::ExportDebts => "Write all debts to a CSV file",
            Self::ExportFigures => "Write all figures to a CSV file",
            Self::ExportTreasury => "Write all treasury events to a CSV file",
            Self::BackUp => "Keep a copy of the data file",
            Self::RestoreStarter => "Bring back starter records that were deleted",
            Self::GoWatchlist => "Companies, chart and the selected company",
            Self::GoCompany => {
                "One company in full: price, contracts against debt, statements, history"
            }
            Self::GoDeals => "All deals with totals",
            Self::GoDebt => "Instruments and stated totals",
            Self::GoCalendar => "Rent starts and maturities by quarter",
            Self::GoSector => "All companies together, beside what is stated of the sector",
            Self::GoConflicts => "Statements that disagree, and which of them counts",
            Self::GoData => "Prices of every instrument and how they came",
            Self::GoSettings => "Theme, text size, prices, data and backups",
            Self::Filter => "Show only rows that contain a word",
            Self::Palette => "Find a company, a page or a command",
            Self::NextTheme => "System, dark, light",
            Self::Messages => "What was done and what failed",
        }
    }

    /// The keys that run it.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        Some(match self {
            Self::NewDeal => KeyboardShortcut::new(CTRL, Key::N),
            Self::NewDebt => KeyboardShortcut::new(CTRL_SHIFT, Key::D),
            Self::NewFigure => KeyboardShortcut::new(CTRL_SHIFT, Key::F),
            Self::Undo => KeyboardShortcut::new(CTRL, Key::Z),
            Self::Redo => KeyboardShortcut::new(CTRL_SHIFT, Key::Z),
            Self::RefreshPrices => KeyboardShortcut::new(CTRL, Key::R),
            Self::ImportPrices => KeyboardShortcut::new(CTRL, Key::I),
            Self::GoWatchlist => KeyboardShortcut::new(CTRL, Key::Num1),
            Self::GoDeals => KeyboardShortcut::new(CTRL, Key::Num2),
            Self::GoDebt => KeyboardShortcut::new(CTRL, Key::Num3),
            Self::GoData => KeyboardShortcut::new(CTRL, Key::Num4),
            Self::GoConflicts => KeyboardShortcut::new(CTRL, Key::Num5),
            Self::GoCompany => KeyboardShortcut::new(CTRL, Key::Num6),
            Self::GoSector => KeyboardShortcut::new(CTRL, Key::Num7),
            Self::GoCalendar => KeyboardShortcut::new(CTRL, Key::Num8),
            Self::GoSettings => KeyboardShortcut::new(CTRL, Key::Comma),
            Self::Filter => KeyboardShortcut::new(CTRL, Key::F),
            Self::Palette => KeyboardShortcut::new(CTRL, Key::K),
            Self::NewTreasury
            | Self::NewNote
            | Self::NewCompany
            | Self::NewSource
            | Self::CancelRefresh
            | Self::ImportBook
            | Self::ExportBook
            | Self::ImportRecords
            | Self::ExportDeals
            | Self::ExportDebts
            | Self::ExportFigures
            | Self::ExportTreasury
            | Self::BackUp
            | Self::RestoreStarter
            | Self::NextTheme
            | Self::Messages => return None,
        })
    }
}
