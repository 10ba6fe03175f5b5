//! Drawing: views read a [`Cx`] and push [`Action`]s; what they keep of their
//! own (text being typed, what is unfolded) lives in [`UiState`]. No I/O, no
//! clock, no change of the book.

pub mod action;
pub mod chart;
pub mod command;
pub mod cx;
pub mod dial;
pub mod dialog;
pub mod form;
pub mod format;
pub mod hint;
pub mod icon;
pub mod messages;
pub mod page;
pub mod palette;
pub mod price_state;
pub mod prices_bar;
pub mod provenance;
pub mod settings;
pub mod shell;
pub mod state;
pub mod switches;
pub mod theme;
pub mod typed_day;
pub mod widget;

pub use action::Action;
pub use command::Command;
pub use cx::Cx;
pub use settings::Settings;
pub use state::UiState;
