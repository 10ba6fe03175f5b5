//! Formulas that a user writes over the figures of a company: `backlog / ev`.
//! A formula is read once, with its unit; its value is an answer as any other
//! figure: with hedge and statements, or the reason why there is none. It knows
//! no screen and keeps nothing.
//!
//! The language: numbers, names of measures, `+ - * /` with the usual order,
//! brackets, a minus before a value, and the functions `min`, `max` and `abs`.

mod error;
mod eval;
mod expr;
mod names;
mod parse;
mod token;
mod unit;

pub use error::{Fault, FormulaError};
pub use eval::eval;
pub use expr::{Expr, Function, Operator};
pub use names::{alias, functions};
pub use parse::expression;
pub use unit::Unit;

use super::Answer;
use super::measure::{Facts, Measure, Term};

/// The longest formula in characters.
pub const LONGEST: usize = 500;

/// A formula that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    expr: Expr,
    unit: Unit,
}

impl Formula {
    /// Reads a formula and finds the unit of its value.
    ///
    /// # Errors
    /// Says what is wrong, where, and what was expected there.
    pub fn read(text: &str) -> Result<Self, FormulaError> {
        let (expr, unit) = parse::typed(text)?;
        Ok(Self { expr, unit })
    }

    /// The unit of its value.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// What it computes, as a tree.
    pub const fn expr(&self) -> &Expr {
        &self.expr
    }

    /// Its value of a company, or which part is missing and why.
    pub fn of(&self, facts: Facts<'_>) -> Answer<f64> {
        eval(&self.expr, &|measure| measure.of(facts))
    }

    /// The measures it names, each once, in the order in which it names them.
    pub fn measures(&self) -> Vec<Measure> {
        let mut named = Vec::new();
        self.expr.each_measure(&mut |measure| {
            if !named.contains(&measure) {
                named.push(measure);
            }
        });
        named
    }

    /// The same with their values of a company.
    pub fn terms(&self, facts: Facts<'_>) -> Vec<Term> {
        let term = |measure: Measure| Term {
            name: measure.label(),
            unit: measure.unit(),
            value: measure.of(facts),
        };
        self.measures().into_iter().map(term).collect()
    }
}
