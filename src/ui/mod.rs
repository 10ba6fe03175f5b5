//! Drawing: views read a context and push actions.

pub mod format;
pub mod icon;
pub mod theme;
pub mod widget;
