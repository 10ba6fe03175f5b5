//! What every view may read, and where it leaves what the user wants done.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::analytics::Derived;
use crate::analytics::freshness::Coverage;
use jiff::Zoned;

use crate::model::{Book, Company, CompanyId, Day, Feeds, InstrumentId, Prices};

use super::action::Action;
use super::settings::Settings;
use super::state::Status;
use super::theme::{self, Tokens};

/// The read-only context of a frame.
pub struct Cx<'a> {
    /// The book.
    pub book: &'a Book,
    /// The prices.
    pub prices: &'a Prices,
    /// How the prices came and how well they are kept.
    pub feeds: &'a Feeds,
    /// How far each instrument's series reaches, as of `now`.
    pub coverage: &'a BTreeMap<InstrumentId, Coverage>,
    /// All that follows from book and prices on this day.
    pub derived: &'a Derived,
    /// Changes whenever one of the three does: the key of what views cache.
    pub revision: u64,
    /// Changes whenever prices were asked for, even if none came.
    pub feeds_revision: u64,
    /// The time on the user's clock when this frame began.
    pub now: &'a Zoned,
    /// The day from which ages count: today, or the day of the dial.
    pub today: Day,
    /// The day of the dial, if it is not on today: book and prices are then what
    /// was known on that day.
    pub as_of: Option<Day>,
    /// Colours of the theme in force.
    pub tokens: Tokens,
    /// Preferences.
    pub settings: &'a Settings,
    /// What the app is doing and can do.
    pub status: &'a Status,
    /// What the user wants done, in order.
    pub actions: &'a RefCell<Vec<Action>>,
}

impl Cx<'_> {
    /// Asks for something to be done after this frame.
    pub fn act(&self, action: Action) {
        self.actions.borrow_mut().push(action);
    }

    /// The colour of a company's line and square: its own, made legible on this
    /// theme, else the one of its symbol.
    pub fn company_colour(&self, company: &Company) -> egui::Color32 {
        let own = company.colour.as_deref().and_then(theme::parse_colour);
        let symbol = self.book.symbol_of(company.id).unwrap_or(&company.name);
        own.map_or_else(
            || theme::series_colour(symbol, self.tokens.dark),
            |colour| self.tokens.as_line(colour),
        )
    }

    /// Name of a company, for labels; never empty on screen.
    pub fn company_name(&self, id: CompanyId) -> &str {
        self.book
            .company(id)
            .map_or("unknown company", |company| company.name.as_str())
    }
}
