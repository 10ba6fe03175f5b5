//! Files in and out: pure parsers and writers.
