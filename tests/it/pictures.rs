//! The pictures of the documentation: the real app on the starter book, drawn
//! by our own rasteriser. `docs/make-images.sh` asks for the files; without it
//! the pictures are drawn and looked at, but not kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::app::{App, Network};
use gigawatch::raster::Picture;
use gigawatch::secrets::{SessionKeys, SystemKeysOrSession};

use crate::fetch_fake::FakeWorld;
use crate::flows::{open_start, start, type_into};

/// The day after the starter's last closes: a weekend, so that shares are
/// current.
const NOW: &str = "2026-10-10T12:05:00+00:00[UTC]";

/// The app as on any day: connected, but nothing is fetched by itself, since
/// the pictures show the starter book.
fn open(folder: &Path, dark: bool) -> Harness<'static, App> {
    let theme = if dark { "dark" } else { "light" };
    let settings = format!("theme = \"{theme}\"\n[prices]\nrefresh_on_start = false\n");
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
    let now: jiff::Zoned = NOW.parse().unwrap();
    let network = Network {
        world: FakeWorld::new(&now.timestamp().to_string()),
        keys: Arc::new(SystemKeysOrSession::over(Box::new(SessionKeys::default()))),
        bases: BTreeMap::new(),
    };
    let mut start = start(folder);
    start.network = Some(network);
    start.clock = Arc::new(move || now.clone());
    open_start(start, [1440.0, 900.0], 1.25)
}

/// Where the pictures go, if they are asked for.
const FOLDER: &str = "GIGAWATCH_PICTURES";

fn picture(harness: &mut Harness<'_, App>, name: &str) {
    let image = harness.render().unwrap();
    let (width, height) = image.dimensions();
    let colours: BTreeSet<[u8; 4]> = image.pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 200, "{name} has {} colours", colours.len());
    let bright = image.pixels().filter(|pixel| pixel.0[1] > 127).count();
    let is_light = bright * 2 > (width * height) as usize;
    assert_eq!(is_light, name.ends_with("light"), "{name}");
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
    let mut harness = open(folder, dark);
    select(&mut harness, "HUT");
    picture(&mut harness, &format!("watchlist-{theme}"));
    show_page(&mut harness, "Deals");
    picture(&mut harness, &format!("deals-{theme}"));
    show_page(&mut harness, "Debt");
    picture(&mut harness, &format!("debt-{theme}"));
    show_page(&mut harness, "Company");
    picture(&mut harness, &format!("company-{theme}"));
    show_page(&mut harness, "Calendar");
    picture(&mut harness, &format!("calendar-{theme}"));
    show_page(&mut harness, "Sector");
    picture(&mut harness, &format!("sector-{theme}"));
    show_page(&mut harness, "Conflicts");
    select(&mut harness, "TeraWulf, AI");
    picture(&mut harness, &format!("conflicts-{theme}"));
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
