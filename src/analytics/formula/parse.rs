//! Reads a formula: the tree, and the unit of every part as it is read, so that
//! unlike units are pointed to where they stand. How deep it goes is bounded:
//! no text can exhaust the stack.

use std::ops::Range;

use super::LONGEST;
use super::error::{Fault, FormulaError};
use super::expr::{Expr, Function, Operator};
use super::names;
use super::token::{Placed, Token, tokens};
use super::unit::Unit;

/// Brackets and signs within one another at most.
const DEEPEST: usize = 40;

const VALUE: &str = "a number, a column or (";
const OPERATOR: &str = "+ - * / or the end";

/// The tree of a formula, whatever its units.
///
/// # Errors
/// Says what is wrong, where, and what was expected there.
pub fn expression(text: &str) -> Result<Expr, FormulaError> {
    read(text).map(|(node, _)| node.expr)
}

/// The tree of a formula and the unit of its value.
pub(super) fn typed(text: &str) -> Result<(Expr, Unit), FormulaError> {
    let (node, unlike) = read(text)?;
    match (unlike, node.unit) {
        (Some(error), _) => Err(error),
        (None, unit) => Ok((node.expr, unit.unwrap_or(Unit::NUMBER))),
    }
}

fn read(text: &str) -> Result<(Node, Option<FormulaError>), FormulaError> {
    let wrong = |fault| {
        Err(FormulaError {
            at: 0..text.len(),
            fault,
        })
    };
    if text.chars().nth(LONGEST).is_some() {
        return wrong(Fault::TooLong);
    }
    if text.trim().is_empty() {
        return wrong(Fault::Empty);
    }
    let mut parser = Parser {
        tokens: tokens(text)?.into_iter().peekable(),
        end: text.trim_end().len(),
        text,
        depth: 0,
        unlike: None,
    };
    let node = parser.sum()?;
    match parser.tokens.next() {
        None => Ok((node, parser.unlike)),
        Some((_, at)) => Err(parser.unexpected(at, OPERATOR)),
    }
}

/// A part that was read, its unit and where it stands.
struct Node {
    expr: Expr,
    /// None after parts whose units are unlike.
    unit: Option<Unit>,
    at: Range<usize>,
}

struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    text: &'a str,
    end: usize,
    depth: usize,
    /// The first two parts whose units are unlike.
    unlike: Option<FormulaError>,
}

