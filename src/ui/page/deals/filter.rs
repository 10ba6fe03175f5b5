//! Which deals are shown: a text and four choices.

use egui::Ui;

use crate::analytics::deals::DealRow;
use crate::model::CompanyId;
use crate::model::deal::{CounterpartyClass, DealKind, DealStatus};
use crate::ui::Cx;
use crate::ui::page::list;
use crate::ui::widget::link;

/// What a deal must match to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Part of the company, symbol, counterparty or site, in any case.
    pub text: String,
    /// Who is paid.
    pub company: Option<CompanyId>,
    /// What kind of company the counterparty is.
    pub class: Option<CounterpartyClass>,
    /// What is sold.
    pub kind: Option<DealKind>,
    /// How far it has come.
    pub status: Option<DealStatus>,
}

impl Filter {
    /// True if it may leave something out.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// True if the deal is shown.
    pub fn matches(&self, row: &DealRow) -> bool {
        let text = self.text.trim().to_lowercase();
        let words = [
            Some(row.company.as_str()),
            row.symbol.as_deref(),
            Some(row.counterparty.as_str()),
            row.site.as_deref(),
        ];
        let mut words = words.into_iter().flatten();
        words.any(|word| word.to_lowercase().contains(&text))
            && self.company.is_none_or(|company| company == row.company_id)
            && self.class.is_none_or(|class| class == row.class)
            && self.kind.is_none_or(|kind| kind == row.kind)
            && self.status.is_none_or(|status| status == row.status)
    }

    /// Shows the filter; `companies` are those that have a deal.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        companies: &[(CompanyId, String)],
        focus: &mut bool,
    ) {
        list::filter_box(ui, "Filter deals", &mut self.text, focus);
        let names = companies.iter().map(|(id, name)| (*id, name.as_str()));
        list::choice(ui, "Company", "All companies", &mut self.company, names);
        let classes = CounterpartyClass::ALL.iter();
        let classes = classes.map(|class| (*class, class.label()));
        list::choice(ui, "Class", "All classes", &mut self.class, classes);
        let kinds = DealKind::ALL.iter().map(|kind| (*kind, kind.label()));
        list::choice(ui, "Kind", "All kinds", &mut self.kind, kinds);
        let states = DealStatus::ALL.iter();
        let states = states.map(|status| (*status, status.label()));
        list::choice(ui, "Status", "Any status", &mut self.status, states);
        if self.is_set()
            && link(ui, &cx.tokens, "Clear")
                .on_hover_text("Show all deals")
                .clicked()
        {
            *self = Self::default();
        }
    }
}
