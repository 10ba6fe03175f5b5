//! Instruments and their series as a table: which are shown, titles, cells,
//! order, tooltips.

use egui::Ui;
use rust_decimal::Decimal;

use crate::analytics::freshness::{Coverage, Freshness};
use crate::closed_set;
use crate::model::{Attempt, Feed, Instrument, Outcome};
use crate::ui::page::list::Key;
use crate::ui::price_state;
use crate::ui::theme;
use crate::ui::widget::secondary;
use crate::ui::widget::table::{self, Cell, Model, Row, Tone};
use crate::ui::{Cx, format, provenance};

closed_set! {
    /// A column of the Data page.
    Column {
        /// The colour of its line.
        Square = "square", "";
        /// Symbol and name.
        Instrument = "instrument", "Instrument";
        /// Who gave the newest bar.
        Provider = "provider", "From";
        /// First day.
        First = "first", "First day";
        /// Last day.
        Last = "last", "Last day";
        /// How many closes.
        Rows = "rows", "Rows";
        /// Market days without a close.
        Gaps = "gaps", "Gaps";
        /// How up to date.
        Freshness = "freshness", "State";
        /// When it was last asked for.
        Tried = "tried", "Last try";
        /// What came of it.
        Result = "result", "Result";
    }
}

closed_set! {
    /// A part of the instruments.
    Part {
        /// Market days are missing, or there is nothing.
        Stale = "stale", "Stale";
        /// A jump waits for an answer.
        Asks = "asks", "Questions";
        /// Kept by hand.
        Locked = "locked", "Locked";
    }
}

/// What an instrument must match to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Part of a symbol, a name or a kind, in any case.
    pub text: String,
    /// Only these.
    pub part: Option<Part>,
}

impl Filter {
    /// True if the instrument is shown.
    pub fn matches(&self, cx: &Cx<'_>, instrument: &Instrument) -> bool {
        let text = self.text.trim().to_lowercase();
        let former = instrument.former_symbols.iter().map(String::as_str);
        let mut words = [
            instrument.symbol.as_str(),
            &instrument.name,
            instrument.kind.label(),
        ]
        .into_iter()
        .chain(former);
        let named = words.any(|word| word.to_lowercase().contains(&text));
        named && self.part.is_none_or(|part| part.has(cx, instrument))
    }
}

