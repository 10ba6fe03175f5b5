//! A figure as typed: one dated, sourced statement.

use uuid::Uuid;

use super::{
    Check, Draft, DraftCx, FieldError, LinkDraft, Live, Parsed, TimeKind,
    read::{self, Range},
    text_fields, who, write,
};
use crate::model::{
    Book, Change, CompanyId, Day, Figure, FigureId, Hedge, Metric, Op, Record, SourceId, Subject,
    Time, Unit,
    metric::{Known, MwBasis, MwStage},
};

/// Whom a figure speaks of, as picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubjectPick {
    /// The company that is typed.
    #[default]
    Company,
    /// All listed miners.
    Sector,
}

/// What a figure measures, as picked; a metric of the user's own is named in
/// a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricPick {
    /// One that every book knows.
    Known(Known),
    /// Megawatts at a stage, counted on a basis.
    Megawatts(MwStage, MwBasis),
    /// The user's own, in this unit.
    Custom(Unit),
}

impl MetricPick {
    /// The unit of its values.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Known(known) => known.unit(),
            Self::Megawatts(..) => Unit::Megawatts,
            Self::Custom(unit) => unit,
        }
    }

    /// Whether statements of it usually speak of a point in time or a period.
    pub const fn usual_time(self) -> TimeKind {
        match self {
            Self::Known(
                Known::FinancingRaised
                | Known::DebtRepurchased
                | Known::InterestExpense
                | Known::TotalRevenue
                | Known::AiRevenue
                | Known::AiRevenueShare
                | Known::NetIncome
                | Known::NoiMargin
                | Known::BtcSold
                | Known::BtcSoldShare
                | Known::PriceReturn,
            ) => TimeKind::Period,
            Self::Known(_) | Self::Megawatts(..) | Self::Custom(_) => TimeKind::Instant,
        }
    }

    const fn basis(self) -> MwBasis {
        match self {
            Self::Megawatts(_, basis) => basis,
            Self::Known(_) | Self::Custom(_) => MwBasis::Unstated,
        }
    }
}

/// A figure as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDraft {
    /// The figure that is corrected; none adds a statement.
    pub id: Option<FigureId>,
    /// Whom it speaks of.
    pub subject: SubjectPick,
    /// The company, if it speaks of one.
    pub company: String,
    /// What it measures.
    pub metric: MetricPick,
    /// The name of a metric of the user's own.
    pub custom_name: String,
    /// The number in the metric's unit; may be hedged.
    pub value: String,
    /// It is a plan, target or projection.
    pub planned: bool,
    /// Whether it speaks of a point in time or a period.
    pub time_kind: TimeKind,
    /// The time it speaks of.
    pub time: String,
    /// When it was stated.
    pub stated: String,
    /// The source it has; a pasted link takes its place.
    pub source: Option<SourceId>,
    /// A source to use instead.
    pub link: LinkDraft,
    /// What it covers, and remarks.
    pub note: String,
}

impl Default for FigureDraft {
    fn default() -> Self {
        Self {
            id: None,
            subject: SubjectPick::Company,
            company: String::new(),
            metric: MetricPick::Known(Known::TotalDebt),
            custom_name: String::new(),
            value: String::new(),
            planned: false,
            time_kind: TimeKind::Instant,
            time: String::new(),
            stated: String::new(),
            source: None,
            link: LinkDraft::default(),
            note: String::new(),
        }
    }
}

impl FigureDraft {
    /// A blank statement made on that day.
    pub fn new(stated: Day) -> Self {
        Self {
            stated: stated.to_string(),
            ..Self::default()
        }
    }

    /// The figure as one would type it, to be corrected.
    pub fn from_record(figure: &Figure, book: &Book) -> Self {
        let (subject, company) = match figure.subject {
            Subject::Company(id) => (SubjectPick::Company, who::text_of(id, book)),
            Subject::Sector => (SubjectPick::Sector, String::new()),
        };
        let (metric, custom_name) = match &figure.metric {
            Metric::Known(known) => (MetricPick::Known(*known), String::new()),
            Metric::Megawatts(stage, basis) => {
                (MetricPick::Megawatts(*stage, *basis), String::new())
            }
            Metric::Custom(name, unit) => (MetricPick::Custom(*unit), name.clone()),
        };
        Self {
            id: Some(figure.id),
            subject,
            company,
            metric,
            custom_name,
            value: write::value(figure.value, metric.unit(), figure.currency, figure.hedge),
            planned: figure.hedge == Hedge::Planned,
            time_kind: time_kind(figure.time, metric.usual_time()),
            time: write::or_blank(figure.time, write::time),
            stated: write::or_blank(figure.stated, write::date),
            source: figure.source,
            link: LinkDraft::default(),
            note: figure.note.clone(),
        }
    }

