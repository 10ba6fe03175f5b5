//! Formulas: how they are read, what they give, in which unit, and how errors
//! are explained. The value is checked against a plain evaluation.

use gigawatch::analytics::formula::{
    Expr, Formula, FormulaError, Function, Operator, alias, eval, expression,
};
use gigawatch::analytics::measure::Measure;
use gigawatch::analytics::{Answer, Input, Missing, Stated};
use gigawatch::model::{Day, Hedge};
use proptest::prelude::*;

/// A value for every measure: some known, some not, some zero, some below.
fn value_of(measure: Measure) -> Answer<f64> {
    let place = Measure::ALL.iter().position(|one| *one == measure).unwrap();
    let input = Input::Close {
        symbol: measure.code().to_owned(),
        day: Day::constant(2026, 10, 9),
    };
    match place % 5 {
        3 => Err(Missing::because("nothing is stated")),
        4 => Ok(Stated::exact(0.0, vec![input])),
        2 => Ok(Stated::exact(-(place as f64) * 1.5, vec![input])),
        _ => Ok(Stated::exact(place as f64 + 0.25, vec![input])),
    }
}

fn error(text: &str) -> FormulaError {
    Formula::read(text).unwrap_err()
}

fn wrong(text: &str, place: std::ops::Range<usize>, says: &str) {
    let error = error(text);
    let found = (error.at.clone(), error.to_string());
    assert_eq!(found, (place, says.to_owned()), "{text}");
}

#[test]
fn errors_say_where_and_what_was_expected() {
    wrong("", 0..0, "Type a formula such as backlog / ev");
    wrong(
        "backlo / ev",
        0..6,
        "“backlo” is no column; did you mean “backlog”?",
    );
    wrong(
        "debt / Bakclog",
        7..14,
        "“Bakclog” is no column; did you mean “backlog”?",
    );
    wrong("debt / zebra", 7..12, "“zebra” is no column");
    wrong("ev + mw", 0..7, "Cannot add USD and MW");
    wrong("2 * (ev - btc_held)", 5..18, "Cannot take BTC from USD");
    wrong("max(ev, mw)", 8..10, "Cannot compare USD with MW");
    wrong(
        "debt /",
        6..6,
        "The formula ends where a number, a column or ( is expected",
    );
    wrong(
        "debt / )",
        7..8,
        "“)” stands where a number, a column or ( is expected",
    );
    wrong(
        "debt ev",
        5..7,
        "“ev” stands where + - * / or the end is expected",
    );
    wrong(
        "(debt",
        5..5,
        "The formula ends where ) or an operator is expected",
    );
    wrong(
        "debt $ ev",
        5..6,
        "“$” is not understood: write numbers, columns, + - * / and brackets",
    );
}

#[test]
fn numbers_functions_and_lengths_have_their_own_errors() {
    wrong(
        "1.2.3",
        0..5,
        "“1.2.3” is no number: write it such as 1.5 or 2e9",
    );
    wrong(
        "1e999",
        0..5,
        "“1e999” is no number: write it such as 1.5 or 2e9",
    );
    wrong(
        "max / 2",
        0..3,
        "max is a function: write max(backlog, debt)",
    );
    wrong(
        "max(ev)",
        0..7,
        "max takes two values or more, not 1: write max(backlog, debt)",
    );
    wrong(
        "abs(ev, debt)",
        0..13,
        "abs takes one value, not 2: write abs(ytd)",
    );
    wrong(
        "min()",
        0..5,
        "min takes two values or more, not 0: write min(backlog, debt)",
    );
    wrong(
        "🦀 / ev",
        0..4,
        "“🦀” is not understood: write numbers, columns, + - * / and brackets",
    );
    let deep = "(".repeat(400);
    assert_eq!(
        error(&deep).to_string(),
        "Brackets and signs stand more than 40 deep"
    );
    let long = "1+".repeat(100_000);
    assert_eq!(
        error(&long).to_string(),
        "A formula has at most 500 characters"
    );
}

