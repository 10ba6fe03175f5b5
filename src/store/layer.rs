//! The two layers of a series: what the user brought, and under it what
//! providers gave. Compares the lower one with a fetch. It must not write.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::error::Fault;
use super::feed::OWN;
use super::price::{VALUES, bar_of, day_number};
use crate::model::feed::Extent;
use crate::model::{Bar, Fetched, Series};

/// A stored bar.
struct Row {
    bar: Bar,
    batch: i64,
    is_own: bool,
    is_live: bool,
}

/// Everything stored of a series, by number of the day.
pub(super) struct Layers {
    /// The bars in sight.
    sight: BTreeMap<i64, Row>,
    /// What was given for days of the user's own, by owner in the shadow.
    waiting: BTreeMap<i64, (i64, Row)>,
    /// The first of the user's batches that holds a day of theirs: the last
    /// that undo would take back.
    bottom: BTreeMap<i64, i64>,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Plan<'a> {
    /// Bars that come into sight.
    pub put: Vec<&'a Bar>,
    /// Bars that wait under the batch of that number.
    pub wait: Vec<(i64, &'a Bar)>,
    /// Days that go out of sight for good.
    pub remove: Vec<i64>,
    /// Owner, origin and day of waiting bars that go for good.
    pub forget: Vec<[i64; 3]>,
}

impl Layers {
    /// Reads both layers of a series.
    pub(super) fn load(conn: &Connection, series: i64, symbol: &str) -> Result<Self, Fault> {
        let own = format!("price_batch.provider IN {OWN}, price_batch.live_day IS day");
        let mut layers = Self {
            sight: BTreeMap::new(),
            waiting: BTreeMap::new(),
            bottom: BTreeMap::new(),
        };
        let sql = format!(
            "SELECT day, {VALUES}, batch, {own}, 0 FROM price
             CROSS JOIN price_batch ON price_batch.id = batch WHERE price.series = ?1"
        );
        each_row(conn, &sql, series, symbol, |_, row| {
            let day = day_number(row.bar.day);
            if row.is_own {
                layers.bottom.insert(day, row.batch);
            }
            layers.sight.insert(day, row);
        })?;
        // Rows whose owner is their own batch are of an import taken back.
        let sql = format!(
            "SELECT day, {VALUES}, origin, {own}, owner FROM price_batch AS over
             CROSS JOIN price_shadow ON owner = over.id
             CROSS JOIN price_batch ON price_batch.id = origin
             WHERE over.series = ?1 AND over.seq IS NOT NULL AND origin <> owner"
        );
        each_row(conn, &sql, series, symbol, |owner, row| {
            let day = day_number(row.bar.day);
            if row.is_own {
                let bottom = layers.bottom.entry(day).or_insert(row.batch);
                *bottom = row.batch.min(*bottom);
            } else {
                layers.waiting.insert(day, (owner, row));
            }
        })?;
        Ok(layers)
    }

    /// On how many days of the user's own, or all, the stored close is another.
    pub(super) fn differing(&self, bars: &Series, all: bool) -> usize {
        let differs = |bar: &&Bar| match self.sight.get(&day_number(bar.day)) {
            Some(row) => (all || row.is_own) && row.bar.close != bar.close,
            None => all,
        };
        bars.bars().iter().filter(differs).count()
    }

    /// What must be written for the lower layer to be as fetched.
    pub(super) fn plan<'a>(&self, fetched: &'a Fetched) -> Plan<'a> {
        let mut plan = Plan::default();
        let mut days = BTreeSet::new();
        for bar in fetched.bars.bars() {
            let day = day_number(bar.day);
            days.insert(day);
            let is_live = fetched.live == Some(bar.day);
            let says_more = |row: &Row| !is_confirmed(row, bar, is_live, fetched.extent);
            match (self.bottom.get(&day), self.sight.get(&day)) {
                (Some(bottom), _) => {
                    let waiting = self.waiting.get(&day);
                    if waiting.is_none_or(|(_, row)| says_more(row)) {
                        plan.wait.push((*bottom, bar));
                        let old = waiting.map(|(owner, row)| [*owner, row.batch, day]);
                        plan.forget.extend(old);
                    }
                }
                (None, sight) => {
                    let under = self.waiting.get(&day);
                    plan.forget
                        .extend(under.map(|(owner, row)| [*owner, row.batch, day]));
                    if sight.is_none_or(says_more) {
                        plan.put.push(bar);
                    }
                }
            }
        }
        let ends = days.first().copied().zip(days.last().copied());
        let replaced = match (fetched.extent, ends) {
            (Extent::Days, _) | (_, None) => return plan,
            // From a question on nothing is known: what is stored there stays.
            (Extent::FromFirst, Some(ends)) if fetched.question.is_some() => ends.0..=ends.1,
            (Extent::FromFirst, Some((first, _))) => first..=i64::MAX,
            (Extent::Everything, Some(_)) => i64::MIN..=i64::MAX,
        };
        let gone = |day: &i64| !days.contains(day);
        let sight = self.sight.range(replaced.clone());
        for (day, row) in sight.filter(|(day, _)| gone(day)) {
            if !row.is_own {
                plan.remove.push(*day);
            }
        }
        let waiting = self.waiting.range(replaced);
        for (day, (owner, row)) in waiting.filter(|(day, _)| gone(day)) {
            plan.forget.push([*owner, row.batch, *day]);
        }
        plan
    }
}

/// Whether a fetched bar says nothing that the stored one does not.
///
/// A provider without adjusted closes takes none away, as long as the close is
/// the same; nor does one that gives fewer values, or the close in cents alone.
/// On a new footing all counts.
fn is_confirmed(row: &Row, bar: &Bar, is_live: bool, extent: Extent) -> bool {
    let (old, new) = (&row.bar, bar);
    if row.is_live != is_live {
        return false;
    }
    if old.close != new.close {
        return extent != Extent::Everything && new.is_rounded_from(old);
    }
    let same = |old: Option<f64>, new: Option<f64>| new.is_none() || new == old;
    match extent {
        Extent::Everything => old == new,
        Extent::Days | Extent::FromFirst => {
            (new.adjusted.is_none() && old.adjusted.is_some())
                || (same(old.adjusted, new.adjusted)
                    && same(old.open, new.open)
                    && same(old.high, new.high)
                    && same(old.low, new.low)
                    && same(old.volume, new.volume))
        }
    }
}

impl Plan<'_> {
    /// Whether the fetch says nothing new.
    pub(super) const fn is_empty(&self) -> bool {
        self.put.is_empty()
            && self.wait.is_empty()
            && self.remove.is_empty()
            && self.forget.is_empty()
    }
}

/// Reads rows of day, values, batch, whether own, whether live, and an owner.
fn each_row(
    conn: &Connection,
    sql: &str,
    series: i64,
    symbol: &str,
    mut take: impl FnMut(i64, Row),
) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([series])?;
    while let Some(row) = rows.next()? {
        let stored = Row {
            bar: bar_of(row, symbol)?,
            batch: row.get(7)?,
            is_own: row.get(8)?,
            is_live: row.get(9)?,
        };
        take(row.get(10)?, stored);
    }
    Ok(())
}
