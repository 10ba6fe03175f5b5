//! Drawing: views read a context and push actions.

pub mod theme;
