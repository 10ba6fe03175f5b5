//! What the user decides about statements: which counts, what is said of it,
//! what it settles, and that it goes with what it speaks of and comes back.

use gigawatch::analytics::conflicts::{Conflict, State, Topic};
use gigawatch::exchange::{book_file, starter};
use gigawatch::model::metric::Known;
use gigawatch::model::pin::{Choice, PinScope, Told};
use gigawatch::model::{
    Book, Change, Day, Figure, FigureId, Metric, Op, Pin, PinId, Record, RecordKey, RecordKind,
    Subject,
};
use uuid::Uuid;

use super::{TODAY, on};

fn decide(book: &mut Book, n: u128, made: &str, choice: Choice) -> PinId {
    let id = PinId(Uuid::from_u128(n));
    let pin = Pin {
        id,
        choice,
        made: made.parse::<Day>().unwrap(),
        note: "another perimeter".to_owned(),
    };
    book.apply(&Change::put("decide", Record::Pin(pin)))
        .unwrap();
    id
}

fn pick(figure: FigureId, scope: PinScope) -> Choice {
    Choice::Use { figure, scope }
}

fn about<'a>(list: &'a [Conflict], of: &str) -> &'a Conflict {
    let is = |topic: &Topic| match topic {
        Topic::Metric(metric) => metric.code() == of,
        Topic::Deal(_) => of == "deal",
        Topic::CoinPrice(_) => of == "coin price",
    };
    list.iter().find(|conflict| is(&conflict.topic)).unwrap()
}

fn state(book: &Book, day: &str, of: &str) -> State {
    about(&on(book, day).conflicts.list, of).state
}

fn figure_of(side: &gigawatch::analytics::conflicts::Side) -> FigureId {
    match side.basis.told() {
        Some(Told::Figure(id)) => id,
        other => panic!("{other:?} is no figure"),
    }
}

fn wulf(book: &Book) -> Subject {
    Subject::Company(book.company_by_symbol("WULF").unwrap().id)
}

/// The AI share of TeraWulf as the watchlist shows it, and its remark.
fn share(book: &Book, day: &str) -> (String, String) {
    let derived = on(book, day);
    let row = derived
        .watchlist
        .iter()
        .find(|row| row.symbol.as_deref() == Some("WULF"));
    let share = row.unwrap().ai_revenue_share.as_ref().unwrap();
    (
        format!("{:.3}", share.value),
        share.remark.clone().unwrap_or_default(),
    )
}

#[test]
fn a_picked_statement_counts_from_the_day_it_was_picked() {
    let mut book = starter::book().unwrap();
    let derived = on(&book, TODAY);
    let conflict = about(&derived.conflicts.list, "ai_revenue_share");
    let stated = figure_of(&conflict.one);
    assert_eq!(share(&book, TODAY).0, "0.618");
    let id = decide(&mut book, 1, "2026-07-01", pick(stated, PinScope::ItsTime));
    let (value, remark) = share(&book, TODAY);
    assert_eq!(value, "0.270");
    assert!(
        remark.ends_with("your choice of 2026-07-01: another perimeter"),
        "{remark}"
    );
    assert_eq!(state(&book, TODAY, "ai_revenue_share"), State::Picked(id));
    assert_eq!(on(&book, TODAY).conflicts.open(), 4);
    // The day before, nothing was decided.
    assert_eq!(share(&book, "2026-06-30").0, "0.618");
    assert_eq!(state(&book, "2026-06-30", "ai_revenue_share"), State::Open);
    // A later decision takes over.
    let computed = Choice::UseComputed {
        subject: wulf(&book),
        metric: Metric::Known(Known::AiRevenueShare),
    };
    let later = decide(&mut book, 2, "2026-08-01", computed);
    let (value, remark) = share(&book, TODAY);
    assert_eq!(value, "0.618");
    assert!(remark.contains("your choice of 2026-08-01"), "{remark}");
    assert_eq!(
        state(&book, TODAY, "ai_revenue_share"),
        State::Picked(later)
    );
    assert_eq!(share(&book, "2026-07-31").0, "0.270");
}

#[test]
fn a_pick_for_its_time_gives_way_to_what_is_newer_and_one_for_always_does_not() {
    let check = |scope, expected: &str| {
        let mut book = starter::book().unwrap();
        let wulf = wulf(&book);
        let total = |figure: &&Figure| {
            figure.subject == wulf && figure.metric == Metric::Known(Known::TotalDebt)
        };
        let old = book
            .figures()
            .filter(total)
            .find(|figure| figure.value == "5700000000".parse().unwrap());
        let old = old.unwrap().id;
        decide(&mut book, 1, "2026-06-10", pick(old, scope));
        let row = |day: &str| {
            let derived = on(&book, day);
            let row = derived
                .debt
                .companies
                .iter()
                .find(|row| row.symbol.as_deref() == Some("WULF"));
            row.unwrap().stated_usd.clone().unwrap()
        };
        assert!(row("2026-06-11").remark.unwrap().contains("your choice"));
        let now = row(TODAY);
        assert_eq!(now.value.to_string(), expected, "{scope:?}");
        let says_so = now.remark.unwrap().contains("your choice");
        assert_eq!(says_so, scope == PinScope::Always);
    };
    check(PinScope::Always, "5700000000");
    check(PinScope::ItsTime, "5236724224");
}

