//! Rent left and rent due against debt maturing, by period, of a company or of
//! all together: the numbers of the timeline and its words. It derives nothing
//! itself; the sibling paints it.

mod paint;

use egui::Ui;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::answer::hedge_of_sum;
use crate::analytics::burn_down::{self, Basis, BurnDown, Period};
use crate::analytics::grain::Grain;
use crate::analytics::interest::References;
use crate::analytics::lines::day_number;
use crate::model::{CompanyId, Day, DebtId};
use crate::ui::page::list;
use crate::ui::{Cx, format, provenance};

/// Undated records named in the line of a timeline, and below its pointer.
const NAMED: (usize, usize) = (6, 24);

/// What a page with a timeline remembers.
#[derive(Default)]
pub struct State {
    shown: list::Cached<Timeline>,
    by_year: bool,
}

impl State {
    /// One that begins by year: of many companies quarters cost more and say less.
    pub fn by_year() -> Self {
        Self {
            by_year: true,
            ..Self::default()
        }
    }

    /// The timeline in words, for snapshots.
    pub fn in_words(&self) -> &str {
        &self.shown.get().words
    }
}

/// Shows the timeline of a company, or of all; false, and nothing painted, if
/// neither a deal that counts nor a debt is entered.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    company: Option<CompanyId>,
    title: &str,
    state: &mut State,
) -> bool {
    let quarters = state.shown.get().quarters.max(1) as f32;
    let narrow = ui.available_width() / quarters < paint::NARROWEST;
    let grain = if state.by_year || narrow {
        Grain::Year
    } else {
        Grain::Quarter
    };
    let basis = (cx.revision, cx.today, company, grain.code());
    let build = || Timeline::of(cx, company, grain);
    state.shown.refresh(&basis, build);
    let timeline = state.shown.get();
    if timeline.empty {
        return false;
    }
    let company = company.and_then(|id| cx.book.company(id));
    // All together have no colour of their own.
    let colour = company.map_or(cx.tokens.accent, |company| cx.company_colour(company));
    state.by_year = paint::show(ui, cx, timeline, (title, colour), state.by_year);
    true
}

/// A period ready to be painted: fractions of the scales, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bar {
    /// Day number of its first day.
    pub from: f64,
    /// Day number of the first day after it.
    pub to: f64,
    /// Rent left at its end, of the most there is.
    pub left: f32,
    /// Rent due in it, of the highest bar.
    pub rent: f32,
    /// Principal due in it: parent, project, joint venture, of the highest bar.
    pub debt: [f32; 3],
}

/// A timeline.
#[derive(Default)]
struct Timeline {
    /// Its periods; none if neither rent nor debt has a date.
    pub bars: Vec<Bar>,
    periods: Vec<Period>,
    grain: Option<Grain>,
    /// About how many quarters there are.
    pub quarters: usize,
    /// The most rent that is left: "12.8 bn".
    pub most_left: String,
    /// The highest bar of rent or debt: "3.2 bn".
    pub highest: String,
    /// Rent left now, as a fraction of the most: 1 unless nothing is left.
    pub starts_full: bool,
    /// Rent left on the day, and what has no date, in a line.
    pub summary: String,
    /// What has no date, a line each.
    pub undated: Vec<String>,
    /// All of it in words, for screen readers and snapshots.
    words: String,
    /// Why there is nothing to show.
    pub empty: bool,
}

impl Timeline {
    /// The timeline of a company, or of all, by a grain.
    fn of(cx: &Cx<'_>, company: Option<CompanyId>, grain: Grain) -> Self {
        let references = References::new();
        let basis = Basis {
            book: cx.book,
            prices: cx.prices,
            references: &references,
            as_of: cx.today,
            grain,
            switches: cx.derived.switches,
        };
        let all = match company {
            None => burn_down::burn_downs(&basis),
            Some(id) => {
                let company = cx.book.company(id);
                let of = company.and_then(|company| burn_down::burn_down(&basis, company));
                of.into_iter().collect()
            }
        };
        if all.is_empty() {
            return Self {
                empty: true,
                words: "Neither a deal that counts nor a debt instrument is entered".to_owned(),
                ..Self::default()
            };
        }
        let mut timeline = Self::of_burn_downs(cx, &all, grain);
        timeline.words = timeline.in_words();
        timeline
    }