#[test]
fn the_unit_follows_from_the_parts() {
    let check = |text: &str, unit: &str| {
        assert_eq!(Formula::read(text).unwrap().unit().name(), unit, "{text}");
    };
    check("backlog / ev", "×");
    check("ev / mw", "USD/MW");
    check("ev_usd / contracted_mw / 1000000", "USD/MW");
    check("ev_per_mw * mw", "USD");
    check("ev / shares", "USD a share");
    check("price", "price a share");
    check("close * shares", "share currency");
    check("mw / ev", "MW/USD");
    check("1 / ev", "1/USD");
    check("ev * ev / mw", "USD^2/MW");
    check("ev + 1000000000", "USD");
    check("1 - ai_revenue_share", "% of a whole");
    check("delivered_share - ai_revenue_share", "points");
    check("return_ytd - return_1d", "points");
    check("1 + ytd", "×");
    check("ytd * 2", "% of change");
    check("hhi_obligor / 100", "index points");
    check("max(backlog, debt, 0)", "USD");
    check("-abs(debt - cash)", "USD");
    check("2 + 3", "a plain number");
}

#[test]
fn order_and_names_are_as_usual() {
    let none = |_: Measure| -> Answer<f64> { Err(Missing::because("not asked for")) };
    let check = |text: &str, value: f64| {
        let found = eval(&expression(text).unwrap(), &none).unwrap();
        assert_eq!(found.value, value, "{text}");
    };
    check("1 + 2 * 3", 7.0);
    check("(1 + 2) * 3", 9.0);
    check("8 / 4 / 2", 1.0);
    check("8 - 4 - 2", 2.0);
    check("-2 * -3", 6.0);
    check("--2", 2.0);
    check("2 − 3 × 4 ÷ 2", -4.0);
    check("min(3, 1, 2) + max(1, 5) + abs(-4)", 10.0);
    check("2e-3 * .5", 0.001);
    let same = |a: &str, b: &str| assert_eq!(expression(a), expression(b), "{a} {b}");
    same("BACKLOG / Ev", "backlog_usd/ev_usd");
    same("mw", "contracted_mw");
    for measure in Measure::ALL {
        same(alias(*measure), measure.code());
    }
}

/// The values of a few measures; the others are missing.
fn among(known: &[(Measure, f64, Hedge)], measure: Measure) -> Answer<f64> {
    let found = known.iter().find(|(one, ..)| *one == measure);
    let stated = found.map(|(_, value, hedge)| Stated::exact(*value, Vec::new()).hedged(*hedge));
    stated.ok_or_else(|| Missing::because("no diluted share count is stated"))
}

#[test]
fn a_bound_stays_a_bound_and_turns_below_a_line() {
    let known = [
        (Measure::Backlog, 10.0, Hedge::MoreThan),
        (Measure::Debt, 4.0, Hedge::Exact),
        (Measure::Ev, 5.0, Hedge::About),
        (Measure::Cash, -2.0, Hedge::Exact),
    ];
    let more = |measure: Measure| among(&known, measure);
    let check = |text: &str, hedge: Hedge| {
        let found = eval(&expression(text).unwrap(), &more).unwrap();
        assert_eq!(found.hedge, hedge, "{text}");
    };
    check("backlog / debt", Hedge::MoreThan);
    check("debt / backlog", Hedge::UpTo);
    check("debt - backlog", Hedge::UpTo);
    check("-backlog", Hedge::UpTo);
    check("backlog * cash", Hedge::UpTo);
    check("cash / backlog", Hedge::MoreThan);
    check("backlog / ev", Hedge::About);
    check("min(backlog, debt)", Hedge::Exact);
    check("max(backlog, debt)", Hedge::MoreThan);
    check("abs(-backlog)", Hedge::About);
    check("debt * 2", Hedge::Exact);
}

