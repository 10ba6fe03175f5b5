//! What the pages with lists share: a value kept until its key changes, the
//! filter box, choices, keys and sorting. It knows no record and no page.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use egui::{Align2, ComboBox, Key as Pressed, Popup, Role, TextEdit, Ui, WidgetInfo, vec2};
use rust_decimal::Decimal;

use crate::model::{Day, PartialDate};
use crate::ui::theme;

/// Width of a filter box where there is room for it.
const FILTER: f32 = 150.0;

/// One number for all parts, to notice that one of them changed.
pub fn hash(parts: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// A value that is built anew only when its key changes.
#[derive(Default)]
pub struct Cached<T> {
    key: Option<u64>,
    value: T,
}

impl<T> Cached<T> {
    /// Builds the value if the key is not the one it was built for.
    pub fn refresh(&mut self, key: &impl Hash, build: impl FnOnce() -> T) {
        let key = Some(hash(key));
        if self.key != key {
            self.value = build();
            self.key = key;
        }
    }

    /// The value as last built.
    pub const fn get(&self) -> &T {
        &self.value
    }
}

/// A filter box. Escape empties it; `focus` puts the cursor into it once.
pub fn filter_box(ui: &mut Ui, name: &str, text: &mut String, focus: &mut bool) {
    let edit = TextEdit::singleline(text)
        .hint_text("Filter")
        .align(Align2::LEFT_CENTER)
        .min_size(vec2(0.0, theme::CONTROL))
        .desired_width(FILTER.min(0.3 * ui.max_rect().width()))
        .id_salt(name);
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    if std::mem::take(focus) {
        response.request_focus();
    }
    // Escape takes the focus before the box sees the key.
    let left = response.has_focus() || response.lost_focus();
    if left && ui.input(|input| input.key_pressed(Pressed::Escape)) {
        text.clear();
    }
}

/// A combo box of one choice or none; `all` is what none is called.
pub fn choice<'a, T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    all: &str,
    value: &mut Option<T>,
    options: impl Iterator<Item = (T, &'a str)> + Clone,
) {
    let chosen = options.clone().find(|(option, _)| Some(*option) == *value);
    let text = chosen.map_or(all, |(_, label)| label);
    let combo = ComboBox::from_id_salt(name)
        .selected_text(text)
        .width(118.0)
        .truncate()
        .show_ui(ui, |ui| {
            ui.selectable_value(value, None, all);
            for (option, label) in options {
                ui.selectable_value(value, Some(option), label);
            }
        });
    let shown = format!("{name}: {text}");
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &shown));
    combo.response.on_hover_text(shown);
}

/// What the keyboard asks of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Rows to move by: 1 down, -1 up.
    pub step: isize,
    /// Edit the selected row.
    pub open: bool,
    /// Delete the selected row.
    pub delete: bool,
    /// Turn the mark of the selected row on or off.
    pub toggle: bool,
}

/// Reads the keys while nothing is being typed and nothing lies over the list.
pub fn keys(ui: &Ui, covered: bool) -> Keys {
    if covered || ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return Keys::default();
    }
    // What has the focus takes the arrows and Enter itself.
    let focused = ui.ctx().egui_wants_keyboard_input();
    ui.input(|input| Keys {
        step: if focused {
            0
        } else {
            isize::from(input.key_pressed(Pressed::ArrowDown))
                - isize::from(input.key_pressed(Pressed::ArrowUp))
        },
        open: !focused && input.key_pressed(Pressed::Enter),
        delete: input.key_pressed(Pressed::Delete),
        toggle: !focused && input.key_pressed(Pressed::Space),
    })
}

/// The row that is `step` away from `now`, which starts above the first.
pub fn moved(rows: usize, now: Option<usize>, step: isize) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    match (step, now) {
        (0, _) => None,
        (_, None) => Some(0),
        (_, Some(at)) => Some(at.saturating_add_signed(step).min(last)),
    }
}

/// What rows are compared by; a column uses one of the three for all its rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Words, small letters only.
    Text(String),
    /// A number.
    Number(Decimal),
    /// First and last day of a date.
    Days(Day, Day),
}

impl Key {
    /// Words in any case; none if there are none.
    pub fn text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::Text(text.to_lowercase()))
    }

    /// A place in an order.
    pub fn place(place: usize) -> Option<Self> {
        Some(Self::Number(Decimal::from(place)))
    }

    /// The place of a member in the order of its closed set.
    pub fn among<T: PartialEq>(all: &[T], member: &T) -> Option<Self> {
        let place = all.iter().position(|other| other == member);
        place.and_then(Self::place)
    }

    /// A date: earlier first days first, of equal ones the shorter date.
    pub fn date(date: PartialDate) -> Self {
        Self::Days(date.first_day(), date.last_day())
    }
}

/// Sorts rows, keeping the order of equal ones; unknown ones come last in
/// either direction.
pub fn sort<R>(rows: &mut [R], down: bool, key: impl Fn(&R) -> Option<Key>) {
    rows.sort_by(|a, b| match (key(a), key(b)) {
        (Some(a), Some(b)) if down => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
}

/// The order after a click on a title: a second click turns it round.
pub fn next_sort(now: (&str, bool), code: &str, starts_down: bool) -> (String, bool) {
    let down = if now.0 == code { !now.1 } else { starts_down };
    (code.to_owned(), down)
}
