//! The user's formulas among the preferences: kept, renamed and deleted together
//! with all that refers to them. It reads no formula and draws nothing.

use crate::ui::Settings;
use crate::ui::settings::WrittenFormula;

use super::columns::{self, Column};

/// The longest name of a formula.
const LONGEST: usize = 40;

/// What is wrong with a name for a formula, if anything; `original` has its own
/// name already.
pub fn refused(settings: &Settings, name: &str, original: Option<&str>) -> Option<String> {
    let name = name.trim();
    if name.is_empty() {
        return Some("Type a name for the column".to_owned());
    }
    if name.chars().nth(LONGEST).is_some() {
        return Some(format!("A name has at most {LONGEST} letters"));
    }
    let mut others = settings.formulas.iter();
    let taken = others.any(|other| {
        other.name.to_lowercase() == name.to_lowercase() && Some(other.name.as_str()) != original
    });
    taken.then(|| format!("There is a formula “{name}” already"))
}

/// Keeps a formula: a new one becomes the last column, one with an `original`
/// name stays where it is, also under another name.
pub fn keep(settings: &mut Settings, original: Option<&str>, name: &str, text: &str) {
    let (name, text) = (name.trim(), text.trim());
    let known = |formula: &&mut WrittenFormula| Some(formula.name.as_str()) == original;
    if let Some(formula) = settings.formulas.iter_mut().find(known) {
        let old = Column::Formula(formula.name.clone()).code();
        name.clone_into(&mut formula.name);
        text.clone_into(&mut formula.text);
        let new = Column::Formula(name.to_owned()).code();
        rename(settings, &old, &new);
        return;
    }
    settings.formulas.push(WrittenFormula {
        name: name.to_owned(),
        text: text.to_owned(),
    });
    let mut shown = columns::chosen(settings);
    let column = Column::Formula(name.to_owned());
    if !shown.contains(&column) {
        shown.push(column);
    }
    columns::choose(settings, &shown);
}

/// Forgets a formula and its column everywhere.
pub fn delete(settings: &mut Settings, name: &str) {
    let code = Column::Formula(name.to_owned()).code();
    settings.formulas.retain(|formula| formula.name != name);
    settings.watchlist_columns.retain(|other| *other != code);
    for set in &mut settings.column_sets {
        set.columns.retain(|other| *other != code);
    }
    settings.watchlist_scales.remove(&code);
    let sorted = settings.watchlist_sort.as_ref();
    if sorted.is_some_and(|(other, _)| *other == code) {
        settings.watchlist_sort = None;
    }
}

/// Puts a new code in place of an old one wherever columns are kept.
fn rename(settings: &mut Settings, old: &str, new: &str) {
    let sets = settings.column_sets.iter_mut();
    let lists = sets.map(|set| &mut set.columns);
    let codes = lists
        .chain([&mut settings.watchlist_columns])
        .flatten()
        .chain(settings.watchlist_sort.as_mut().map(|(code, _)| code));
    for code in codes {
        if code == old {
            new.clone_into(code);
        }
    }
    if let Some(better) = settings.watchlist_scales.remove(old) {
        settings.watchlist_scales.insert(new.to_owned(), better);
    }
}
