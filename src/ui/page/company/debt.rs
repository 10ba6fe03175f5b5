//! What a company owes: the stated total beside the sum of instruments and why
//! they may differ, the instruments, and coverage by site.

use egui::{ScrollArea, Ui};
use rust_decimal::Decimal;

use crate::analytics::convertible::Convertible;
use crate::analytics::coverage::{SiteCoverage, site_coverages};
use crate::analytics::debt::CompanyDebt;
use crate::analytics::debt_gap::{GapCause, gap_causes};
use crate::analytics::interest::{References, interest_a_year};
use crate::analytics::measure::Measure;
use crate::analytics::statement::{self, age_days};
use crate::analytics::{Answer, Missing};
use crate::model::debt::{DebtKind, DebtStatus};
use crate::model::{CompanyId, Currency, Debt, RecordKind};
use crate::ui::page::debt::{companies, instruments};
use crate::ui::page::facts::{fact, group};
use crate::ui::page::list;
use crate::ui::theme;
use crate::ui::widget::caption;
use crate::ui::widget::table::{Cell, Column, Tone};
use crate::ui::{Cx, format, provenance};

use super::Shown;
use super::rows::{Behind, Rows, column, known, name, nothing, number};
use super::tabs::State;

const INSTRUMENTS: [Column; 10] = [
    name("name", "Instrument", "What it is called", 168.0),
    column("level", "Level", "Who in the group owes it", 98.0),
    column("kind", "Kind", "What kind of debt", 116.0),
    number(
        "owed",
        "Owed",
        "Owed on the day: less its dated repayments",
        78.0,
    ),
    number("coupon", "Coupon", "Interest a year", 112.0),
    number("matures", "Matures", "When due", 96.0),
    number(
        "interest",
        "Interest/y",
        "Interest of a year on what is owed",
        82.0,
    ),
    number(
        "converts",
        "Converts at",
        "Price a share at which it converts",
        82.0,
    ),
    number(
        "parity",
        "Parity",
        "Worth of its shares in percent of the principal",
        96.0,
    ),
    number("shares", "Shares", "Shares if it is converted", 74.0),
];

const SITES: [Column; 6] = [
    name("site", "Site", "As its debt names it", 200.0),
    number(
        "debts",
        "Debts",
        "Outstanding instruments of the site",
        70.0,
    ),
    number(
        "noi",
        "NOI a year",
        "Value ÷ term × margin of the deals of the site",
        110.0,
    ),
    number(
        "interest",
        "Interest a year",
        "On what the site owes",
        110.0,
    ),
    number("coverage", "Coverage", "The first over the second", 90.0),
    number("per_mw", "Debt per MW", "Owed ÷ critical IT load", 110.0),
];

/// The debt of a company, prepared.
#[derive(Default)]
pub struct Debts {
    /// Its instruments.
    pub instruments: Rows,
    /// Coverage by site.
    pub sites: Rows,
    columns: [Vec<Fact>; 3],
}

/// A line of the summary.
struct Fact {
    label: String,
    value: String,
    tone: Tone,
    tip: String,
}

fn line(label: &str, value: String, tip: &str) -> Fact {
    let known = value != format::UNKNOWN;
    Fact {
        label: label.to_owned(),
        tone: if known { Tone::Primary } else { Tone::Dim },
        value,
        tip: provenance::sentence(tip),
    }
}

