//! The Sector page: on the starter book in the real window, and on hand-made
//! figures for what it does with them. Frames are drawn by hand there, so that
//! every figure is known.

mod desk;

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::measure::Measure;
use gigawatch::model::{RecordKey, RecordKind};
use gigawatch::ui::Action;
use gigawatch::ui::chart::place_labels::{Dot, place_labels};
use proptest::prelude::*;

use crate::flows::open_sized;
use crate::overlap::{overlaps, texts};
use crate::pages_window::plain;
use desk::{Desk, company_id, figure_id};

fn open(desk: Desk) -> Harness<'static, Desk> {
    desk.open(1440.0, 3000.0)
}

fn labels(harness: &Harness<'_, Desk>, role: Role) -> Vec<String> {
    let nodes = harness.query_all_by_role(role);
    let labels = nodes.filter_map(|node| node.accesskit_node().label());
    labels.map(|label| plain(&label)).collect()
}

fn click(harness: &mut Harness<'_, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

/// Chooses a measure in the box of that name.
fn choose(harness: &mut Harness<'_, Desk>, name: &str, measure: &str) {
    let combo = harness.get_by(|node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::ComboBox && label.starts_with(name)
    });
    combo.click();
    harness.run();
    // The end of the list may lie below the open box.
    option(harness, measure).scroll_to_me();
    harness.run();
    option(harness, measure).click();
    harness.run();
}

/// The entry of a measure in the open box.
fn option<'a>(harness: &'a Harness<'_, Desk>, measure: &'a str) -> egui_kittest::Node<'a> {
    harness
        .get_by(move |node| node.role() == Role::Button && node.label().as_deref() == Some(measure))
}

fn league(harness: &Harness<'_, Desk>, place: usize) -> Vec<String> {
    let leagues = harness.state().state.sector.leagues();
    let text = plain(&leagues[place].to_text());
    text.lines().map(str::to_owned).collect()
}

fn left_out(harness: &Harness<'_, Desk>) -> Vec<String> {
    let cloud = harness.state().state.sector.cloud().unwrap();
    cloud.left_out.iter().map(|line| plain(line)).collect()
}

fn bubbles(harness: &Harness<'_, Desk>) -> Vec<String> {
    let cloud = harness.state().state.sector.cloud().unwrap();
    let bubbles = cloud.input.bubbles.iter();
    bubbles.map(|bubble| plain(&bubble.words)).collect()
}

#[test]
fn stated_totals_stand_beside_what_is_tracked_and_open_their_form() {
    let mut harness = open(Desk::three());
    let totals = &harness.state().state.sector.basics().totals;
    let words: Vec<_> = totals.iter().map(|total| plain(&total.words)).collect();
    let one = "Contracts: tracked 46.8 bn of > 70 bn (67 %)".to_owned();
    let other = "Contracts: tracked 46.8 bn of 90 bn (52 %)".to_owned();
    let gone = "BTC sold: tracked — of 32,000 BTC (—)".to_owned();
    assert_eq!(words, [one, other, gone]);
    assert_eq!(totals[2].remark.as_deref(), Some("no sale is entered"));
    let shown: Vec<_> = totals.iter().map(|total| plain(&total.text)).collect();
    assert_eq!(shown, ["46.8 bn of > 70 bn", "of 90 bn", "— of 32,000 BTC"]);
    assert!(plain(&totals[0].spoken).contains("1 Jun 2026"));
    let words = totals[0].words.clone();
    click(&mut harness, &words);
    let key = RecordKey::new(RecordKind::Figure, figure_id(1).0);
    assert_eq!(harness.state().taken(), [Action::Edit(key)]);
}

#[test]
fn more_tracked_than_stated_goes_beyond_the_mark() {
    let mut desk = Desk::three();
    let fraction = &mut desk.derived.sector.coverage[0].stated[0].fraction;
    fraction.as_mut().unwrap().value = "1.25".parse().unwrap();
    let harness = open(desk);
    let totals = &harness.state().state.sector.basics().totals;
    assert_eq!(plain(&totals[0].percent), "125 %");
    assert_eq!(totals[0].mark, Some(0.8));
    let length: f32 = totals[0].parts.iter().map(|(_, length, _)| length).sum();
    assert!((length - 1.0).abs() < 1e-4, "{length}");
    assert_eq!(totals[1].mark, Some(1.0));
    assert_eq!(totals[2].mark, None);
}

