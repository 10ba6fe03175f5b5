//! Wiring: the only code that mutates what the window shows.
