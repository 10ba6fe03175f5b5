//! Forms