#[test]
fn a_plan_or_a_later_statement_never_counts_by_a_pick() {
    let mut book = starter::book().unwrap();
    let wulf = wulf(&book);
    let plan = book.figures().find(|figure| {
        figure.subject == wulf
            && figure.metric == Metric::Known(Known::AiRevenueShare)
            && figure.hedge == gigawatch::model::Hedge::Planned
    });
    let plan = plan.unwrap().id;
    let before = share(&book, TODAY);
    decide(&mut book, 1, "2026-07-01", pick(plan, PinScope::Always));
    assert_eq!(share(&book, TODAY), before);
    // Picked on a day on which it had not been stated.
    let mut book = starter::book().unwrap();
    let derived = on(&book, TODAY);
    let stated = figure_of(&about(&derived.conflicts.list, "ai_revenue_share").one);
    decide(&mut book, 2, "2026-01-01", pick(stated, PinScope::Always));
    assert_eq!(share(&book, "2026-06-04").0, "0.618");
    assert_eq!(share(&book, "2026-06-05").0, "0.270");
}

#[test]
fn both_may_stand() {
    let check = |of: &str| {
        let mut book = starter::book().unwrap();
        let derived = on(&book, TODAY);
        let conflict = about(&derived.conflicts.list, of);
        let told = (conflict.one.basis.told(), conflict.other.basis.told());
        let (one, other) = match told {
            (Some(one), other) => (one, other),
            (None, Some(one)) => (one, None),
            (None, None) => panic!("{of} has no statement"),
        };
        let id = decide(&mut book, 1, "2026-07-01", Choice::BothStand { one, other });
        let after = on(&book, TODAY);
        assert_eq!(about(&after.conflicts.list, of).state, State::Explained(id));
        assert_eq!(after.conflicts.open(), 4, "{of}");
        assert_eq!(after.conflicts.list.len(), 5, "{of}");
        assert_eq!(after.watchlist, derived.watchlist, "{of} changed a figure");
        assert_eq!(state(&book, "2026-06-30", of), State::Open);
    };
    for of in [
        "stated_backlog",
        "ai_revenue_share",
        "owned_share",
        "coin price",
        "deal",
    ] {
        check(of);
    }
}

/// The explanation holds for every statement of the same two values.
#[test]
fn an_explanation_holds_for_those_who_say_the_same() {
    let mut book = starter::book().unwrap();
    let derived = on(&book, TODAY);
    let sector = about(&derived.conflicts.list, "stated_backlog");
    let (one, also) = (sector.one.basis.told().unwrap(), sector.other.also[0]);
    let choice = Choice::BothStand {
        one,
        other: Some(Told::Figure(also)),
    };
    let id = decide(&mut book, 1, "2026-07-01", choice);
    assert_eq!(state(&book, TODAY, "stated_backlog"), State::Explained(id));
}

#[test]
fn a_decision_goes_with_what_it_speaks_of_and_comes_back_with_undo() {
    let mut book = starter::book().unwrap();
    let derived = on(&book, TODAY);
    let stated = figure_of(&about(&derived.conflicts.list, "ai_revenue_share").one);
    let id = decide(&mut book, 1, "2026-07-01", pick(stated, PinScope::Always));
    let with = book.clone();
    let figure = RecordKey::new(RecordKind::Figure, stated.0);
    book.apply(&Change::new("delete", vec![Op::Delete(figure)]))
        .unwrap_err();
    assert_eq!(book, with);
    let ops = book.delete_with_dependants(figure);
    let undo = book.apply(&Change::new("delete", ops)).unwrap();
    assert!(book.pin(id).is_none());
    book.apply(&undo).unwrap();
    assert_eq!(book, with);
    // A decision on what is computed goes with the company.
    let metric = Metric::Known(Known::AiRevenueShare);
    let subject = wulf(&book);
    let id = decide(
        &mut book,
        2,
        "2026-07-01",
        Choice::UseComputed { subject, metric },
    );
    let company = RecordKey::new(RecordKind::Company, subject.company().unwrap().0);
    let ops = book.delete_with_dependants(company);
    assert!(ops.contains(&Op::Delete(RecordKey::new(RecordKind::Pin, id.0))));
    // The book file carries both.
    let text = book_file::write(&book).unwrap();
    let records = book_file::read(text.as_bytes()).unwrap();
    let mut copy = Book::default();
    copy.apply(&Change::new(
        "read",
        records.into_iter().map(Op::put).collect(),
    ))
    .unwrap();
    assert_eq!(copy, book);
}