impl Parser<'_> {
    /// product { (+|-) product }
    fn sum(&mut self) -> Result<Node, FormulaError> {
        let mut node = self.product()?;
        while let Some(operator) = self.operator(false) {
            let right = self.product()?;
            node = self.binary(operator, node, right);
        }
        Ok(node)
    }

    /// value { (*|/) value }
    fn product(&mut self) -> Result<Node, FormulaError> {
        let mut node = self.signed()?;
        while let Some(operator) = self.operator(true) {
            let right = self.signed()?;
            node = self.binary(operator, node, right);
        }
        Ok(node)
    }

    /// A value with any number of minus signs before it. Everything that goes
    /// deeper comes through here.
    fn signed(&mut self) -> Result<Node, FormulaError> {
        let Some((token, at)) = self.tokens.next() else {
            return Err(self.ends(VALUE));
        };
        if self.depth == DEEPEST {
            let fault = Fault::Deep(DEEPEST);
            return Err(FormulaError { at, fault });
        }
        self.depth += 1;
        let node = match token {
            Token::Operator(Operator::Subtract) => {
                let inner = self.signed()?;
                Node {
                    at: at.start..inner.at.end,
                    unit: inner.unit,
                    expr: Expr::Negative(Box::new(inner.expr)),
                }
            }
            Token::Number(number) => Node {
                expr: Expr::Number(number),
                unit: Some(Unit::NUMBER),
                at,
            },
            Token::Name(name) => self.named(&name, at)?,
            Token::Open => {
                let inner = self.sum()?;
                let end = self.close(") or an operator")?;
                Node {
                    at: at.start..end,
                    ..inner
                }
            }
            Token::Operator(_) | Token::Close | Token::Comma => {
                return Err(self.unexpected(at, VALUE));
            }
        };
        self.depth -= 1;
        Ok(node)
    }

    fn named(&mut self, name: &str, at: Range<usize>) -> Result<Node, FormulaError> {
        if let Some(function) = Function::from_code(name) {
            return self.call(function, at);
        }
        let Some(measure) = names::measure(name) else {
            let fault = Fault::Name {
                name: self.quoted(&at),
                near: names::near(name),
            };
            return Err(FormulaError { at, fault });
        };
        Ok(Node {
            expr: Expr::Measure(measure),
            unit: Some(Unit::of(measure.unit())),
            at,
        })
    }

    fn call(&mut self, function: Function, at: Range<usize>) -> Result<Node, FormulaError> {
        if self.tokens.next_if(|(t, _)| *t == Token::Open).is_none() {
            let fault = Fault::Bare(function);
            return Err(FormulaError { at, fault });
        }
        let mut nodes = Vec::new();
        if !matches!(self.tokens.peek(), Some((Token::Close, _))) {
            nodes.push(self.sum()?);
            while self.tokens.next_if(|(t, _)| *t == Token::Comma).is_some() {
                nodes.push(self.sum()?);
            }
        }
        let end = self.close(", or )")?;
        let fits = match function {
            Function::Min | Function::Max => nodes.len() >= 2,
            Function::Abs => nodes.len() == 1,
        };
        let at = at.start..end;
        if !fits {
            let have = nodes.len();
            let fault = Fault::Arguments { function, have };
            return Err(FormulaError { at, fault });
        }
        let mut values = Vec::with_capacity(nodes.len());
        let mut unit = nodes.first().and_then(|node| node.unit);
        for node in nodes {
            let both = unit.zip(node.unit);
            unit = both.and_then(|(so_far, next)| {
                let either = so_far.either(next);
                if either.is_none() {
                    self.note_unlike(None, so_far, next, node.at);
                }
                either
            });
            values.push(node.expr);
        }
        Ok(Node {
            expr: Expr::Call(function, values),
            unit,
            at,
        })
    }

    fn binary(&mut self, operator: Operator, left: Node, right: Node) -> Node {
        let at = left.at.start..right.at.end;
        let unit = left.unit.zip(right.unit).and_then(|(a, b)| {
            let unit = match operator {
                Operator::Add => a.plus(b),
                Operator::Subtract => a.minus(b),
                Operator::Multiply => Some(a.times(b)),
                Operator::Divide => Some(a.over(b)),
            };
            if unit.is_none() {
                self.note_unlike(Some(operator), a, b, at.clone());
            }
            unit
        });
        Node {
            expr: Expr::Binary(operator, Box::new(left.expr), Box::new(right.expr)),
            unit,
            at,
        }
    }

    fn note_unlike(&mut self, operator: Option<Operator>, a: Unit, b: Unit, at: Range<usize>) {
        self.unlike.get_or_insert_with(|| FormulaError {
            at,
            fault: Fault::Units {
                operator,
                left: a.name(),
                right: b.name(),
            },
        });
    }

    /// The next operator if it binds as tightly as asked for.
    fn operator(&mut self, tightly: bool) -> Option<Operator> {
        let next = self.tokens.peek();
        let Some((Token::Operator(operator), _)) = next else {
            return None;
        };
        let operator = *operator;
        if operator.binds_tightly() != tightly {
            return None;
        }
        self.tokens.next();
        Some(operator)
    }

    /// Takes the closing bracket and says where it ends.
    fn close(&mut self, expected: &'static str) -> Result<usize, FormulaError> {
        match self.tokens.next() {
            Some((Token::Close, at)) => Ok(at.end),
            Some((_, at)) => Err(self.unexpected(at, expected)),
            None => Err(self.ends(expected)),
        }
    }

    fn quoted(&self, at: &Range<usize>) -> String {
        self.text.get(at.clone()).unwrap_or_default().to_owned()
    }

    fn unexpected(&self, at: Range<usize>, expected: &'static str) -> FormulaError {
        let found = self.quoted(&at);
        let fault = Fault::Unexpected { found, expected };
        FormulaError { at, fault }
    }

    const fn ends(&self, expected: &'static str) -> FormulaError {
        FormulaError {
            at: self.end..self.end,
            fault: Fault::Ends(expected),
        }
    }
}
