//! Header names: which of them mean day, close and so on, in English, Polish
//! and German. Reads single-line headers, also below a title line or two.

use super::layout::{Columns, Format, Found, HeadRow};

/// How many lines may stand above the header.
const TITLE_LINES: usize = 6;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Day,
    Close,
    Adjusted,
    Open,
    High,
    Low,
    Volume,
    Ticker,
}

/// Names of a role, the most telling first: where `Close` and `Last` both
/// stand, `Close` is the close.
const NAMES: [(Role, &[&str]); 8] = [
    (
        Role::Day,
        &[
            "date",
            "day",
            "tradedate",
            "data",
            "datum",
            "snappedat",
            "datetime",
            "timestamp",
            "time",
            "czas",
            "unix",
            "unixtime",
        ],
    ),
    (
        Role::Close,
        &[
            "close",
            "closelast",
            "closeprice",
            "closingprice",
            "zamkniecie",
            "schlusskurs",
            "schluss",
            "last",
            "lastprice",
            "ostatnio",
            "zuletzt",
            "price",
            "kurs",
        ],
    ),
    (
        Role::Adjusted,
        &["adjclose", "adjustedclose", "adjcloseprice", "closeadj"],
    ),
    (
        Role::Open,
        &[
            "open",
            "openprice",
            "otwarcie",
            "eroffnung",
            "eroffnungskurs",
        ],
    ),
    (
        Role::High,
        &[
            "high",
            "highprice",
            "najwyzszy",
            "najwyzej",
            "max",
            "hoch",
            "tageshoch",
        ],
    ),
    (
        Role::Low,
        &[
            "low",
            "lowprice",
            "najnizszy",
            "najnizej",
            "min",
            "tief",
            "tagestief",
        ],
    ),
    (
        Role::Volume,
        &[
            "volume",
            "vol",
            "totalvolume",
            "wolumen",
            "volumen",
            "volumebtc",
            "sharevolume",
        ],
    ),
    (Role::Ticker, &["ticker", "symbol"]),
];

/// Lower case, letters and digits only, without accents: `Adj Close` → `adjclose`.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ą' | 'ä' => 'a',
            'ć' => 'c',
            'ę' => 'e',
            'ł' => 'l',
            'ń' => 'n',
            'ó' | 'ö' => 'o',
            'ś' => 's',
            'ü' => 'u',
            'ż' | 'ź' => 'z',
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// What a header name means, and its place in the list of such names.
pub(super) fn role(name: &str) -> Option<(Role, usize)> {
    let name = plain(name);
    NAMES.iter().find_map(|(role, names)| {
        names
            .iter()
            .position(|known| *known == name)
            .map(|rank| (*role, rank))
    })
}

/// The best column for a role; `Err` if two columns claim it with the same name.
fn best(roles: &[Option<(Role, usize)>], wanted: Role) -> Result<Option<usize>, Twice> {
    let ranks = roles
        .iter()
        .enumerate()
        .filter_map(|(column, found)| match found {
            Some((role, rank)) if *role == wanted => Some((*rank, column)),
            Some(_) | None => None,
        });
    let Some((rank, column)) = ranks.clone().min() else {
        return Ok(None);
    };
    if ranks.filter(|(other, _)| *other == rank).count() > 1 {
        Err(Twice)
    } else {
        Ok(Some(column))
    }
}

/// Two columns of the same name: which one is meant must be asked.
struct Twice;

/// The columns a header names. `None` if day or close is missing or named twice.
fn columns(cells: &[String]) -> Option<Columns> {
    let roles: Vec<_> = cells.iter().map(|cell| role(cell)).collect();
    let find = |wanted| best(&roles, wanted).ok().flatten();
    Some(Columns {
        day: Some(find(Role::Day)?),
        close: Some(find(Role::Close)?),
        adjusted: find(Role::Adjusted),
        open: find(Role::Open),
        high: find(Role::High),
        low: find(Role::Low),
        volume: find(Role::Volume),
        ticker: find(Role::Ticker),
    })
}

/// Finds a single-line header that names at least day and close.
pub(super) fn read(rows: &[HeadRow]) -> Option<Found> {
    rows.iter().take(TITLE_LINES).find_map(|row| {
        let columns = columns(&row.cells)?;
        Some(Found {
            format: format(&row.cells),
            header_lines: row.line,
            names: row.cells.clone(),
            columns,
            tickers: Vec::new(),
            ticker_columns: Vec::new(),
        })
    })
}

/// Whose header this is.
fn format(cells: &[String]) -> Format {
    let names: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["date", "open", "high", "low", "close", "adjclose", "volume"] => Format::YahooClassic,
        ["date", "open", "high", "low", "close"]
        | ["date", "open", "high", "low", "close", "volume"] => Format::Stooq,
        ["data", "otwarcie", "najwyzszy", "najnizszy", "zamkniecie"]
        | [
            "data",
            "otwarcie",
            "najwyzszy",
            "najnizszy",
            "zamkniecie",
            "wolumen",
        ] => Format::StooqPolish,
        ["snappedat", "price", ..] => Format::CoinGecko,
        ["date", "closelast", ..] => Format::Nasdaq,
        [_, _] => Format::DateClose,
        _ => Format::Named,
    }
}
