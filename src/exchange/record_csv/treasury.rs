//! Treasury events as rows and back.

use uuid::Uuid;

use super::cells::Cells;
use super::keys::Keys;
use super::row::RowReader;
use super::values::{date, hedge_of, money, money_text, plain, time, time_text};
use crate::model::draft::TimeKind;
use crate::model::treasury::TreasuryKind;
use crate::model::typed;
use crate::model::{Treasury, TreasuryId};

/// A plain date of an event is a point in time.
const USUAL: TimeKind = TimeKind::Instant;

pub(super) fn cells(event: &Treasury, keys: &Keys<'_>) -> Cells {
    let mut row = Cells::default();
    row.put("id", event.id.to_string());
    row.put("company", keys.company_text(event.company));
    row.put("kind", event.kind.code());
    row.put_some("btc", event.btc, plain);
    row.put_some("proceeds", event.proceeds, money_text);
    row.put("hedge", event.hedge.code());
    row.put_some("event", event.event, |time| time_text(time, USUAL));
    row.put_some("disclosed", event.disclosed, |date| date.to_string());
    row.put_some("source", event.source, |id| id.to_string());
    row.put("source_title", keys.titles(event.source.as_slice()));
    row.put_words("note", Some(event.note.as_str()).filter(|n| !n.is_empty()));
    row
}

pub(super) fn read(row: &mut RowReader<'_>, id: Uuid) -> Option<Treasury> {
    let keys = row.keys;
    let company = row.must("company", |text| keys.company(text));
    let kind = row.must_be(
        "kind",
        TreasuryKind::ALL,
        TreasuryKind::code,
        TreasuryKind::label,
    );
    let coins = row.read("btc", |text| {
        let (hedge, rest) = typed::split_hedge(text.trim());
        let coins = typed::quantity(rest).map_err(|error| error.to_string())?;
        Ok((coins, hedge.map(hedge_of)))
    });
    let (btc, hedge) = coins.map_or((None, None), |(btc, hedge)| (Some(btc), hedge));
    Some(Treasury {
        id: TreasuryId(id),
        btc,
        proceeds: row.read("proceeds", money),
        hedge: row.hedge("hedge", hedge),
        event: row.read("event", |text| time(text, USUAL)),
        disclosed: row.read("disclosed", date),
        source: row.read("source", |text| keys.source(text)),
        note: row.words("note").unwrap_or_default(),
        // Only now may the row be given up: all of its faults are noted.
        company: company?,
        kind: kind?,
    })
}
