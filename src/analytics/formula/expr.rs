//! What a formula computes, as a tree that prints as text that reads back as
//! the same tree. It computes nothing.

use std::fmt;

use super::names;
use crate::analytics::measure::Measure;
use crate::closed_set;

closed_set! {
    /// What stands between two values.
    Operator {
        /// Plus.
        Add = "add", "+";
        /// Minus.
        Subtract = "subtract", "-";
        /// Times.
        Multiply = "multiply", "*";
        /// Divided by.
        Divide = "divide", "/";
    }
}

closed_set! {
    /// What is computed from values in brackets.
    Function {
        /// The least of them.
        Min = "min", "Least of several values";
        /// The greatest of them.
        Max = "max", "Greatest of several values";
        /// The size without its sign.
        Abs = "abs", "Size without the sign";
    }
}

/// A formula as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number that was written; never below zero, for the minus stands before it.
    Number(f64),
    /// A figure of the company.
    Measure(Measure),
    /// The value with the other sign.
    Negative(Box<Self>),
    /// Two values and what stands between them.
    Binary(Operator, Box<Self>, Box<Self>),
    /// A function of values.
    Call(Function, Vec<Self>),
}

impl Operator {
    /// Times and divided by bind more tightly than plus and minus.
    pub const fn binds_tightly(self) -> bool {
        match self {
            Self::Add | Self::Subtract => false,
            Self::Multiply | Self::Divide => true,
        }
    }
}

impl Expr {
    /// Calls `found` with every measure, from left to right.
    pub fn each_measure(&self, found: &mut impl FnMut(Measure)) {
        match self {
            Self::Number(_) => {}
            Self::Measure(measure) => found(*measure),
            Self::Negative(inner) => inner.each_measure(found),
            Self::Binary(_, left, right) => {
                left.each_measure(found);
                right.each_measure(found);
            }
            Self::Call(_, values) => {
                for value in values {
                    value.each_measure(found);
                }
            }
        }
    }

    /// True if the tree needs brackets beside that operator: left of it where
    /// it binds less tightly, right of it also where it binds alike.
    fn needs_brackets(&self, beside: Operator, on_the_right: bool) -> bool {
        match self {
            Self::Number(_) | Self::Measure(_) | Self::Negative(_) | Self::Call(..) => false,
            Self::Binary(own, ..) => {
                let (own, beside) = (own.binds_tightly(), beside.binds_tightly());
                (!own && beside) || (on_the_right && own == beside)
            }
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => {
                let plain = number.to_string();
                if plain.len() > 20 {
                    write!(f, "{number:e}")
                } else {
                    f.write_str(&plain)
                }
            }
            Self::Measure(measure) => f.write_str(names::alias(*measure)),
            Self::Negative(inner) => match inner.as_ref() {
                Self::Binary(..) => write!(f, "-({inner})"),
                Self::Number(_) | Self::Measure(_) | Self::Negative(_) | Self::Call(..) => {
                    write!(f, "-{inner}")
                }
            },
            Self::Binary(operator, left, right) => {
                side(f, left, left.needs_brackets(*operator, false))?;
                write!(f, " {} ", operator.label())?;
                side(f, right, right.needs_brackets(*operator, true))
            }
            Self::Call(function, values) => {
                write!(f, "{}(", function.code())?;
                for (index, value) in values.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{value}")?;
                }
                f.write_str(")")
            }
        }
    }
}

fn side(f: &mut fmt::Formatter<'_>, expr: &Expr, brackets: bool) -> fmt::Result {
    if brackets {
        write!(f, "({expr})")
    } else {
        write!(f, "{expr}")
    }
}
