//! What the user decides about statements that disagree becomes a record here.
//! Whether a decision settles a conflict is for `analytics`.

use super::Window;
use crate::model::pin::Choice;
use crate::model::{Change, Pin, PinId, Record};
use crate::ui::format;

impl Window {
    /// Keeps a decision made today.
    pub(super) fn decide(&mut self, choice: Choice, note: String) {
        if self.status.saving {
            return;
        }
        let label = match &choice {
            Choice::Use { figure, .. } => self
                .book
                .figure(*figure)
                .map_or_else(String::new, |figure| {
                    format!("use {} for {}", format::figure(figure), figure.metric)
                }),
            Choice::UseComputed { metric, .. } => format!("use what is computed for {metric}"),
            Choice::BothStand { .. } => "let both statements stand".to_owned(),
        };
        let pin = Pin {
            id: PinId(self.new_ids()()),
            choice,
            made: self.today,
            note,
        };
        self.apply(Change::put(label, Record::Pin(pin)), None);
    }
}
