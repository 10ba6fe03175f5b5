//! Pure derivations from the book, the prices and a day. No clock, no I/O.