impl Part {
    fn has(self, cx: &Cx<'_>, instrument: &Instrument) -> bool {
        match self {
            Self::Stale => {
                let coverage = cx.coverage.get(&instrument.id);
                let late = coverage.is_some_and(|coverage| match coverage.freshness {
                    Freshness::Empty | Freshness::Behind { .. } => true,
                    Freshness::Current | Freshness::Live => false,
                });
                late && !instrument.locked
            }
            Self::Asks => {
                let feed = cx.feeds.get(instrument.id);
                feed.is_some_and(|feed| feed.question.is_some())
            }
            Self::Locked => instrument.locked,
        }
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Square => "",
            Self::Instrument => "Symbol and name",
            Self::Provider => "Who gave the newest close",
            Self::First => "First day with a close",
            Self::Last => "Last day with a close",
            Self::Rows => "How many closes are stored",
            Self::Gaps => "Market days between the two that have no close",
            Self::Freshness => "Whether the newest close there could be is there",
            Self::Tried => "When a provider was last asked",
            Self::Result => "What came of it",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Square => 32.0,
            Self::Instrument => 118.0,
            Self::Provider => 70.0,
            Self::First | Self::Last => 94.0,
            Self::Rows => 50.0,
            Self::Gaps => 44.0,
            Self::Freshness => 116.0,
            Self::Tried => 96.0,
            Self::Result => 132.0,
        }
    }

    const fn right(self) -> bool {
        matches!(
            self,
            Self::First | Self::Last | Self::Rows | Self::Gaps | Self::Tried
        )
    }

    /// The columns where there is room for all, and beside a pane.
    fn shown(lean: bool) -> impl Iterator<Item = Self> + Clone {
        let all = Self::ALL.iter().copied();
        all.filter(move |column| !(lean && matches!(column, Self::First | Self::Rows)))
    }

    /// Whether there is more to say of a cell than it shows.
    pub const fn has_tip(self) -> bool {
        match self {
            Self::Provider | Self::Rows | Self::Freshness | Self::Tried | Self::Result => true,
            Self::Square | Self::Instrument | Self::First | Self::Last | Self::Gaps => false,
        }
    }

    /// How much room all columns need.
    pub fn room() -> f32 {
        let all = Self::ALL.iter();
        all.map(|column| column.width()).sum()
    }

    /// True if the first click sorts the largest first.
    pub const fn starts_down(self) -> bool {
        matches!(self, Self::Last | Self::Rows | Self::Gaps | Self::Tried)
    }

    fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: self.right(),
            grows: matches!(self, Self::Instrument | Self::Result),
            sorts: self != Self::Square,
        }
    }

    /// What rows are compared by; none is not known.
    pub fn key(self, cx: &Cx<'_>, instrument: &Instrument) -> Option<Key> {
        let of = Of::new(cx, instrument);
        let number = |number: usize| Key::Number(Decimal::from(number));
        match self {
            Self::Square => None,
            Self::Instrument => Key::text(&instrument.symbol),
            Self::Provider => Key::text(format::given_by(of.feed?.last_by.as_deref()?)),
            Self::First => of.coverage?.first.map(|day| Key::Days(day, day)),
            Self::Last => of.coverage?.last.map(|day| Key::Days(day, day)),
            Self::Rows => Some(number(of.coverage?.rows)),
            Self::Gaps => Some(number(of.coverage?.gaps)),
            Self::Freshness => Some(number(of.lateness())),
            Self::Tried => Some(Key::Number(of.last()?.at.as_second().into())),
            Self::Result => Key::text(of.last()?.outcome.label()),
        }
    }

    fn cell(self, cx: &Cx<'_>, instrument: &Instrument) -> Cell {
        let of = Of::new(cx, instrument);
        let coverage = of.coverage.filter(|coverage| coverage.rows > 0);
        match self {
            Self::Square => Cell::Square(colour(cx, instrument)),
            Self::Instrument => Cell::Pair(instrument.symbol.clone(), instrument.name.clone()),
            Self::Provider => {
                let code = of.feed.and_then(|feed| feed.last_by.as_deref());
                known(code.map(|code| format::given_by(code).to_owned())).quieter()
            }
            Self::First => {
                let first = coverage.and_then(|coverage| coverage.first);
                known(first.map(format::day_long)).quieter()
            }
            Self::Last => known(
                coverage
                    .and_then(|coverage| coverage.last)
                    .map(format::day_long),
            ),
            Self::Rows => known(coverage.map(|coverage| format::rows(coverage.rows))).quieter(),
            Self::Gaps => known(coverage.map(|coverage| format::rows(coverage.gaps))).quieter(),
            Self::Freshness => state(&of),
            Self::Tried => known(of.last().map(|last| format::moment(last.at, cx.now))).quieter(),
            Self::Result => of.last().map_or_else(Cell::unknown, result),
        }
    }
}

/// An instrument and what is known of its series.
#[derive(Clone, Copy)]
struct Of<'a> {
    instrument: &'a Instrument,
    feed: Option<&'a Feed>,
    coverage: Option<&'a Coverage>,
}

impl<'a> Of<'a> {
    fn new(cx: &'a Cx<'_>, instrument: &'a Instrument) -> Self {
        Self {
            instrument,
            feed: cx.feeds.get(instrument.id),
            coverage: cx.coverage.get(&instrument.id),
        }
    }

    /// The last attempt, which decided the turn.
    fn last(&self) -> Option<&'a Attempt> {
        self.feed.and_then(|feed| feed.last_turn.last())
    }

    /// The place in the order by state: most days missing last.
    fn lateness(&self) -> usize {
        let freshness = self.coverage.map(|coverage| coverage.freshness);
        match (self.instrument.locked, freshness) {
            (true, _) => 0,
            (false, Some(Freshness::Live)) => 1,
            (false, Some(Freshness::Current)) => 2,
            (false, Some(Freshness::Behind { days })) => days.saturating_add(2),
            (false, Some(Freshness::Empty) | None) => usize::MAX,
        }
    }
}