impl Debts {
    /// The debt of a company on the day.
    pub fn of(cx: &Cx<'_>, shown: Shown<'_>) -> Self {
        let id = shown.company.id;
        let mut companies = cx.derived.debt.companies.iter();
        let Some(of) = companies.find(|of| of.company_id == id) else {
            return Self {
                instruments: Rows::new(&INSTRUMENTS),
                sites: Rows::new(&SITES),
                columns: [Vec::new(), Vec::new(), Vec::new()],
            };
        };
        let references = References::new();
        let price = price(cx, shown);
        let mut instruments = Rows::new(&INSTRUMENTS);
        for debt in of.instruments.iter().filter_map(|id| cx.book.debt(*id)) {
            let cells = cells(cx, debt, &references, &price);
            let behind = behind(cx, debt, &references);
            instruments.push(debt.id.0, cells, behind);
        }
        let mut sites = Rows::new(&SITES);
        for site in site_coverages(cx.book, id, cx.today, &references) {
            sites.push(key_of(&site), site_cells(&site), site_behind(&site));
        }
        let statements = statement::Statements::of(cx.book, cx.today);
        let causes = gap_causes(of, cx.book, &statements, cx.today);
        Self {
            instruments,
            sites,
            columns: [stated(cx, of), summed(shown, of), differ(of, &causes)],
        }
    }
}

/// Shows the debt.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, state: &mut State) {
    let debt = state.debt.get();
    if debt.columns.iter().all(Vec::is_empty) {
        let new = (RecordKind::Debt, company);
        return nothing(ui, cx, "No debt is entered", "New debt…", new);
    }
    let selected = &mut state.selected;
    ScrollArea::vertical()
        .id_salt(("company debt", company.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            summary(ui, cx, debt);
            if debt.instruments.model.rows.is_empty() {
                let new = (RecordKind::Debt, company);
                nothing(ui, cx, "No instrument is entered", "New debt…", new);
                return;
            }
            debt.instruments
                .show_whole(ui, cx, "company debts", selected);
            if !debt.sites.model.rows.is_empty() {
                debt.sites.show_whole(ui, cx, "company sites", selected);
            }
            ui.add_space(theme::GRID);
        });
}

fn summary(ui: &mut Ui, cx: &Cx<'_>, debt: &Debts) {
    let margin = egui::Margin::symmetric(theme::GUTTER as i8, 0);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * theme::GUTTER;
        ui.columns(3, |columns| {
            let titles = ["Stated total", "Sum of instruments", "Instruments − stated"];
            for ((ui, title), facts) in columns.iter_mut().zip(titles).zip(&debt.columns) {
                ui.spacing_mut().item_spacing.y = 0.0;
                group(ui, cx, title);
                for of in facts {
                    let response = fact(ui, cx, &of.label, &of.value, of.tone);
                    if !of.tip.is_empty() {
                        response.on_hover_text(&of.tip);
                    }
                }
                if facts.is_empty() {
                    caption(ui, &cx.tokens, "Nothing to compare");
                }
            }
        });
    });
    ui.add_space(theme::GRID);
}

fn stated(cx: &Cx<'_>, of: &CompanyDebt) -> Vec<Fact> {
    let figure = companies::stated(cx, of);
    let why = of
        .stated_usd
        .as_ref()
        .err()
        .map_or("", |missing| &missing.0);
    let mut facts = vec![line("Total debt", amount(&of.stated_usd), why)];
    let Some(figure) = figure else { return facts };
    facts.push(line("As of", companies::as_of(figure), ""));
    if let Some(days) = age_days(figure, cx.today) {
        let days = format::count(usize::try_from(days).unwrap_or_default(), "day", "days");
        facts.push(line("Age", days, ""));
    }
    if let Some(source) = figure.source {
        let source = provenance::source_name(cx, source);
        facts.push(line("Source", source, ""));
    }
    facts
}

fn summed(shown: Shown<'_>, of: &CompanyDebt) -> Vec<Fact> {
    let remark = match &of.instruments_usd {
        Ok(sum) => sum.remark.as_deref().unwrap_or_default(),
        Err(missing) => &missing.0,
    };
    let mut facts = vec![line("Outstanding", amount(&of.instruments_usd), remark)];
    if !of.joint_venture_usd.is_zero() {
        let joint = format::money_compact(of.joint_venture_usd);
        facts.push(line("Of that, joint ventures", joint, ""));
    }
    for measure in [Measure::Interest, Measure::ReportedCoverage] {
        let answer = measure.of(shown.facts);
        let tip = match &answer {
            Ok(stated) => stated.remark.as_deref().unwrap_or_default(),
            Err(missing) => &missing.0,
        };
        let value = format::measured(measure.unit(), &answer);
        facts.push(line(measure.label(), value, tip));
    }
    facts
}