#[test]
fn splits_funnel_coins_and_names_say_their_figures() {
    let harness = open(Desk::three());
    let basics = harness.state().state.sector.basics();
    let rows = |rows: &[gigawatch::ui::widget::BarRow]| {
        let words = rows.iter().map(|row| plain(&row.words));
        words.collect::<Vec<_>>()
    };
    assert_eq!(
        rows(&basics.classes.rows),
        [
            "Neocloud: 30 bn, 64 %, 4 deals",
            "Hyperscaler: 16.8 bn, 36 %, 1 deal"
        ]
    );
    let whole: f32 = basics.classes.lengths.iter().sum();
    assert!((whole - 1.0).abs() < 1e-4, "{whole}");
    assert_eq!(
        rows(&basics.signatories.rows),
        [
            "CoreWeave: 30 bn, 64 %, 4 deals",
            "Microsoft: 16.8 bn, 36 %, 1 deal"
        ]
    );
    assert_eq!(plain(&basics.signatories.index), "HHI 5,385 of 10,000");
    assert!(basics.obligors.rows.is_empty());
    let funnel: Vec<_> = basics
        .funnel
        .iter()
        .flat_map(|stage| &stage.sides)
        .collect();
    let words: Vec<_> = funnel.iter().map(|side| plain(&side.words)).collect();
    assert!(
        words.contains(&"Planned, gross: > 9,000 MW".to_owned()),
        "{words:?}"
    );
    assert!(words.contains(&"Billing, critical IT: 450 MW".to_owned()));
    assert!(words.contains(&"Approved, gross: —".to_owned()));
    let coins: Vec<_> = basics
        .coins
        .rows
        .iter()
        .map(|(_, row)| plain(&row.words))
        .collect();
    assert_eq!(
        coins,
        [
            "CCC, BTC off peak 20,000 BTC",
            "AAA, BTC off peak 5,000 BTC"
        ]
    );
    // All of it is told to screen readers, too.
    for words in funnel.iter().map(|side| &side.words) {
        harness.get_by_label(words);
    }
    harness.get_by_label(&basics.coins.rows[0].1.words);
}

#[test]
fn axes_are_chosen_by_name_and_kept() {
    let mut harness = open(Desk::three());
    // Two of three companies have an enterprise value.
    let three = "Scatter of 2 companies: Backlog, USD over EV, USD";
    harness.get_by_label(three);
    choose(&mut harness, "Across", "Debt");
    harness.get_by_label("Scatter of 3 companies: Backlog, USD over Debt, USD");
    choose(&mut harness, "Upwards", "AI revenue share");
    choose(&mut harness, "Size", "No size");
    let axes = &harness.state().settings.sector_axes;
    let codes = (axes.x.as_str(), axes.y.as_str(), axes.size.as_str());
    assert_eq!(codes, ("debt_usd", "ai_revenue_share", ""));
    assert!(
        left_out(&harness)
            .iter()
            .all(|line| !line.starts_with("As a ring"))
    );
}

#[test]
fn a_bubble_tells_its_values_is_selected_and_opened() {
    let mut harness = open(Desk::three());
    assert_eq!(
        bubbles(&harness),
        [
            "AAA, EV 10 bn, Backlog 30 bn, Contracted MW 900 MW",
            "BBB, EV ≈ 4 bn, Backlog 16.8 bn, Contracted MW —"
        ]
    );
    let left_out = left_out(&harness);
    assert_eq!(left_out[0], "Without CCC: no shares are stated");
    assert!(
        left_out[1].starts_with("As a ring, without a size, BBB: "),
        "{left_out:?}"
    );
    let words = harness.state().state.sector.cloud().unwrap().input.bubbles[0]
        .words
        .clone();
    click(&mut harness, &words);
    assert_eq!(harness.state().taken(), [Action::Select(company_id(1))]);
    assert_eq!(harness.state().state.selected, Some(company_id(1)));
    let at = harness.get_by_label(&words).rect().center();
    desk::double_click(&mut harness, at);
    let opened = Action::OpenCompany(company_id(1));
    assert!(harness.state().taken().contains(&opened));
}

