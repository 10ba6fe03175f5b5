//! Prices on screen: the top bar, the marks of the watchlist, the Data page and
//! its dialogs. The window is drawn with feeds made by hand.

mod feeds;

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{Currency, Provider, Record};
use gigawatch::ui::dialog::add_instrument::AddInstrument;
use gigawatch::ui::dialog::instrument::InstrumentDialog;
use gigawatch::ui::dialog::type_close::TypeCloseDialog;
use gigawatch::ui::state::{Dialog, Page, Refresh};
use gigawatch::ui::{Action, Command, price_state};

use self::feeds::{Desk, day, open};
use crate::pages_window::plain;

#[test]
fn pictures_to_look_at() {
    let Some(folder) = std::env::var_os("GIGAWATCH_LOOK").map(std::path::PathBuf::from) else {
        return;
    };
    let keep = |harness: &mut Harness<'static, Desk>, name: &str| {
        let image = harness.render().unwrap();
        let (width, height) = image.dimensions();
        let picture = gigawatch::raster::Picture {
            width,
            height,
            rgba: image.into_raw(),
        };
        let path = folder.join(format!("uidata-{name}.png"));
        std::fs::write(path, picture.to_png().unwrap()).unwrap();
    };
    for dark in [true, false] {
        let theme = if dark { "dark" } else { "light" };
        for (name, desk) in screens() {
            let size = if name.contains("wide") {
                (1920.0, 1080.0)
            } else {
                (1280.0, 800.0)
            };
            let mut harness = open(desk, size.0, size.1, dark);
            keep(&mut harness, &format!("{name}-{theme}"));
        }
    }
}

fn screens() -> Vec<(&'static str, Desk)> {
    let mut screens = vec![
        ("watchlist", Desk::new(Page::Watchlist)),
        ("data", Desk::new(Page::Data)),
        ("data-wide", Desk::new(Page::Data)),
        ("settings", Desk::new(Page::Settings)),
    ];
    let mut selected = Desk::new(Page::Data);
    selected.select("IREN");
    screens.push(("data-pane", selected));
    let mut asked = Desk::new(Page::Data);
    asked.select("HUT");
    asked.status.refresh = Some(Refresh {
        total: 16,
        done: 7,
        now: vec![],
    });
    screens.push(("data-question-wide", asked));
    let mut log = Desk::new(Page::Data);
    log.ui.data.log = true;
    log.status.offline = Some("Offline by your setting");
    screens.push(("log", log));
    let mut sources = Desk::new(Page::Data);
    let iren = sources.book.instrument_by_symbol("IREN").unwrap().clone();
    let derived = [Provider::Yahoo, Provider::Tiingo, Provider::Nasdaq]
        .map(|provider| (provider, "IREN".to_owned()));
    sources.ui.dialog = Some(Dialog::Instrument(Box::new(InstrumentDialog::new(
        iren.clone(),
        derived.to_vec(),
    ))));
    screens.push(("sources", sources));
    let mut add = Desk::new(Page::Data);
    add.ui.dialog = Some(Dialog::AddInstrument(Box::default()));
    screens.push(("add", add));
    let mut close = Desk::new(Page::Data);
    close.ui.dialog = Some(Dialog::TypeClose(Box::new(TypeCloseDialog::new(
        iren,
        day("2026-11-20"),
    ))));
    screens.push(("close", close));
    screens
}
