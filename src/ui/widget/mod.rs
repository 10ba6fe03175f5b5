//! Small widgets that pages share. They take tokens and plain values, return
//! egui responses, and know no record, page or action.
//!
//! What can be clicked draws hover, press and focus and has an accessible name;
//! disabled ones are faded by egui.

mod bar_row;
mod button;
mod chip;
mod field_row;
mod focus;
mod hairline;
mod link;
pub mod mark;
mod section;
mod sign_button;
pub mod table;
mod text;
mod titled;
mod tone;
mod year_bars;

pub use bar_row::{BarRow, Places};
pub use button::primary_button;
pub use chip::chip;
pub use field_row::FieldRow;
pub use focus::{covered, focus_ring};
pub use hairline::{hairline, hairline_below, hairline_right_of};
pub use link::link;
pub use section::section;
pub use sign_button::sign_button;
pub use text::{big, caption, caption_wrapped, heading, line_in, secondary};
pub use titled::titled;
pub use tone::Tone;
pub use year_bars::{YearBar, year_bars};