#[test]
fn a_logarithmic_axis_leaves_out_what_is_not_above_zero_and_says_so() {
    let mut harness = open(Desk::three());
    choose(&mut harness, "Across", "Debt");
    assert_eq!(bubbles(&harness).len(), 3);
    click(&mut harness, "Logarithmic across");
    assert!(harness.state().settings.sector_axes.x_log);
    assert_eq!(bubbles(&harness).len(), 2);
    assert!(
        left_out(&harness).contains(&"Without CCC: Debt is 0, not above zero".to_owned()),
        "{:?}",
        left_out(&harness)
    );
    click(&mut harness, "Logarithmic across");
    assert_eq!(bubbles(&harness).len(), 3);
}

#[test]
fn leagues_rank_the_largest_first_and_the_unknown_last() {
    let mut harness = open(Desk::three());
    assert_eq!(
        league(&harness, 0),
        [
            "Rank | Company | Backlog",
            "1 | AAA | 30 bn",
            "2 | BBB | 16.8 bn",
            "3 | CCC | 0"
        ]
    );
    choose(&mut harness, "League 1", "EV");
    assert_eq!(
        league(&harness, 0),
        [
            "Rank | Company | EV",
            "1 | AAA | 10 bn",
            "2 | BBB | ≈ 4 bn",
            " | CCC | —"
        ]
    );
    let ev = &harness.state().state.sector.leagues()[0];
    assert_eq!(ev.rows[2].missing.as_deref(), Some("no shares are stated"));
    assert!(ev.rows[2].row.dim && ev.rows[2].row.bar.is_none());
    assert_eq!(harness.state().settings.sector_leagues[0], "ev_usd");

    let row = ev.rows[1].row.words.clone();
    click(&mut harness, &row);
    assert_eq!(harness.state().taken(), [Action::Select(company_id(2))]);
    click(&mut harness, "How EV of AAA is computed");
    let asked = Action::Explain(company_id(1), Measure::Ev);
    assert_eq!(harness.state().taken(), [asked]);
    let at = harness.get_by_label(&row).rect().left_center();
    desk::double_click(&mut harness, at + egui::vec2(60.0, 0.0));
    let opened = Action::OpenCompany(company_id(2));
    assert!(harness.state().taken().contains(&opened));
}

#[test]
fn the_menu_of_a_row_explains_opens_and_copies() {
    let mut harness = open(Desk::three());
    harness
        .get_by_label_contains("AAA, Backlog 30")
        .click_secondary();
    harness.run();
    click(&mut harness, "How Backlog is computed…");
    let asked = Action::Explain(company_id(1), Measure::Backlog);
    assert_eq!(harness.state().taken(), [asked]);
    harness
        .get_by_label_contains("AAA, Backlog 30")
        .click_secondary();
    harness.run();
    harness.get_by_label("Copy table").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter();
    let copied = copied.filter_map(|command| {
        let egui::OutputCommand::CopyText(text) = command else {
            return None;
        };
        Some(plain(text))
    });
    let copied: Vec<_> = copied.collect();
    assert_eq!(copied.len(), 1, "{copied:?}");
    assert!(copied[0].starts_with("Rank | Company | Backlog\n1 | AAA | 30 bn"));
}

#[test]
fn an_empty_book_says_what_to_do() {
    let mut harness = open(Desk::of(0));
    click(&mut harness, "New company…");
    assert_eq!(harness.state().taken().len(), 1);
}

