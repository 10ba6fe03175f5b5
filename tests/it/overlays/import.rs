//! The preview of a price file: good files, bad rows, and what only a person
//! knows.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::exchange::price_csv::DateOrder;
use gigawatch::model::series::Prices;
use gigawatch::ui::Action;
use gigawatch::ui::dialog::import_prices::read;

use super::world::{World, day, window};

pub const YAHOO: &str = "Date,Open,High,Low,Close,Adj Close,Volume
2026-10-07,49,51,48,50,50,1000
2026-10-08,50,53,50,52.5,52.5,1200
2026-10-09,52,54,51,53,53,900
";

pub const BAD_ROWS: &str = "Date,Close
2026-10-05,48
2026-10-06,n/a
2026-10-07,50
2026-10-08,52.5
2026-10-08,51.5
not a day,12
2026-10-09,-3
2026-10-07,50
";

pub const UNKNOWN: &str = "when;what;worth
2026-10-05;IREN;48
2026-10-06;IREN;49
";

#[test]
fn a_good_file_is_taken() {
    let mut window = window(World::importing("IREN.csv", YAHOO));
    window.get_by_label("IREN, IREN Limited");
    window.get_by_label("3 days, 7 Oct 2026 to 9 Oct 2026");
    window.get_by_label("1 new, 1 the same, 1 differ by up to 3\u{202F}%");
    window
        .get_by_role_and_label(Role::Button, "Take 3 rows")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::TakeImport]);
    let bars = |world: &mut World| {
        let (book, prices) = (world.book.clone(), world.prices.clone());
        world.import().bars_to_take(&book, &prices)
    };
    let (symbol, all) = bars(window.state_mut()).unwrap();
    assert_eq!((symbol.as_str(), all.len()), ("IREN", 3));

    window
        .get_by_role_and_label(Role::Button, "Keep the stored close")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Button, "Take 2 rows");
    let (_, kept) = bars(window.state_mut()).unwrap();
    let days: Vec<_> = kept.iter().map(|bar| bar.day).collect();
    assert_eq!(days, [day("2026-10-07"), day("2026-10-09")]);
}

#[test]
fn a_symbol_is_resolved_while_it_is_typed() {
    let mut window = window(World::importing("prices.csv", YAHOO));
    window.get_by_label("Type the symbol these prices are of");
    let take = window.get_by_role_and_label(Role::Button, "Take 3 rows");
    assert!(take.accesskit_node().is_disabled());
    for (typed, meaning) in [
        ("hut", "HUT, Hut 8"),
        ("bitf", "KEEL, Keel Infrastructure (formerly BITF)"),
        (
            "XYZ",
            "New: not in the book yet, it is added with its prices",
        ),
        (
            "a b",
            "A symbol has letters, digits and - . ^ = / only, as BTC-USD",
        ),
    ] {
        window.state_mut().import().symbol = typed.to_owned();
        window.run();
        assert!(window.query_all_by_label(meaning).count() > 0, "{typed:?}");
    }
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_taken() {
    let mut window = window(World::importing("IREN.csv", BAD_ROWS));
    window.get_by_role_and_label(Role::Button, "Refused 3");
    window.get_by_role_and_label(Role::Row, "7, Date, not a day, not a date");
    window.get_by_role_and_label(Role::Row, "8, Close, -3, zero or negative close");
    window
        .get_by_role_and_label(Role::Button, "Conflicting 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "8 Oct 2026, 51.50 on line 6, 52.50 on line 5");
    window
        .get_by_role_and_label(Role::Button, "Repeated 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "7 Oct 2026, line 9, line 4");
    window
        .get_by_role_and_label(Role::Button, "Take the upper row")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    window.get_by_label("Reading…");
    window.state_mut().reread();
    window.run();
    window
        .get_by_role_and_label(Role::Button, "Conflicting 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "8 Oct 2026, 52.50 on line 5, 51.50 on line 6");
    window.get_by_role_and_label(Role::Button, "Take 3 rows");
}

#[test]
fn unknown_columns_are_chosen() {
    let mut window = window(World::importing("table.csv", UNKNOWN));
    window
        .get_by_role_and_label(Role::Button, "Read with these columns")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    window.state_mut().reread();
    window.run();
    window.get_by_label("2 days, 5 Oct 2026 to 6 Oct 2026");
    window
        .get_by_role_and_label(Role::ComboBox, "Close")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Button, "what").click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    assert_eq!(
        window.state_mut().import().options.columns.unwrap().close,
        1
    );
}

#[test]
fn what_only_a_person_knows_is_asked() {
    let text = "Date,Close\n01/02/2026,48\n02/02/2026,49\n";
    let mut window = window(World::importing("IREN.csv", text));
    window
        .get_by_role_and_label(Role::Button, "1 Feb 2026 (day first)")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    let order = window.state_mut().import().options.date_order;
    assert_eq!(order, Some(DateOrder::DayFirst));
    window.state_mut().reread();
    window.run();
    window.get_by_label("2 days, 1 Feb 2026 to 2 Feb 2026");
}

#[test]
fn a_late_result_of_other_options_is_dropped() {
    let mut world = World::importing("IREN.csv", YAHOO);
    let book = world.book.clone();
    let import = world.import();
    let late = read(&import.bytes, import.options.clone());
    import.options.date_order = Some(DateOrder::DayFirst);
    import.take_read(late, &book);
    assert_eq!(import.bars_to_take(&book, &Prices::default()), None);
}
