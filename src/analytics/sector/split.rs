//! The backlog of all companies, in parts. A deal whose value is not known in
//! dollars is in no part: nothing stands for it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Split;
use crate::analytics::switches::Switches;
use crate::analytics::worth::worth_usd;
use crate::model::Deal;

/// The deals whose value by the switches is known, with it.
pub(super) fn worth_of<'a>(deals: &[&'a Deal], switches: Switches) -> Vec<(&'a Deal, Decimal)> {
    let known = deals.iter();
    let known = known.filter_map(|deal| Some((*deal, worth_usd(deal, switches)?)));
    known.collect()
}

/// Parts by a key, largest first. None at all where the values leave the
/// decimal's range.
pub(super) fn by<K: Ord + Copy>(
    deals: &[(&Deal, Decimal)],
    key: impl Fn(&Deal) -> K,
) -> Vec<Split<K>> {
    let mut parts: BTreeMap<K, (Decimal, usize)> = BTreeMap::new();
    let mut total = Decimal::ZERO;
    for (deal, value) in deals {
        let (sum, count) = parts.entry(key(deal)).or_default();
        let sums = (sum.checked_add(*value), total.checked_add(*value));
        let (Some(part), Some(all)) = sums else {
            return Vec::new();
        };
        (*sum, *count, total) = (part, *count + 1, all);
    }
    let parts = parts.into_iter().map(|(key, (value_usd, deals))| Split {
        key,
        value_usd,
        fraction: value_usd.checked_div(total).unwrap_or_default(),
        deals,
    });
    let mut parts: Vec<_> = parts.collect();
    // Stable, so that parts of one value keep the order of their keys.
    parts.sort_by_key(|part| std::cmp::Reverse(part.value_usd));
    parts
}