fn known(text: Option<String>) -> Cell {
    text.map_or_else(Cell::unknown, Cell::text)
}

/// The colour of the instrument's line in the chart.
pub fn colour(cx: &Cx<'_>, instrument: &Instrument) -> egui::Color32 {
    let mut companies = cx.book.companies();
    let company = companies.find(|company| company.instrument == Some(instrument.id));
    company.map_or_else(
        || theme::series_colour(&instrument.symbol, cx.tokens.dark),
        |company| cx.company_colour(company),
    )
}

fn state(of: &Of<'_>) -> Cell {
    if of.feed.is_some_and(|feed| feed.question.is_some()) {
        return Cell::Text("question".to_owned(), Tone::Warn);
    }
    let text = format::freshness(of.coverage, of.instrument.locked);
    let freshness = of.coverage.map(|coverage| coverage.freshness);
    let tone = match (of.instrument.locked, freshness) {
        (true, _) | (false, None) => Tone::Dim,
        (false, Some(Freshness::Empty | Freshness::Behind { .. })) => Tone::Warn,
        (false, Some(Freshness::Current)) => Tone::Secondary,
        (false, Some(Freshness::Live)) => Tone::Primary,
    };
    Cell::Text(text, tone)
}

/// What came of an attempt; one that failed stands out.
pub fn result(attempt: &Attempt) -> Cell {
    // One that was left in peace did not fail.
    let tone = if attempt.outcome.is_success() || attempt.outcome == Outcome::Quiet {
        Tone::Secondary
    } else {
        Tone::Warn
    };
    let provider = attempt.provider.label();
    Cell::Text(format!("{provider}: {}", attempt.outcome.label()), tone)
}

/// The table of these instruments; a lean one leaves out what the pane says.
pub fn model(cx: &Cx<'_>, instruments: &[&Instrument], lean: bool) -> Model {
    let columns = Column::shown(lean);
    let row = |instrument: &&Instrument| {
        let cells: Vec<_> = columns
            .clone()
            .map(|column| column.cell(cx, instrument))
            .collect();
        let mut label = format!("{} {}", instrument.symbol, instrument.name);
        for (column, cell) in columns.clone().zip(&cells) {
            if let Cell::Text(text, _) = cell
                && text != format::UNKNOWN
            {
                label.extend([", ", column.label(), " ", text]);
            }
        }
        Row {
            key: instrument.id.0,
            label,
            cells,
        }
    };
    Model {
        columns: columns.clone().map(Column::title).collect(),
        rows: instruments.iter().map(row).collect(),
    }
}

/// Explains a cell.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument, column: Column) {
    ui.set_max_width(420.0);
    ui.strong(format!(
        "{}: {}",
        instrument.symbol,
        column.hint().to_lowercase()
    ));
    let of = Of::new(cx, instrument);
    let turn = of.feed.map_or(&[][..], |feed| &feed.last_turn);
    match column {
        Column::Provider | Column::Rows => {
            for (code, rows) in of.feed.iter().flat_map(|feed| &feed.rows_by) {
                let rows = format::count(*rows, "row", "rows");
                secondary(
                    ui,
                    &cx.tokens,
                    &format!("{}: {rows}", format::given_by(code)),
                );
            }
        }
        Column::Freshness => {
            if let Some(state) = price_state::of(cx, instrument.id) {
                ui.label(provenance::sentence(&state.text));
            }
        }
        Column::Tried | Column::Result if turn.is_empty() => {
            secondary(ui, &cx.tokens, "No provider was asked yet");
        }
        Column::Tried | Column::Result => {
            for attempt in turn {
                ui.label(format::attempt(attempt, cx.now));
            }
        }
        Column::Square | Column::Instrument | Column::First | Column::Last | Column::Gaps => {}
    }
}
