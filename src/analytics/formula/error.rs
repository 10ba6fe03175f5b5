//! What is wrong with a formula and where, in words for the one who types it.

use std::ops::Range;

use thiserror::Error;

use super::LONGEST;
use super::expr::{Function, Operator};

/// What is wrong, and the bytes of the text that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{fault}")]
pub struct FormulaError {
    /// Where: a range of bytes on the borders of characters; empty at the end.
    pub at: Range<usize>,
    /// What.
    pub fault: Fault,
}

/// What can be wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Nothing is typed.
    #[error("Type a formula such as backlog / ev")]
    Empty,
    /// Longer than anybody writes.
    #[error("A formula has at most {LONGEST} characters")]
    TooLong,
    /// A sign that means nothing here.
    #[error("“{0}” is not understood: write numbers, columns, + - * / and brackets")]
    Sign(char),
    /// Digits that are no number.
    #[error("“{0}” is no number: write it such as 1.5 or 2e9")]
    Number(String),
    /// Something else was expected here.
    #[error("“{found}” stands where {expected} is expected")]
    Unexpected {
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// The formula ends too early.
    #[error("The formula ends where {0} is expected")]
    Ends(&'static str),
    /// No measure has that name.
    #[error("“{name}” is no column{}", did_you_mean(*.near))]
    Name {
        /// What was typed.
        name: String,
        /// The name that is nearest to it.
        near: Option<&'static str>,
    },
    /// A function stands without its brackets.
    #[error("{} is a function: write {}", .0.code(), example(*.0))]
    Bare(Function),
    /// A function was given too few or too many values.
    #[error("{} takes {}, not {have}: write {}", .function.code(), takes(*.function), example(*.function))]
    Arguments {
        /// Which function.
        function: Function,
        /// How many values stand in its brackets.
        have: usize,
    },
    /// More brackets within one another than anybody writes.
    #[error("Brackets and signs stand more than {0} deep")]
    Deep(usize),
    /// Values of two units that cannot be added, taken away or compared.
    #[error("{}", unlike(*.operator, .left, .right))]
    Units {
        /// What was to be done; none if they are to be compared.
        operator: Option<Operator>,
        /// Unit of the left value.
        left: String,
        /// Unit of the right value.
        right: String,
    },
}

fn did_you_mean(near: Option<&'static str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean “{near}”?"))
}

const fn takes(function: Function) -> &'static str {
    match function {
        Function::Min | Function::Max => "two values or more",
        Function::Abs => "one value",
    }
}

const fn example(function: Function) -> &'static str {
    match function {
        Function::Min => "min(backlog, debt)",
        Function::Max => "max(backlog, debt)",
        Function::Abs => "abs(ytd)",
    }
}

fn unlike(operator: Option<Operator>, left: &str, right: &str) -> String {
    match operator {
        Some(Operator::Add) => format!("Cannot add {left} and {right}"),
        Some(Operator::Subtract) => format!("Cannot take {right} from {left}"),
        Some(Operator::Multiply) => format!("Cannot multiply {left} by {right}"),
        Some(Operator::Divide) => format!("Cannot divide {left} by {right}"),
        None => format!("Cannot compare {left} with {right}"),
    }
}
