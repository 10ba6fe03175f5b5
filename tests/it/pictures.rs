//! The pictures of the documentation: the real app on the starter book, drawn
//! by our own rasteriser. `docs/make-images.sh` asks for the files; without it
//! the pictures are drawn and looked at, but not kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::app::App;
use gigawatch::raster::Picture;

use crate::flows::{open_sized, type_into};

/// Where the pictures go, if they are asked for.
const FOLDER: &str = "GIGAWATCH_PICTURES";

fn picture(harness: &mut Harness<'_, App>, name: &str) {
    let image = harness.render().unwrap();
    let (width, height) = image.dimensions();
    let colours: BTreeSet<[u8; 4]> = image.pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 200, "{name} has {} colours", colours.len());
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let picture = Picture {
        width,
        height,
        rgba: image.into_raw(),
    };
    std::fs::write(
        folder.join(format!("{name}.png")),
        picture.to_png().unwrap(),
    )
    .unwrap();
}

fn show_page(harness: &mut Harness<'_, App>, page: &str) {
    harness.get_by_role_and_label(Role::Tab, page).click();
    harness.run();
}

fn select(harness: &mut Harness<'_, App>, company: &str) {
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with(company))
    });
    row.click();
    harness.run();
}

fn pictures_of(folder: &Path, dark: bool) {
    let theme = if dark { "dark" } else { "light" };
    let mut harness = open_sized(folder, [1440.0, 900.0], dark, 1.25);
    select(&mut harness, "HUT");
    picture(&mut harness, &format!("watchlist-{theme}"));
    show_page(&mut harness, "Deals");
    picture(&mut harness, &format!("deals-{theme}"));
    show_page(&mut harness, "Debt");
    picture(&mut harness, &format!("debt-{theme}"));
    show_page(&mut harness, "Watchlist");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.run();
    for (label, text) in [
        ("Company", "Hut 8"),
        ("Counterparty", "Undisclosed tenant"),
        ("Base value", "9.8b"),
        ("Critical IT load", "352 MW"),
        ("Base term", "15y"),
        ("Rent start", "Q3 2027"),
    ] {
        type_into(&mut harness, label, text);
    }
    picture(&mut harness, &format!("new-deal-{theme}"));
}

#[test]
fn pictures_of_the_documentation() {
    let folder = tempfile::tempdir().unwrap();
    for dark in [true, false] {
        pictures_of(folder.path(), dark);
    }
}
