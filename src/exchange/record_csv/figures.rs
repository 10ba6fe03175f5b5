//! Figures as rows and back. The value stands in the unit of its metric.

use uuid::Uuid;

use super::cells::Cells;
use super::keys::Keys;
use super::row::RowReader;
use super::values::{date, metric, one_of, time, time_text, usual_time, value, value_text};
use crate::model::{Currency, Figure, FigureId, Metric, Unit};

/// What says that an amount has no currency.
const NO_CURRENCY: &str = "none";

pub(super) fn cells(figure: &Figure, keys: &Keys<'_>) -> Cells {
    let unit = figure.metric.unit();
    let usual = usual_time(&figure.metric);
    let mut row = Cells::default();
    row.put("id", figure.id.to_string());
    row.put("company", keys.subject_text(figure.subject));
    row.put("metric", figure.metric.code());
    row.put("value", value_text(figure.value, unit));
    row.put("unit", unit.code());
    row.put("currency", currency_text(figure.currency, unit));
    row.put("hedge", figure.hedge.code());
    row.put_some("time", figure.time, |time| time_text(time, usual));
    row.put_some("stated", figure.stated, |date| date.to_string());
    row.put_some("source", figure.source, |id| id.to_string());
    row.put("source_title", keys.titles(figure.source.as_slice()));
    row.put_words("note", Some(figure.note.as_str()).filter(|n| !n.is_empty()));
    row
}

fn currency_text(currency: Option<Currency>, unit: Unit) -> String {
    match currency {
        Some(currency) => currency.to_string(),
        None if unit == Unit::Money => NO_CURRENCY.to_owned(),
        None => String::new(),
    }
}

pub(super) fn read(row: &mut RowReader<'_>, id: Uuid) -> Option<Figure> {
    let keys = row.keys;
    let subject = row.must("company", |text| keys.subject(text));
    let metric = row.must("metric", metric);
    let read = metric.as_ref().and_then(|metric| {
        check_unit(row, metric);
        row.must("value", |text| value(text, metric))
    });
    let (number, typed, hedge) = match read {
        Some((number, typed, hedge)) => (Some(number), typed, hedge),
        None => (None, None, None),
    };
    let unit = metric.as_ref().map(Metric::unit);
    let currency = read_currency(row, unit, typed);
    let usual = metric.as_ref().map(usual_time);
    let time = usual.and_then(|usual| row.read("time", |text| time(text, usual)));
    Some(Figure {
        id: FigureId(id),
        currency,
        hedge: row.hedge("hedge", hedge),
        time,
        stated: row.read("stated", date),
        source: row.read("source", |text| keys.source(text)),
        note: row.words("note").unwrap_or_default(),
        // Only now may the row be given up: all of its faults are noted.
        subject: subject?,
        metric: metric?,
        value: number?,
    })
}

/// The unit is that of the metric: a column that says another one is a mistake.
fn check_unit(row: &mut RowReader<'_>, metric: &Metric) {
    let unit = metric.unit();
    row.read("unit", |text| {
        let stated = one_of(text, Unit::ALL, Unit::code, Unit::label)?;
        if stated == unit {
            return Ok(());
        }
        Err(format!(
            "{} is told in {}: write the value so, and {} here or nothing",
            metric.code(),
            unit.code(),
            unit.code()
        ))
    });
}

/// The currency typed with the value or in its own column; US dollars for an
/// amount without either.
fn read_currency(
    row: &mut RowReader<'_>,
    unit: Option<Unit>,
    typed: Option<Currency>,
) -> Option<Currency> {
    let stated = row.read("currency", |text| {
        let text = text.trim();
        if text.eq_ignore_ascii_case(NO_CURRENCY) {
            return Ok(None);
        }
        let currency: Result<Currency, _> = text.to_uppercase().parse();
        let currency = currency.map_err(|error| error.to_string())?;
        match typed {
            Some(typed) if typed != currency => Err(format!(
                "the value is in {typed}, this column says {currency}: write one of them"
            )),
            Some(_) | None => Ok(Some(currency)),
        }
    });
    match stated {
        Some(stated) => stated,
        None if unit == Some(Unit::Money) => Some(typed.unwrap_or(Currency::USD)),
        None => None,
    }
}