#[test]
fn what_is_missing_is_named() {
    let known = [
        (Measure::Backlog, 10.0, Hedge::Exact),
        (Measure::Debt, 0.0, Hedge::Exact),
    ];
    let some = |measure: Measure| among(&known, measure);
    let check = |text: &str, why: &str| {
        let found = eval(&expression(text).unwrap(), &some);
        assert_eq!(found.unwrap_err().0, why, "{text}");
    };
    check(
        "backlog / ev",
        "ev is not known: no diluted share count is stated",
    );
    check("backlog / debt", "it would divide by zero: debt is 0");
    check("1 / (debt - 0)", "it would divide by zero: debt - 0 is 0");
    check("1e300 * 1e300", "1e300 * 1e300 is beyond all numbers");
}

#[test]
fn the_statements_of_all_parts_are_named_once() {
    let found = eval(
        &expression("(close + close) / (return_1d + 2)").unwrap(),
        &value_of,
    );
    let close = |measure: Measure| value_of(measure).unwrap().inputs;
    let expected = [close(Measure::Close), close(Measure::Return1d)].concat();
    assert_eq!(found.unwrap().inputs, expected);
}

/// The value by school arithmetic: none if anything is missing.
fn plain(expr: &Expr) -> Option<f64> {
    let value = match expr {
        Expr::Number(number) => *number,
        Expr::Measure(measure) => value_of(*measure).ok()?.value,
        Expr::Negative(inner) => -plain(inner)?,
        Expr::Binary(operator, left, right) => {
            let (a, b) = (plain(left)?, plain(right)?);
            match operator {
                Operator::Add => a + b,
                Operator::Subtract => a - b,
                Operator::Multiply => a * b,
                Operator::Divide if b == 0.0 => return None,
                Operator::Divide => a / b,
            }
        }
        Expr::Call(function, values) => {
            let values: Option<Vec<_>> = values.iter().map(plain).collect();
            let mut values = values?.into_iter();
            let first = values.next()?;
            match function {
                Function::Abs => first.abs(),
                Function::Min => values.fold(first, f64::min),
                Function::Max => values.fold(first, f64::max),
            }
        }
    };
    value.is_finite().then_some(value)
}

fn trees() -> impl Strategy<Value = Expr> {
    let number = prop_oneof![
        (0.0..1e6_f64).prop_map(Expr::Number),
        Just(Expr::Number(0.0)),
        Just(Expr::Number(1e300)),
    ];
    let measure = prop::sample::select(Measure::ALL).prop_map(Expr::Measure);
    prop_oneof![number, measure].prop_recursive(4, 16, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        let operator = prop::sample::select(Operator::ALL);
        prop_oneof![
            inner.clone().prop_map(|one| Expr::Negative(Box::new(one))),
            inner
                .clone()
                .prop_map(|one| Expr::Call(Function::Abs, vec![one])),
            (operator, two).prop_map(|(operator, (a, b))| {
                Expr::Binary(operator, Box::new(a), Box::new(b))
            }),
            (
                prop::sample::select(&[Function::Min, Function::Max][..]),
                prop::collection::vec(inner, 2..4),
            )
                .prop_map(|(function, values)| Expr::Call(function, values)),
        ]
    })
}

/// Pieces of formulas in any order, more telling than letters at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "(", ")", "+", "-", "*", "/", ",", " ", "backlog", "ev", "mw", "max", "abs", "1.5",
            "2e", "9", "−", "é", "🦀", "_",
        ][..],
    );
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![any::<String>(), pieces()]) {
        if let Err(error) = Formula::read(&text) {
            prop_assert!(text.get(error.at.clone()).is_some(), "{:?} in {text:?}", error.at);
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn a_printed_tree_reads_back_as_itself(tree in trees()) {
        let text = tree.to_string();
        prop_assume!(text.chars().count() <= gigawatch::analytics::formula::LONGEST);
        prop_assert_eq!(expression(&text), Ok(tree), "{}", text);
    }

    #[test]
    fn values_are_those_of_school_arithmetic(tree in trees()) {
        let found = eval(&tree, &value_of).ok().map(|stated| stated.value);
        prop_assert_eq!(found, plain(&tree), "{}", tree);
    }
}
