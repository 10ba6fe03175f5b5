//! The value of a formula: an answer made of answers. A part that is missing
//! makes the whole missing and is named; a bound stays a bound, turned round
//! where it stands below a line or behind a minus.

use super::expr::{Expr, Function, Operator};
use super::names;
use crate::analytics::answer::{hedge_of_sum, joined};
use crate::analytics::measure::Measure;
use crate::analytics::{Answer, Missing, Stated};
use crate::model::Hedge;

/// The value of the tree where `value` gives that of a measure.
///
/// # Errors
/// Names the part that is missing, the divisor that is zero, or a result that
/// is beyond all numbers.
pub fn eval(expr: &Expr, value: &impl Fn(Measure) -> Answer<f64>) -> Answer<f64> {
    let answer = match expr {
        Expr::Number(number) => Stated::exact(*number, Vec::new()),
        Expr::Measure(measure) => value(*measure).map_err(|missing| {
            let name = names::alias(*measure);
            Missing::because(format!("{name} is not known: {missing}"))
        })?,
        Expr::Negative(inner) => {
            let inner = eval(inner, value)?;
            let hedge = turned(inner.hedge);
            inner.map(|value| -value).hedged(hedge)
        }
        Expr::Binary(operator, left, right) => {
            let (a, b) = (eval(left, value)?, eval(right, value)?);
            if *operator == Operator::Divide && b.value == 0.0 {
                return Err(Missing::because(format!(
                    "it would divide by zero: {right} is 0"
                )));
            }
            binary(*operator, a, b)
        }
        Expr::Call(function, values) => call(*function, values, value)?,
    };
    if answer.value.is_finite() {
        Ok(answer)
    } else {
        Err(Missing::because(format!("{expr} is beyond all numbers")))
    }
}

fn binary(operator: Operator, a: Stated<f64>, b: Stated<f64>) -> Stated<f64> {
    let (x, y) = (a.value, b.value);
    let (value, hedge_a, hedge_b) = match operator {
        Operator::Add => (x + y, a.hedge, b.hedge),
        Operator::Subtract => (x - y, a.hedge, turned(b.hedge)),
        // What grows with one factor shrinks with it where the other is below zero.
        Operator::Multiply => (
            x * y,
            turned_if(y < 0.0, a.hedge),
            turned_if(x < 0.0, b.hedge),
        ),
        Operator::Divide => (
            x / y,
            turned_if(y < 0.0, a.hedge),
            turned_if(x >= 0.0, b.hedge),
        ),
    };
    together(value, hedge_of_sum([hedge_a, hedge_b]), a, b)
}

fn call(
    function: Function,
    values: &[Expr],
    value: &impl Fn(Measure) -> Answer<f64>,
) -> Answer<f64> {
    let mut answers = values.iter().map(|expr| eval(expr, value));
    let none = || Missing::because("a function has no value");
    let first = answers.next().ok_or_else(none)??;
    match function {
        Function::Abs => {
            let bounded = matches!(first.hedge, Hedge::MoreThan | Hedge::UpTo);
            // A bound of what lies below zero says nothing of its size.
            let hedge = if bounded && first.value < 0.0 {
                Hedge::About
            } else {
                first.hedge
            };
            Ok(first.map(f64::abs).hedged(hedge))
        }
        Function::Min => answers.try_fold(first, |least, next| Ok(one_of(true, least, next?))),
        Function::Max => answers.try_fold(first, |most, next| Ok(one_of(false, most, next?))),
    }
}

/// The lesser or the greater of two. The other one's bound does not matter
/// where it leads away: the lesser of 5 and "more than 10" is 5.
fn one_of(least: bool, a: Stated<f64>, b: Stated<f64>) -> Stated<f64> {
    let a_is_taken = (a.value <= b.value) == least;
    let away = if least { Hedge::MoreThan } else { Hedge::UpTo };
    let hedge = |taken: bool, hedge: Hedge| {
        if !taken && hedge == away {
            Hedge::Exact
        } else {
            hedge
        }
    };
    let hedges = [hedge(a_is_taken, a.hedge), hedge(!a_is_taken, b.hedge)];
    let value = if a_is_taken { a.value } else { b.value };
    together(value, hedge_of_sum(hedges), a, b)
}

/// A value of two parts with the statements and remarks of both, each once.
fn together(value: f64, hedge: Hedge, a: Stated<f64>, b: Stated<f64>) -> Stated<f64> {
    let mut inputs = a.inputs;
    for input in b.inputs {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let repeated = a.remark == b.remark;
    Stated {
        value,
        hedge,
        inputs,
        remark: joined(a.remark, b.remark.filter(|_| !repeated)),
    }
}

/// The hedge where more of the part makes less of the whole.
const fn turned(hedge: Hedge) -> Hedge {
    match hedge {
        Hedge::MoreThan => Hedge::UpTo,
        Hedge::UpTo => Hedge::MoreThan,
        Hedge::Exact | Hedge::About | Hedge::Planned => hedge,
    }
}

const fn turned_if(turns: bool, hedge: Hedge) -> Hedge {
    if turns { turned(hedge) } else { hedge }
}
