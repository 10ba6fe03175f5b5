//! Deals as rows and back.

use uuid::Uuid;

use super::cells::Cells;
use super::keys::{Keys, source_ids};
use super::nested::{phases, phases_text, rent_starts, rent_starts_text};
use super::row::RowReader;
use super::values::{
    count, date, megawatts, money, money_text, months, percent, percent_text, plain,
};
use crate::model::deal::{CounterpartyClass, DealKind, DealStatus};
use crate::model::metric::MwBasis;
use crate::model::{Deal, DealId};

pub(super) fn cells(deal: &Deal, keys: &Keys<'_>) -> Cells {
    let mut row = Cells::default();
    row.put("id", deal.id.to_string());
    row.put("company", keys.company_text(deal.company));
    row.put_words("counterparty", Some(&deal.counterparty));
    row.put("counterparty_class", deal.counterparty_class.code());
    row.put_words("obligor", deal.obligor.as_deref());
    row.put_some("backstop", deal.backstop, money_text);
    row.put("kind", deal.kind.code());
    row.put_words("site", deal.site.as_deref());
    row.put("status", deal.status.code());
    row.put("announced", deal.announced.to_string());
    row.put("rent_start", rent_starts_text(&deal.rent_start));
    row.put_some("term_months", deal.term_months, |months| months.to_string());
    row.put_some("base_value", deal.base_value, money_text);
    row.put("base_value_hedge", deal.base_value_hedge.code());
    row.put_words("extension_options", deal.extension_options.as_deref());
    row.put_some("value_with_options", deal.value_with_options, money_text);
    row.put_some("escalator", deal.escalator, percent_text);
    row.put_some("critical_mw", deal.critical_mw, plain);
    row.put_some("gross_mw", deal.gross_mw, plain);
    row.put_some("gpus", deal.gpus, |gpus| gpus.to_string());
    row.put_some("owned_share", deal.owned_share, percent_text);
    row.put_some("noi_margin", deal.noi_margin, percent_text);
    row.put_some("prepayment", deal.prepayment, money_text);
    row.put_words("warrants", deal.warrants.as_deref());
    row.put("phases", phases_text(&deal.phases));
    row.put_some("alternative_to", deal.alternative_to, |id| id.to_string());
    row.put("sources", source_ids(&deal.sources));
    row.put("source_titles", keys.titles(&deal.sources));
    row.put_words("note", Some(deal.note.as_str()).filter(|n| !n.is_empty()));
    row
}

pub(super) fn read(row: &mut RowReader<'_>, id: Uuid) -> Option<Deal> {
    let keys = row.keys;
    let company = row.must("company", |text| keys.company(text));
    let counterparty = row.must_words("counterparty");
    let class = row.must_be(
        "counterparty_class",
        CounterpartyClass::ALL,
        CounterpartyClass::code,
        CounterpartyClass::label,
    );
    let kind = row.must_be("kind", DealKind::ALL, DealKind::code, DealKind::label);
    let status = row.must_be(
        "status",
        DealStatus::ALL,
        DealStatus::code,
        DealStatus::label,
    );
    let announced = row.must("announced", date);
    let (base_value, base_value_hedge) = row.hedged_money("base_value", "base_value_hedge");
    let rent_start = row.read("rent_start", |text| rent_starts(text, keys));
    let phases = row.read("phases", |text| phases(text, keys));
    let other = |text: &str| text.trim().parse::<DealId>();
    let alternative_to = row.read("alternative_to", |text| {
        other(text).map_err(|_not_an_id| "write the id of another deal".to_owned())
    });
    let critical = |text: &str| megawatts(text, MwBasis::Critical);
    let gross = |text: &str| megawatts(text, MwBasis::Gross);
    Some(Deal {
        id: DealId(id),
        obligor: row.words("obligor"),
        backstop: row.read("backstop", money),
        site: row.words("site"),
        rent_start: rent_start.unwrap_or_default(),
        term_months: row.read("term_months", months),
        base_value,
        base_value_hedge,
        extension_options: row.words("extension_options"),
        value_with_options: row.read("value_with_options", money),
        escalator: row.read("escalator", percent),
        critical_mw: row.read("critical_mw", critical),
        gross_mw: row.read("gross_mw", gross),
        gpus: row.read("gpus", count),
        owned_share: row.read("owned_share", percent),
        noi_margin: row.read("noi_margin", percent),
        prepayment: row.read("prepayment", money),
        warrants: row.words("warrants"),
        phases: phases.unwrap_or_default(),
        alternative_to,
        sources: row
            .read("sources", |text| keys.sources(text))
            .unwrap_or_default(),
        note: row.words("note").unwrap_or_default(),
        // Only now may the row be given up: all of its faults are noted.
        company: company?,
        counterparty: counterparty?,
        counterparty_class: class?,
        kind: kind?,
        announced: announced?,
        status: status?,
    })
}