/// How far the two differ, and what may be the reason.
fn differ(of: &CompanyDebt, causes: &[GapCause]) -> Vec<Fact> {
    let mut facts = Vec::new();
    match of.difference_usd() {
        Ok(gap) => {
            let text = format::hedged(gap.hedge, &companies::signed(gap.value));
            facts.push(line("Difference", text, "the two are never added"));
        }
        Err(missing) => {
            facts.push(line("Difference", format::UNKNOWN.to_owned(), &missing.0));
        }
    }
    for cause in causes {
        let amount = cause.amount_usd.map(companies::signed);
        let label = match (amount, cause.explains) {
            (Some(amount), true) => format!("Reason for all of it, {amount}"),
            (Some(amount), false) => format!("Perhaps, {amount}"),
            (None, _) => "Perhaps".to_owned(),
        };
        let words = provenance::sentence(&cause.cause.words());
        let mut fact = line(&label, words, "why the stated total may differ");
        fact.tone = Tone::Secondary;
        facts.push(fact);
    }
    facts
}

fn amount(answer: &Answer<Decimal>) -> String {
    shown_as(answer, format::money_compact)
}

fn shown_as(answer: &Answer<Decimal>, text: impl Fn(Decimal) -> String) -> String {
    answer.as_ref().map_or_else(
        |_| format::UNKNOWN.to_owned(),
        |stated| format::hedged(stated.hedge, &text(stated.value)),
    )
}

/// The newest close of the share, exactly as it is told, and its currency.
fn price(cx: &Cx<'_>, shown: Shown<'_>) -> Result<(Decimal, Currency), Missing> {
    let none = || Missing::because("no close of the share is known");
    let share = shown
        .company
        .instrument
        .and_then(|id| cx.book.instrument(id));
    let last = shown.facts.row.last.as_ref().map_err(Clone::clone)?;
    let close = last.value.0.to_string().parse().map_err(|_error| none())?;
    Ok((close, share.ok_or_else(none)?.currency))
}

fn cells(
    cx: &Cx<'_>,
    debt: &Debt,
    references: &References,
    price: &Result<(Decimal, Currency), Missing>,
) -> Vec<Cell> {
    let owed = debt.outstanding_on(cx.today).or(debt.principal);
    let owed = owed.map(|money| format::hedged(debt.owed_hedge(), &format::money(money)));
    let interest = interest_a_year(debt, cx.today, references).ok();
    let interest = interest.map(|of| format::hedged(of.hedge, &format::money_compact(of.value)));
    let (parity, shares) = converts(cx, debt, price);
    let level = match debt.status {
        DebtStatus::Outstanding => debt.level.label().to_owned(),
        DebtStatus::Proposed | DebtStatus::Repaid => debt.status.label().to_owned(),
    };
    let cells = vec![
        Cell::text(debt.name.as_str()),
        Cell::quiet(level),
        Cell::quiet(debt.kind.label()),
        known(owed),
        known(debt.coupon.as_ref().map(instruments::coupon)),
        known(debt.matures.map(format::partial_date)),
        known(interest),
        match debt.conversion_price {
            Some(price) => Cell::text(instruments::price(price)),
            None if debt.kind == DebtKind::Convertible => Cell::unknown(),
            None => Cell::Blank,
        },
        parity,
        shares,
    ];
    let counts = debt.status == DebtStatus::Outstanding;
    let tone = |cell: Cell| if counts { cell } else { cell.dimmed() };
    cells.into_iter().map(tone).collect()
}

