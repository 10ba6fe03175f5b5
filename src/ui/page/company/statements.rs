//! Every statement about a company by metric, newest first: which one counts
//! and why, and where statements disagree.

use egui::Ui;
use uuid::Uuid;

use crate::analytics::Input;
use crate::analytics::conflicts::{Basis, Conflict, State as Settled, Topic};
use crate::analytics::staleness::Limits;
use crate::analytics::statement::{self, SAME_TIME_DAYS, age_days, speaks_of};
use crate::model::metric::Known;
use crate::model::pin::Told;
use crate::model::{CompanyId, Figure, FigureId, Hedge, Metric, PinId, RecordKind, Subject};
use crate::ui::state::UiState;
use crate::ui::widget::table::{Cell, Column, Tone};
use crate::ui::{Action, Command, Cx, format, provenance};

use super::rows::{Behind, Rows, WARNING, column, known, name, nothing, number, warning};
use super::statement_bar;

const COLUMNS: [Column; 8] = [
    column(
        "conflict",
        WARNING,
        "Statements that disagree: a click shows them side by side",
        32.0,
    ),
    name("metric", "Metric", "What it measures", 150.0),
    number("value", "Value", "As stated, with its hedge", 112.0),
    number("time", "Speaks of", "The day or period it speaks of", 122.0),
    number("stated", "Stated", "When it was said", 94.0),
    number("age", "Age", "Days since the time it speaks of", 44.0),
    column(
        "counts",
        "Counts",
        "Whether this is the one that counts, and why",
        190.0,
    ),
    name("source", "Source", "Who said it", 150.0),
];
const CONFLICT: usize = 0;

/// The statements of a company, prepared.
#[derive(Default)]
pub struct Statements {
    /// The table.
    pub rows: Rows,
    stated: Vec<Stated>,
}

/// What stands behind a row.
pub struct Stated {
    /// The statement.
    pub figure: FigureId,
    /// It in words.
    pub words: String,
    /// Whether it counts, and why.
    pub verdict: String,
    /// The decision by which it counts.
    pub pin: Option<PinId>,
    /// Whether it could be picked to count.
    pub may_count: bool,
    /// The conflict it is part of, by its place in the list.
    pub conflict: Option<usize>,
}

impl Statements {
    /// The statements about a company known on the day.
    pub fn of(cx: &Cx<'_>, company: CompanyId) -> Self {
        let subject = Subject::Company(company);
        let known = statement::Statements::of(cx.book, cx.today);
        let mut figures: Vec<&Figure> = known
            .groups()
            .filter(|(of, ..)| *of == subject)
            .flat_map(|(.., figures)| figures.iter().copied())
            .collect();
        figures.sort_by(|a, b| newest_first(a, b));
        let mut of = Self {
            rows: Rows::new(&COLUMNS),
            stated: Vec::with_capacity(figures.len()),
        };
        let mut above: Option<&Metric> = None;
        for figure in figures {
            let first = above != Some(&figure.metric);
            above = Some(&figure.metric);
            of.push(cx, &known, figure, first);
        }
        of
    }

    fn push(
        &mut self,
        cx: &Cx<'_>,
        known: &statement::Statements<'_>,
        figure: &Figure,
        first: bool,
    ) {
        let conflict = conflict_of(cx, figure);
        let (verdict, counts) = match verdict(known, figure) {
            (_, true) if is_outdone(cx, figure) => {
                ("no: computed from AI and total revenue".to_owned(), false)
            }
            verdict => verdict,
        };
        let words = format!("{} {}", figure.metric, format::figure(figure));
        let sources: Vec<_> = figure.source.into_iter().collect();
        let mut behind = Behind::of(cx, RecordKind::Figure, figure.id.0, &sources);
        behind.tip = vec![words.clone(), provenance::spoken(cx, figure)];
        if let Some(pin) = known.pick_of(figure) {
            behind
                .tip
                .push(provenance::sentence(&statement::remark(pin)));
        }
        if !figure.note.is_empty() {
            behind.tip.push(figure.note.clone());
        }
        behind.mark = conflict.map(|(_, of)| match of.state {
            Settled::Open => "in conflict",
            Settled::Picked(_) | Settled::Explained(_) => "conflict settled",
        });
        let cells = cells(cx, figure, (first, counts), &verdict, conflict);
        self.rows.push(figure.id.0, cells, behind);
        // A metric that stands above is not repeated, but still said.
        if let Some(row) = self.rows.model.rows.last_mut()
            && !first
        {
            row.label = format!("{}, {}", figure.metric, row.label);
        }
        self.stated.push(Stated {
            figure: figure.id,
            words,
            verdict,
            pin: known.pick_of(figure).map(|pin| pin.id),
            may_count: known.may_count(figure),
            conflict: conflict.map(|(place, _)| place),
        });
    }

    /// What stands behind the row of that key.
    pub fn behind(&self, key: Uuid) -> Option<&Stated> {
        self.stated.get(self.rows.model.row_of(key)?)
    }
}

fn newest_first(a: &Figure, b: &Figure) -> std::cmp::Ordering {
    let plan = |figure: &Figure| figure.hedge == Hedge::Planned;
    let newest = speaks_of(b).cmp(&speaks_of(a)).then(a.id.cmp(&b.id));
    a.metric
        .cmp(&b.metric)
        .then(plan(a).cmp(&plan(b)))
        .then(newest)
}