#[test]
fn one_company_has_a_place_on_any_axes() {
    for log in [false, true] {
        let mut desk = Desk::of(1);
        desk.settings.sector_axes.x_log = log;
        desk.settings.sector_axes.y_log = log;
        let harness = open(desk);
        assert_eq!(bubbles(&harness).len(), 1);
        let words = harness.state().state.sector.cloud().unwrap().input.bubbles[0]
            .words
            .clone();
        let at = harness.get_by_label(&words).rect();
        let chart = harness.get_by_label_contains("Scatter of 1 company").rect();
        assert!(chart.contains_rect(at), "{at:?} in {chart:?}");
    }
}

/// Texts written over one another, and those that leave the window.
fn faults(shapes: &[egui::epaint::ClippedShape], width: f32) -> Vec<String> {
    let texts = texts(shapes);
    assert!(texts.len() > 40, "{} texts", texts.len());
    let mut found = overlaps(&texts);
    let outside = texts.iter().filter(|(rect, _)| rect.right() > width + 0.5);
    found.extend(outside.map(|(_, text)| format!("“{text}” leaves the window")));
    found
}

#[test]
fn sixty_companies_fit_every_window() {
    for dark in [true, false] {
        for [width, height] in [
            [1280.0, 800.0],
            [1920.0, 1080.0],
            [1280.0, 4000.0],
            [640.0, 6000.0],
        ] {
            let mut desk = Desk::of(60);
            desk.dark = dark;
            let harness = desk.open(width, height);
            assert_eq!(
                faults(&harness.output().shapes, width),
                Vec::<String>::new(),
                "{width} × {height}"
            );
        }
    }
}

#[test]
fn all_sixty_rows_are_a_click_away() {
    let mut harness = open(Desk::of(60));
    let rows = |harness: &Harness<'_, Desk>| {
        let rows = labels(harness, Role::Row);
        rows.iter().filter(|row| row.contains(", Backlog ")).count()
    };
    assert_eq!(rows(&harness), 12);
    let all = harness.query_all_by_label("All 60").next().unwrap();
    all.click();
    harness.run();
    assert_eq!(rows(&harness), 60);
}

#[test]
fn the_starter_book_shows_its_sector() {
    let folder = tempfile::tempdir().unwrap();
    for (size, dark) in [([1280.0, 800.0], true), ([1920.0, 1080.0], false)] {
        let mut harness = open_sized(folder.path(), size, dark, 1.0);
        harness.get_by_role_and_label(Role::Tab, "Sector").click();
        harness.run();
        harness.get_by_label("16 companies");
        harness.get_by_label_contains("Scatter of ");
        assert_eq!(
            faults(&harness.output().shapes, size[0]),
            Vec::<String>::new()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn placed_labels_overlap_no_label_and_no_bubble(
        dots in proptest::collection::vec((0.0..800.0_f32, 0.0..400.0_f32, 2.0..26.0_f32), 0..70),
        widths in proptest::collection::vec(10.0..60.0_f32, 70),
    ) {
        let area = egui::Rect::from_min_size(egui::pos2(0.0, 0.0), egui::vec2(800.0, 400.0));
        let dots: Vec<Dot> = dots
            .iter()
            .map(|(x, y, radius)| Dot { at: egui::pos2(*x, *y), radius: *radius })
            .collect();
        let sizes: Vec<_> = widths.iter().take(dots.len()).map(|w| egui::vec2(*w, 13.0)).collect();
        let placed = place_labels(&dots, &sizes, area);
        for (place, label) in placed.iter().enumerate() {
            prop_assert!(area.contains_rect(label.rect));
            prop_assert!((label.rect.size() - sizes[label.index]).length() < 0.01);
            for other in placed.iter().skip(place + 1) {
                prop_assert!(label.index != other.index);
                prop_assert!(!label.rect.intersects(other.rect));
            }
            for dot in &dots {
                prop_assert!(label.rect.distance_to_pos(dot.at) >= dot.radius);
            }
        }
        // The first to choose finds a place unless bubbles fill everything near it.
        if dots.len() == 1 {
            prop_assert_eq!(placed.len(), 1);
        }
    }
}
