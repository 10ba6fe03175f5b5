//! Random lines of drafts, the phases of deals and the repayments of debts: no
//! text makes one panic, nor what follows from it, and an error names its line.

use gigawatch::analytics::doubts;
use gigawatch::analytics::grain::Grain;
use gigawatch::analytics::schedule::RentSchedule;
use gigawatch::analytics::switches::Switches;
use gigawatch::model::draft::{
    DealDraft, DebtDraft, Draft, DraftCx, PhaseDraft, RepaymentDraft, RowDraft,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::drafts::{TODAY, book, ids};

const LIKELY: [&str; 16] = [
    "hut",
    "9.8b",
    "79228162514264337593543950335",
    "0.0000000001",
    "5m EUR",
    "352 MW",
    "15y",
    "1 month",
    "Q3 2027",
    "2026",
    "15 Nov 2028",
    "9999",
    "12 %",
    "100 %",
    "SOFR + 3 %",
    "",
];

fn line_of<R: RowDraft + Default>(texts: &[String]) -> R {
    let mut row = R::default();
    for (field, text) in row.fields().iter().zip(texts.iter().cycle()) {
        text.clone_into(row.text_mut(field.name).unwrap());
    }
    row
}

/// What stands against a line names it, and what follows from lines that are
/// half understood is computed without a panic.
fn exercise_lines(whole: &[String], texts: &[String]) {
    let book = book();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    let mut deal = DealDraft {
        phases: texts.chunks(6).map(line_of::<PhaseDraft>).collect(),
        ..DealDraft::new(TODAY)
    };
    let mut debt = DebtDraft {
        schedule: texts.chunks(2).map(line_of::<RepaymentDraft>).collect(),
        ..DebtDraft::default()
    };
    let drafts: [&mut dyn Draft; 2] = [&mut deal, &mut debt];
    for draft in drafts {
        for (field, text) in draft.fields().iter().zip(whole.iter().cycle()) {
            text.clone_into(draft.text_mut(field).unwrap());
        }
        let rows = draft.rows().len();
        let errors = draft.build(&cx, &mut ids()).err().unwrap_or_default();
        for error in errors.iter().filter(|error| error.row.is_some()) {
            let place = error.row.unwrap();
            assert!(place < rows);
            let label = draft.rows()[place].label(place, error.field);
            assert!(
                error.text.starts_with(&format!("{label}: ")),
                "{}",
                error.text
            );
        }
    }
    let so_far = deal.so_far(&cx).expect("a day of the calendar");
    doubts::of_deal(&so_far);
    if let Ok(schedule) = RentSchedule::of(&so_far, TODAY, Switches::default()) {
        schedule.rents(Grain::Year);
    }
    let so_far = debt.so_far(&cx);
    doubts::of_debt(&so_far);
    so_far.repayments();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_lines_are_read_or_refused(
        whole in vec(any::<String>(), 1..9),
        texts in vec(any::<String>(), 0..13),
    ) {
        exercise_lines(&whole, &texts);
    }

    #[test]
    fn likely_lines_are_read_or_refused(
        whole in vec(select(LIKELY.to_vec()).prop_map(str::to_owned), 1..24),
        texts in vec(select(LIKELY.to_vec()).prop_map(str::to_owned), 0..13),
    ) {
        exercise_lines(&whole, &texts);
    }
}
