//! One colour a company, the same on every page. Which lines are drawn and how
//! thick is the chart's business.

use egui::Color32;

use super::{DARK, LIGHT, hex};

/// Symbol, colour in dark, colour in light.
///
/// The first eight are the look's own; the others were searched for in Oklab at
/// a similar lightness so that every pair differs in both themes.
const SERIES: [(&str, u32, u32); 18] = [
    ("IREN", 0x5AB4F0, 0x1B7FC4),
    ("WULF", 0x2FC6A3, 0x0E8A6E),
    ("CIFR", 0xC792EA, 0x8B4FC0),
    ("HUT", 0xF2D35B, 0xA88400),
    ("CORZ", 0xFF8FA3, 0xC9405C),
    ("GLXY", 0x8E9BFF, 0x4F5BD5),
    ("RIOT", 0xA8D05A, 0x5E8A12),
    ("APLD", 0x4DD0E1, 0x0C8A9A),
    ("MARA", 0xEC55B5, 0xA01775),
    ("CLSK", 0x62AE50, 0x2C6F1B),
    ("BTDR", 0xC767EF, 0xB84AE3),
    ("KEEL", 0xAA9855, 0x6F5C00),
    ("HIVE", 0xF26644, 0xA52C09),
    ("WYFI", 0x6BA4A4, 0x276969),
    ("BTBT", 0xB88997, 0x7C4E5C),
    ("ABTC", 0xF7AEF0, 0xAB6DA5),
    ("SMH", 0xAEB7C4, 0x697585),
    ("NVDA", 0xEFBDB0, 0xA47265),
];

/// The colour of a symbol. Bitcoin is always its orange; a symbol that is not in
/// the list gets one of the list's colours, the same one on every machine.
pub fn series_colour(symbol: &str, dark: bool) -> Color32 {
    if symbol == "BTC-USD" || symbol == "BTC" {
        return if dark { DARK.btc } else { LIGHT.btc };
    }
    SERIES
        .iter()
        .find(|(known, _, _)| *known == symbol)
        .or_else(|| SERIES.get(spread(symbol) % SERIES.len()))
        .map_or(DARK.text2, |(_, on_dark, on_light)| {
            hex(if dark { *on_dark } else { *on_light })
        })
}

/// The symbols that have a colour of their own, Bitcoin aside.
pub fn known_symbols() -> impl Iterator<Item = &'static str> {
    SERIES.iter().map(|(symbol, _, _)| *symbol)
}

/// FNV-1a: the same on every platform and release, unlike std's hasher.
fn spread(symbol: &str) -> usize {
    let hash = symbol.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // The low bits of short words barely differ.
    ((hash >> 16) ^ hash) as usize
}
