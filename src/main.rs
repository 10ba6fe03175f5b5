//! The `gigawatch` binary.

fn main() {}
