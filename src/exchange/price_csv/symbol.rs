//! Which instrument a price file is of, guessed from its name for a person to
//! confirm. No guess is better than a wild one.

/// Words in file names that are no ticker.
const NOISE: [&str; 64] = [
    "1d",
    "adj",
    "adjclose",
    "adjusted",
    "all",
    "binance",
    "bitstamp",
    "candles",
    "chart",
    "close",
    "closes",
    "coinbase",
    "coingecko",
    "copy",
    "csv",
    "d",
    "daily",
    "data",
    "day",
    "download",
    "downloaded",
    "eod",
    "export",
    "file",
    "final",
    "full",
    "hist",
    "historical",
    "historicaldata",
    "history",
    "investing",
    "kopie",
    "kraken",
    "m",
    "max",
    "monthly",
    "nasdaq",
    "new",
    "nyse",
    "ohlc",
    "ohlcv",
    "old",
    "price",
    "pricehistory",
    "prices",
    "quote",
    "quotes",
    "series",
    "share",
    "stock",
    "stocks",
    "stooq",
    "table",
    "test",
    "ticker",
    "us",
    "w",
    "weekly",
    "yahoo",
    "yahoofinance",
    "yf",
    "yfinance",
    "year",
    "years",
];
/// Quote currencies of crypto pairs.
const CURRENCIES: [&str; 6] = ["usd", "usdt", "usdc", "eur", "gbp", "pln"];
/// Bitcoin against the dollar, in one word.
const BITCOIN_DOLLAR: [&str; 5] = ["btcusd", "btcusdt", "btcusdc", "xbtusd", "xbtusdt"];

/// The symbol a file is probably of. A ticker inside the file wins over its
/// name; of several tickers, one that the name confirms. `None` if neither tells.
pub fn guess_symbol(file_name: &str, tickers: &[String]) -> Option<String> {
    if let [ticker] = tickers {
        return Some(ticker.to_uppercase());
    }
    let guess = from_name(file_name)?;
    let fits = tickers.is_empty()
        || tickers
            .iter()
            .any(|ticker| ticker.eq_ignore_ascii_case(&guess));
    fits.then_some(guess)
}

fn from_name(file_name: &str) -> Option<String> {
    let name = file_name.rsplit(['/', '\\']).next()?;
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => stem,
        Some(_) | None => name,
    };
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // A single letter is a ticker when nothing else stands there (`D`, `M`).
    if let [word] = words.as_slice()
        && word.len() == 1
    {
        return ticker(word);
    }
    // `0700.HK`: the part in front is the ticker, and none of ours is a number.
    if words.first().is_some_and(|word| is_number(word)) && words.len() < 3 {
        return None;
    }
    let kept: Vec<&str> = words
        .into_iter()
        .filter(|word| !is_number(word) && !NOISE.contains(&word.to_lowercase().as_str()))
        .collect();
    crypto(&kept).or_else(|| match kept.as_slice() {
        [word] => ticker(word),
        several => only_capitals(several),
    })
}

fn is_extension(text: &str) -> bool {
    ["csv", "txt", "tsv"]
        .iter()
        .any(|known| text.eq_ignore_ascii_case(known))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `BTC-USD` for every spelling of Bitcoin in dollars; other pairs as written.
fn crypto(words: &[&str]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [word] if BITCOIN_DOLLAR.contains(word) => Some("BTC-USD".to_owned()),
        ["btc" | "xbt" | "bitcoin"] | ["btc" | "xbt" | "bitcoin", "usd" | "usdt" | "usdc"] => {
            Some("BTC-USD".to_owned())
        }
        [coin, currency] if CURRENCIES.contains(currency) && ticker(coin).is_some() => Some(
            format!("{}-{}", coin.to_uppercase(), currency.to_uppercase()),
        ),
        _ => None,
    }
}

/// One to five letters, in capitals.
fn ticker(word: &str) -> Option<String> {
    let fits = (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    fits.then(|| word.to_ascii_uppercase())
}

/// The one word among several that is written in capitals: `IREN from my broker`.
fn only_capitals(words: &[&str]) -> Option<String> {
    let mut capitals = words
        .iter()
        .filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let word = capitals.next()?;
    if capitals.next().is_some() {
        None
    } else {
        ticker(word)
    }
}
