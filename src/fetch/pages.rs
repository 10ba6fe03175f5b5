//! Several bodies of one answer put together. No network, no judgement of prices.

use std::collections::BTreeMap;

use super::quotes::Quotes;

/// Puts pages together, in the order in which they came: of a day that occurs
/// twice the first is kept, and so is the first page's word on the rest.
pub fn merge(pages: Vec<Quotes>) -> Quotes {
    let mut merged = Quotes::default();
    let mut bars = BTreeMap::new();
    for page in pages {
        for bar in page.bars {
            bars.entry(bar.day).or_insert(bar);
        }
        for event in page.events {
            if !merged.events.contains(&event) {
                merged.events.push(event);
            }
        }
        for skipped in page.skipped {
            if !merged.skipped.contains(&skipped) {
                merged.skipped.push(skipped);
            }
        }
        merged.currency = merged.currency.or(page.currency);
        merged.live = merged.live.or(page.live);
        merged.renamed = merged.renamed.or(page.renamed);
    }
    merged.bars = bars.into_values().collect();
    merged.events.sort_unstable();
    merged
}