/// Parity and shares of a convertible at the newest close.
fn converts(
    cx: &Cx<'_>,
    debt: &Debt,
    price: &Result<(Decimal, Currency), Missing>,
) -> (Cell, Cell) {
    if debt.kind != DebtKind::Convertible {
        return (Cell::Blank, Cell::Blank);
    }
    let Ok(note) = Convertible::of(debt, cx.today) else {
        return (Cell::unknown(), Cell::unknown());
    };
    let same = |(_, currency): &&(Decimal, Currency)| *currency == note.principal.currency;
    let price = price.as_ref().ok().filter(same).map(|(price, _)| *price);
    let shares = format::money_compact(note.shares);
    let Some(at) = price.and_then(|price| note.at(price)) else {
        return (Cell::unknown(), Cell::quiet(shares));
    };
    let percent = format::decimal_places(at.parity, 0);
    let percent = format!("{percent}{}%", format::UNIT_GAP);
    if at.in_the_money {
        let parity = Cell::Text(format!("{percent} in"), Tone::Gain);
        (parity, Cell::text(shares))
    } else {
        let parity = Cell::quiet(format!("{percent} out"));
        (parity, Cell::Text(shares, Tone::Dim))
    }
}

fn behind(cx: &Cx<'_>, debt: &Debt, references: &References) -> Behind {
    let mut behind = Behind::of(cx, RecordKind::Debt, debt.id.0, &debt.sources);
    behind.tip.push(debt.name.clone());
    behind.tip.push(debt.status.label().to_owned());
    match interest_a_year(debt, cx.today, references) {
        Ok(of) => behind
            .tip
            .extend(of.remark.map(|why| format!("Interest: {why}"))),
        Err(missing) => behind.tip.push(format!("Interest is not known: {missing}")),
    }
    if let Err(missing) = Convertible::of(debt, cx.today)
        && debt.kind == DebtKind::Convertible
    {
        behind
            .tip
            .push(format!("Conversion is not known: {missing}"));
    }
    let more = [&debt.issuer, &debt.site, &debt.recourse, &debt.amortisation];
    behind.tip.extend(more.into_iter().flatten().cloned());
    let sources = debt.sources.iter();
    behind
        .tip
        .extend(sources.map(|id| provenance::source_name(cx, *id)));
    if !debt.note.is_empty() {
        behind.tip.push(debt.note.clone());
    }
    behind
}

fn key_of(site: &SiteCoverage) -> uuid::Uuid {
    uuid::Uuid::from_u64_pair(list::hash(&site.site), list::hash(&site.debts))
}

fn site_cells(site: &SiteCoverage) -> Vec<Cell> {
    use rust_decimal::prelude::ToPrimitive as _;
    let multiple = |value: Decimal| format::multiple(value.to_f64().unwrap_or(f64::NAN));
    let cell = |text: String| known(Some(text).filter(|text| text != format::UNKNOWN));
    vec![
        Cell::text(site.site.as_str()),
        Cell::quiet(site.debts.len().to_string()),
        cell(amount(&site.noi_usd)),
        cell(amount(&site.interest_usd)),
        cell(shown_as(&site.coverage, multiple)),
        cell(amount(&site.debt_per_mw_usd)),
    ]
}

/// What each figure of a site lacks.
fn site_behind(site: &SiteCoverage) -> Behind {
    let parts = [
        ("NOI", &site.noi_usd),
        ("Interest", &site.interest_usd),
        ("Debt per MW", &site.debt_per_mw_usd),
    ];
    let mut tip = vec![site.site.clone()];
    for (name, answer) in parts {
        let why = match answer {
            Ok(stated) => stated.remark.as_deref(),
            Err(missing) => Some(missing.0.as_str()),
        };
        tip.extend(why.map(|why| format!("{name}: {why}")));
    }
    Behind {
        tip,
        ..Behind::default()
    }
}