fn cells(
    cx: &Cx<'_>,
    figure: &Figure,
    (first, counts): (bool, bool),
    verdict: &str,
    conflict: Option<(usize, &Conflict)>,
) -> Vec<Cell> {
    let mark = match conflict {
        Some((_, of)) if of.state == Settled::Open => warning(true),
        Some(_) => Cell::Text(WARNING.to_owned(), Tone::Dim),
        None => Cell::Blank,
    };
    let metric = if first {
        Cell::text(figure.metric.to_string())
    } else {
        Cell::Blank
    };
    let source = figure.source.map(|id| provenance::source_name(cx, id));
    let cells = vec![
        mark,
        metric,
        Cell::text(format::figure(figure)),
        known(figure.time.map(format::time)),
        known(figure.stated.map(format::partial_date)).quieter(),
        Cell::Age(age_days(figure, cx.today), Limits::of(&figure.metric)),
        Cell::quiet(verdict),
        known(source).quieter(),
    ];
    let tone = |cell: Cell| if counts { cell } else { cell.dimmed() };
    cells.into_iter().map(tone).collect()
}

/// Whether a statement counts, in words.
fn verdict(known: &statement::Statements<'_>, figure: &Figure) -> (String, bool) {
    let (subject, metric) = (figure.subject, &figure.metric);
    if figure.hedge == Hedge::Planned {
        return ("no: a plan".to_owned(), false);
    }
    if !known.may_count(figure) {
        return ("no: its time is to come".to_owned(), false);
    }
    let all = known.all(subject, metric).iter().copied();
    let others: Vec<&Figure> = all.filter(|of| known.may_count(of)).collect();
    let newest = others.iter().filter_map(|of| speaks_of(of)).max();
    let chosen = known.chosen(subject, metric);
    let counts = chosen.is_some_and(|chosen| chosen.id == figure.id);
    let computed = known.counts_computed(subject, metric);
    let verdict = match (counts, known.pick_of(figure)) {
        (true, _) if computed => "no: what is computed counts, by your choice".to_owned(),
        (true, Some(pin)) => format!("yes: {}", statement::remark(pin)),
        (true, None) if others.len() == 1 => "yes: the only one".to_owned(),
        (true, None) if speaks_of(figure) == newest => "yes: the newest".to_owned(),
        (true, None) => format!("yes: better source within {SAME_TIME_DAYS} days"),
        (false, _) if chosen.is_some_and(|chosen| known.pick_of(chosen).is_some()) => {
            "no: you chose another".to_owned()
        }
        (false, _) => match (speaks_of(figure), chosen.and_then(speaks_of)) {
            (None, Some(_)) => "no: its day is not known".to_owned(),
            (Some(own), Some(other)) if own < other => "no: older".to_owned(),
            (Some(_) | None, _) => "no: another source goes first".to_owned(),
        },
    };
    (verdict, counts && !computed)
}

/// True of a stated share of AI revenue where the one computed counts.
fn is_outdone(cx: &Cx<'_>, figure: &Figure) -> bool {
    let share = Metric::Known(Known::AiRevenueShare);
    let facts = figure.subject.company().and_then(|id| cx.derived.facts(id));
    let used = facts.and_then(|facts| facts.row.ai_revenue_share.as_ref().ok());
    let this = Input::Figure(figure.id);
    figure.metric == share && used.is_some_and(|used| !used.inputs.contains(&this))
}

/// The conflict that a statement is part of, an open one first.
fn conflict_of<'a>(cx: &'a Cx<'_>, figure: &Figure) -> Option<(usize, &'a Conflict)> {
    let is_in = |of: &Conflict| {
        let topic = match &of.topic {
            Topic::Metric(metric) => *metric == figure.metric,
            Topic::Deal(_) | Topic::CoinPrice(_) => false,
        };
        let told = [&of.one, &of.other].into_iter().any(|side| {
            let basis = match &side.basis {
                Basis::Told(told) => *told == Told::Figure(figure.id),
                Basis::Computed(figures) => figures.contains(&figure.id),
                Basis::Closes { .. } => false,
            };
            basis || side.also.contains(&figure.id)
        });
        of.subject == figure.subject && told && (topic || is_computed_from(of, figure))
    };
    let list = cx.derived.conflicts.list.iter().enumerate();
    let found = list.filter(|(_, of)| is_in(of));
    found.min_by_key(|(_, of)| of.state != Settled::Open)
}

/// A share computed of two amounts is in conflict through both.
fn is_computed_from(of: &Conflict, figure: &Figure) -> bool {
    [&of.one, &of.other]
        .into_iter()
        .any(|side| match &side.basis {
            Basis::Computed(figures) => figures.contains(&figure.id),
            Basis::Told(_) | Basis::Closes { .. } => false,
        })
}

/// Shows the statements, and of the selected one what can be done with it.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, state: &mut UiState, scroll: bool) {
    let tabs = &mut state.company.tabs;
    let statements = tabs.statements.get();
    if statements.rows.model.rows.is_empty() {
        let new = (RecordKind::Figure, company);
        return nothing(ui, cx, "Nothing is stated", "New figure…", new);
    }
    let stated = tabs.selected.and_then(|key| statements.behind(key));
    let mut wanted = statement_bar::show(ui, cx, stated, &mut tabs.choosing);
    let output = statements
        .rows
        .show(ui, cx, "company statements", &mut tabs.selected, scroll);
    if output.clicked_column == Some(CONFLICT) {
        let row = output.clicked.and_then(|row| statements.stated.get(row));
        wanted = wanted.or_else(|| row?.conflict);
    }
    if let Some(of) = wanted.and_then(|place| cx.derived.conflicts.list.get(place)) {
        state.conflicts.reveal(of);
        cx.act(Action::Run(Command::GoConflicts));
    }
}