    /// The same as a new statement.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self
    }

    /// Picks the metric, and with it the kind of time it usually speaks of.
    pub fn pick_metric(&mut self, metric: MetricPick) {
        self.metric = metric;
        self.time_kind = metric.usual_time();
    }

    fn subject(&self, check: &mut Check<'_>) -> Option<Subject> {
        match self.subject {
            SubjectPick::Company => check.company("company").map(Subject::Company),
            SubjectPick::Sector => Some(Subject::Sector),
        }
    }

    fn metric(&self, check: &mut Check<'_>) -> Option<Metric> {
        match self.metric {
            MetricPick::Known(known) => Some(Metric::Known(known)),
            MetricPick::Megawatts(stage, basis) => Some(Metric::Megawatts(stage, basis)),
            MetricPick::Custom(unit) => {
                let name = check.text("custom_name");
                let name = check.required("custom_name", name, "Write what the metric is called");
                name.map(|name| Metric::Custom(name, unit))
            }
        }
    }
}

/// The kind of a time, or the usual one where there is none.
pub(super) const fn time_kind(time: Option<Time>, usual: TimeKind) -> TimeKind {
    match time {
        Some(Time::Instant(_)) => TimeKind::Instant,
        Some(Time::Period(_)) => TimeKind::Period,
        None => usual,
    }
}

/// A company's name, or the sector, for a label of undo.
fn subject_name(company: Option<CompanyId>, book: &Book) -> &str {
    company.map_or("Sector", |id| who::name_of(id, book))
}

impl Draft for FigureDraft {
    text_fields! { company custom_name value time stated note + link }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "company" => match self.subject {
                SubjectPick::Company => who::company(&self.company, cx.book),
                SubjectPick::Sector => Live::Empty,
            },
            "value" => read::value(
                &self.value,
                self.metric.unit(),
                self.metric.basis(),
                Range::Any,
            ),
            "time" => read::time(&self.time, self.time_kind),
            "stated" => read::date(&self.stated),
            "custom_name" | "note" => read::words(self.text(field).unwrap_or_default()),
            other => self.link.live(other, cx),
        }
    }

    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>> {
        let mut check = Check::new(self, cx);
        let subject = self.subject(&mut check);
        let metric = self.metric(&mut check);
        let number = match check.parsed("value") {
            Some(Parsed::Money(money, hedge)) => Some((money.amount, Some(money.currency), hedge)),
            Some(Parsed::Number(value, _, hedge)) => Some((value, None, hedge)),
            Some(_) | None => None,
        };
        let number = check.required("value", number, "Write the number that was stated");
        let hedge = number.map_or(Hedge::Exact, |(_, _, hedge)| hedge);
        let hedge = check.planned("value", hedge, self.planned);
        let linked = self.link.build(&mut check, cx.book, new_id);
        let there = self.source.filter(|id| cx.book.source(*id).is_some());
        let figure = (|| {
            let (value, currency, _) = number?;
            Some(Figure {
                id: self.id.unwrap_or_else(|| FigureId(new_id())),
                subject: subject?,
                metric: metric?,
                value,
                currency,
                hedge,
                time: check.time("time"),
                stated: check.date("stated"),
                source: linked.as_ref().map(|linked| linked.id).or(there),
                note: check.text("note").unwrap_or_default(),
            })
        })();
        let figure = check.done(figure)?;
        let verb = if self.id.is_some() { "correct" } else { "add" };
        let label = format!(
            "{verb} figure {} – {}",
            subject_name(figure.subject.company(), cx.book),
            figure.metric
        );
        let mut ops: Vec<_> = linked.and_then(|linked| linked.op).into_iter().collect();
        ops.push(Op::put(Record::Figure(figure)));
        Ok(Change::new(label, ops))
    }
}
