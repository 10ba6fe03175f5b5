//! What is marked on the line of a share: deals announced, debts issued, coins
//! bought and sold. Marks that would touch are gathered in one.

use crate::model::treasury::TreasuryKind;
use crate::model::{CompanyId, Day, Deal, Debt, RecordKey, RecordKind, Treasury};
use crate::ui::{Cx, format, provenance};

/// What kind of thing a mark is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A deal announced.
    Deal,
    /// A debt issued.
    Debt,
    /// Coins bought.
    Bought,
    /// Coins sold.
    Sold,
}

/// Something that happened on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What kind.
    pub glyph: Glyph,
    /// The record.
    pub record: RecordKey,
    /// The last day it may have been.
    pub day: Day,
    /// It in a line: "5 May 2026: deal Microsoft – Childress, 9.7 bn".
    pub text: String,
}

/// The dated events of a company, oldest first.
pub fn events(cx: &Cx<'_>, company: CompanyId) -> Vec<Event> {
    let deals = cx.book.deals().filter(|deal| deal.company == company);
    let deals = deals
        .filter(|deal| deal.alternative_to.is_none())
        .map(of_deal);
    let debts = cx.book.debts().filter(|debt| debt.company == company);
    let coins = cx.book.treasury().filter(|of| of.company == company);
    let mut events: Vec<_> = deals
        .chain(debts.filter_map(of_debt))
        .chain(coins.filter_map(of_coins))
        .filter(|event| event.day <= cx.today)
        .collect();
    events.sort_by_key(|event| (event.day, event.record));
    events
}

fn of_deal(deal: &Deal) -> Event {
    let value = deal
        .base_value
        .map(|value| format::hedged(deal.base_value_hedge, &format::money(value)));
    let day = format::partial_date(deal.announced);
    let name = provenance::deal_name(deal);
    Event {
        glyph: Glyph::Deal,
        record: RecordKey::new(RecordKind::Deal, deal.id.0),
        day: deal.announced.last_day(),
        text: with(format!("{day}: deal {name}"), value),
    }
}

fn of_debt(debt: &Debt) -> Option<Event> {
    let issued = debt.issued?;
    let owed = debt
        .principal
        .map(|money| format::hedged(debt.principal_hedge, &format::money(money)));
    let day = format::partial_date(issued);
    Some(Event {
        glyph: Glyph::Debt,
        record: RecordKey::new(RecordKind::Debt, debt.id.0),
        day: issued.last_day(),
        text: with(format!("{day}: issued {}", debt.name), owed),
    })
}

fn of_coins(event: &Treasury) -> Option<Event> {
    let glyph = match event.kind {
        TreasuryKind::Holding => return None,
        TreasuryKind::Purchase => Glyph::Bought,
        TreasuryKind::Sale => Glyph::Sold,
    };
    let (day, when) = match (event.event, event.disclosed) {
        (Some(time), _) => (time.last_day(), format::time(time)),
        (None, Some(date)) => {
            let said = format!("disclosed {}", format::partial_date(date));
            (date.last_day(), said)
        }
        (None, None) => return None,
    };
    let btc = event.btc.map(|btc| {
        let coins = format!("{} BTC", format::decimal(btc));
        format::hedged(event.hedge, &coins)
    });
    let kind = event.kind.label().to_lowercase();
    let text = with(format!("{when}: {kind}"), btc);
    Some(Event {
        glyph,
        record: RecordKey::new(RecordKind::Treasury, event.id.0),
        day,
        text: with(text, event.proceeds.map(format::money)),
    })
}

fn with(text: String, more: Option<String>) -> String {
    match more {
        Some(more) => format!("{text}, {more}"),
        None => text,
    }
}

/// Marks that stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Where, on the screen.
    pub at: (f32, f32),
    /// The places of the events in their list, oldest first.
    pub members: Vec<usize>,
}

/// Gathers places nearer to one another than `gap`, from left to right: a mark
/// joins the one before it as long as it is near its first. `places` are the
/// places of the events, with their x ascending; the mark stands at the mean.
pub fn cluster(places: &[(usize, (f32, f32))], gap: f32) -> Vec<Cluster> {
    let mut clusters: Vec<(f32, Cluster)> = Vec::new();
    for (index, at) in places {
        let near = clusters.last_mut().filter(|(first, _)| at.0 - *first < gap);
        if let Some((_, cluster)) = near {
            let count = cluster.members.len() as f32;
            let mean = |old: f32, new: f32| (old * count + new) / (count + 1.0);
            cluster.at = (mean(cluster.at.0, at.0), mean(cluster.at.1, at.1));
            cluster.members.push(*index);
        } else {
            let members = vec![*index];
            clusters.push((at.0, Cluster { at: *at, members }));
        }
    }
    clusters.into_iter().map(|(_, cluster)| cluster).collect()
}