    fn of_burn_downs(cx: &Cx<'_>, all: &[BurnDown], grain: Grain) -> Self {
        let periods = burn_down::total(all);
        let highest = periods
            .iter()
            .map(|p| p.rent_due.max(p.debt_due.total()))
            .max()
            .unwrap_or_default();
        let sum = |part: fn(&BurnDown) -> Decimal| {
            let parts = all.iter().map(part);
            parts.fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let most = sum(|of| of.rent_left_usd);
        let bars = periods
            .iter()
            .map(|period| bar(period, grain, most, highest));
        let undated: Vec<_> = all.iter().flat_map(|of| undated(cx, of, all)).collect();
        let mut deals = all.iter().flat_map(|of| &of.deals);
        // No schedule is no zero.
        let left = if deals.any(|rent| rent.left_usd.is_ok()) {
            let hedge = hedge_of_sum(all.iter().map(|of| of.rent_hedge));
            format::hedged(hedge, &format::money_compact(most))
        } else {
            format::UNKNOWN.to_owned()
        };
        // The key figure above may be a stated total: this is not it.
        let owed = if all.iter().all(|of| of.wall.debts.is_empty()) {
            "no instrument is entered".to_owned()
        } else {
            let owed = format::money_compact(sum(|of| of.wall.total().total()));
            format!("instruments {owed}")
        };
        let mut summary = format!("Rent left {left} · {owed}");
        if undated.len() > NAMED.0 {
            let rent = format::money_compact(sum(BurnDown::undated_usd));
            let records = format::count(undated.len(), "record", "records");
            summary.extend([
                " · not scheduled: rent of ",
                &rent,
                ", ",
                &records,
                " in all",
            ]);
        } else if !undated.is_empty() {
            summary.extend([" · not scheduled: ", &undated.join("; ")]);
        }
        Self {
            bars: bars.collect(),
            quarters: match grain {
                Grain::Year => periods.len().saturating_mul(4),
                Grain::Quarter | Grain::Month => periods.len(),
            },
            grain: Some(grain),
            most_left: format::money_compact(most),
            highest: format::money_compact(highest),
            starts_full: !most.is_zero(),
            summary,
            undated,
            empty: false,
            words: String::new(),
            periods,
        }
    }

    /// The period at that place in words, a line each.
    pub fn lines(&self, index: usize) -> Vec<String> {
        let (Some(period), Some(grain)) = (self.periods.get(index), self.grain) else {
            return Vec::new();
        };
        let money = format::money_compact;
        let mut lines = vec![title(grain, period.first_day)];
        if self.starts_full {
            let (due, left) = (money(period.rent_due), money(period.rent_left));
            lines.push(format!("Rent due {due}, left after it {left}"));
        }
        let due = &period.debt_due;
        let levels = [
            ("parent", due.parent),
            ("project", due.project),
            ("joint venture", due.joint_venture),
        ];
        let levels: Vec<_> = levels
            .into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(level, amount)| format!("{level} {}", money(amount)))
            .collect();
        let levels = if levels.is_empty() {
            "0".to_owned()
        } else {
            levels.join(", ")
        };
        lines.push(format!(
            "Debt due {levels}, left after it {}",
            money(period.debt_left)
        ));
        lines
    }

    fn in_words(&self) -> String {
        let mut words = self.summary.clone();
        for (index, period) in self.periods.iter().enumerate() {
            let nothing = period.rent_due.is_zero() && period.debt_due.total().is_zero();
            if !nothing {
                words.push('\n');
                words.push_str(&self.lines(index).join(": "));
            }
        }
        words
    }
}

fn title(grain: Grain, day: Day) -> String {
    grain
        .date(day)
        .map_or_else(|| format::month_year(day), format::partial_date)
}

fn bar(period: &Period, grain: Grain, most: Decimal, highest: Decimal) -> Bar {
    let part = |amount: Decimal, of: Decimal| {
        let part = amount.checked_div(of).and_then(|part| part.to_f32());
        part.unwrap_or(0.0).clamp(0.0, 1.0)
    };
    let from = day_number(period.first_day);
    let to = grain.next(period.first_day).map_or(from + 1.0, day_number);
    let due = &period.debt_due;
    Bar {
        from,
        to,
        left: part(period.rent_left, most),
        rent: part(period.rent_due, highest),
        debt: [due.parent, due.project, due.joint_venture].map(|amount| part(amount, highest)),
    }
}

/// What of a company is in no period, and why; with its name where it is not
/// the only one.
fn undated(cx: &Cx<'_>, of: &BurnDown, all: &[BurnDown]) -> Vec<String> {
    let name_of = |id: DebtId| {
        let debt = cx.book.debt(id);
        debt.map_or_else(String::new, |debt| debt.name.clone())
    };
    let mut lines = Vec::new();
    for rent in &of.deals {
        let deal = cx.book.deal(rent.deal);
        let name = deal.map_or_else(String::new, provenance::deal_name);
        let value = rent.undated_usd().map(format::money_compact);
        let value = value.map_or_else(String::new, |value| format!(" {value}"));
        match (&rent.left_usd, &rent.undated_options) {
            (Err(why), _) => lines.push(format!("{name}{value}: {why}")),
            (Ok(_), Some((_, why))) => lines.push(format!("options of {name}{value}: {why}")),
            (Ok(_), None) => {}
        }
    }
    for debt in of.wall.debts.iter().filter_map(|id| cx.book.debt(*id)) {
        if debt.matures.is_none() {
            let owed = debt.outstanding_on(cx.today).map(format::money);
            let owed = owed.map_or_else(String::new, |owed| format!(" {owed}"));
            lines.push(format!("{}{owed}: no maturity is stated", debt.name));
        }
    }
    let overdue = of.wall.overdue.total();
    if !overdue.is_zero() {
        let overdue = format::money_compact(overdue);
        lines.push(format!(
            "{overdue} matured before the day and is not marked as repaid"
        ));
    }
    for id in &of.wall.without_amount {
        lines.push(format!("{}: no amount in USD is stated", name_of(*id)));
    }
    for id in &of.converted {
        lines.push(format!("{}: counts as shares", name_of(*id)));
    }
    for (id, why) in &of.not_judged {
        lines.push(format!("{}: counts as debt, {why}", name_of(*id)));
    }
    if all.len() > 1 {
        let name = of.symbol.as_ref().unwrap_or(&of.company);
        for line in &mut lines {
            *line = format!("{name}: {line}");
        }
    }
    lines
}
