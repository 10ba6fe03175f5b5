//! "How this is computed": formula, terms, statements, switches.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use gigawatch::analytics::measure::Measure;
use gigawatch::ui::Action;

use super::{act, click, company, has, open, press};

#[test]
fn a_ratio_tells_its_formula_its_terms_and_their_statements() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let id = company(&harness, "WULF");
    act(&mut harness, Action::Explain(id, Measure::BacklogToDebt));
    for text in [
        "How this is computed",
        "Backlog ÷ debt · TeraWulf",
        "Backlog ÷ debt: ",
        "base terms, owned share",
        "old, ",
    ] {
        assert!(has(&harness, text), "{text}");
    }
    // A term that is a measure opens, and one comes back.
    let debts = harness.get_all_by_role_and_label(egui::Role::Link, "Debt");
    debts.last().unwrap().click();
    harness.run();
    harness.run();
    assert!(has(&harness, "Debt · TeraWulf"));
    assert!(has(&harness, Measure::Debt.formula()));
    click(&mut harness, "Back to Backlog ÷ debt");
    assert!(has(&harness, "Backlog ÷ debt · TeraWulf"));
    press(&mut harness, Key::Escape);
    harness.run();
    assert!(!has(&harness, "How this is computed"));
}

#[test]
fn a_statement_is_opened_for_editing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let id = company(&harness, "WULF");
    act(&mut harness, Action::Explain(id, Measure::Debt));
    harness.get_by_label_contains("Edit Total debt").click();
    harness.run_steps(12);
    let ui = &harness.state().window().unwrap().ui;
    assert!(ui.dialog.is_none());
    assert!(ui.form.is_some());
}

#[test]
fn every_measure_of_every_company_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    for measure in Measure::ALL {
        for symbol in ["WULF", "BTDR"] {
            let id = company(&harness, symbol);
            act(&mut harness, Action::Explain(id, *measure));
            assert!(has(&harness, measure.formula()), "{measure:?} of {symbol}");
            act(&mut harness, Action::CloseDialog);
        }
    }
}

#[test]
fn a_deal_is_shown_with_what_it_adds_to_the_sum() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let id = company(&harness, "WULF");
    act(&mut harness, Action::Explain(id, Measure::Backlog));
    // 9.5 bn is all of the joint venture.
    assert!(has(&harness, "Abernathy, Texas (joint venture) 4.76 bn"));
    assert!(has(&harness, "50.1 % owned"));
    act(&mut harness, Action::CloseDialog);
    act(&mut harness, Action::Explain(id, Measure::ContractedMw));
    assert!(has(&harness, "Abernathy, Texas (joint venture) 84.2 MW"));
}

#[test]
fn what_the_terms_say_is_not_said_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let id = company(&harness, "WULF");
    act(&mut harness, Action::Explain(id, Measure::EvPerMw));
    let texts = crate::overlap::texts(&harness.output().shapes);
    let said = texts
        .iter()
        .filter(|text| format!("{text:?}").contains("no preferred"));
    assert_eq!(said.count(), 1);
}
