//! Lines of a list inside a draft, such as the phases of a deal: each has fields
//! of its own, and the errors of one name the line.

use super::Live;

/// A field of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowField {
    /// Its name in code, different from those of every other field.
    pub name: &'static str,
    /// What follows the line in its label: "value" in "Phase 2 value".
    pub label: &'static str,
}

/// A line of a list inside a draft.
pub trait RowDraft {
    /// What a line is called: "Phase".
    fn noun(&self) -> &'static str;

    /// Its fields, in the order of the form.
    fn fields(&self) -> &'static [RowField];

    /// The text of a field.
    fn text(&self, field: &str) -> Option<&str>;

    /// The text of a field, to be typed into.
    fn text_mut(&mut self, field: &str) -> Option<&mut String>;

    /// What the text of a field means; an unknown field is empty.
    fn live(&self, field: &str) -> Live;

    /// True if nothing is typed into it.
    fn is_blank(&self) -> bool {
        let mut texts = self.fields().iter().map(|field| self.text(field.name));
        texts.all(|text| text.is_none_or(|text| text.trim().is_empty()))
    }

    /// The label of a field of the line at a place counted from 0:
    /// "Phase 2 value".
    fn label(&self, place: usize, field: &str) -> String {
        let noun = self.noun();
        let number = place.saturating_add(1);
        let field = self.fields().iter().find(|known| known.name == field);
        field.map_or_else(
            || format!("{noun} {number}"),
            |field| format!("{noun} {number} {}", field.label),
        )
    }
}

/// `fields`, `text` and `text_mut` of a [`RowDraft`]: the text, the field's name
/// and its label.
macro_rules! row_fields {
    ($($text:ident $name:literal $label:literal)+) => {
        fn fields(&self) -> &'static [RowField] {
            &[$(RowField { name: $name, label: $label }),+]
        }

        fn text(&self, field: &str) -> Option<&str> {
            match field { $($name => Some(&self.$text),)+ _ => None }
        }

        fn text_mut(&mut self, field: &str) -> Option<&mut String> {
            match field { $($name => Some(&mut self.$text),)+ _ => None }
        }
    };
}
pub(super) use row_fields;
