//! A company as typed, with the share that it is listed as.

use uuid::Uuid;

use super::{Check, Draft, DraftCx, FieldError, Live, Parsed, read, text_fields, verb};
use crate::model::{
    Book, Change, Company, CompanyId, Currency, Instrument, InstrumentId, Op, Record,
    instrument::InstrumentKind, typed,
};

/// A company as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyDraft {
    /// The company that is edited; none adds one.
    pub id: Option<CompanyId>,
    /// Name as investors say it.
    pub name: String,
    /// Legal name, where it differs.
    pub legal_name: String,
    /// Earlier names, one a line.
    pub former_names: String,
    /// Symbol of its share; blank if it has none.
    pub symbol: String,
    /// Symbols under which the share traded before, with commas between.
    pub former_symbols: String,
    /// Currency of the share's prices.
    pub currency: String,
    /// Where it is listed.
    pub exchange: String,
    /// SEC central index key.
    pub cik: String,
    /// Last day of the fiscal year: `06-30` or `30 June`.
    pub fiscal_year_end: String,
    /// The user's own words to group by, with commas between.
    pub tags: String,
    /// Line colour as `#RRGGBB`.
    pub colour: String,
    /// Place in the unsorted watchlist.
    pub watch_order: i64,
    /// Remarks.
    pub note: String,
}

impl Default for CompanyDraft {
    fn default() -> Self {
        Self {
            id: None,
            name: String::new(),
            legal_name: String::new(),
            former_names: String::new(),
            symbol: String::new(),
            former_symbols: String::new(),
            currency: Currency::USD.to_string(),
            exchange: String::new(),
            cik: String::new(),
            fiscal_year_end: String::new(),
            tags: String::new(),
            colour: String::new(),
            watch_order: 0,
            note: String::new(),
        }
    }
}

impl CompanyDraft {
    /// A blank company at the end of the watchlist.
    pub fn new(book: &Book) -> Self {
        let last = book.companies().map(|company| company.watch_order).max();
        Self {
            watch_order: last.map_or(0, |last| last.saturating_add(1)),
            ..Self::default()
        }
    }

    /// The company as one would type it, to be edited.
    pub fn from_record(company: &Company, book: &Book) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let share = company.instrument.and_then(|id| book.instrument(id));
        Self {
            id: Some(company.id),
            name: company.name.clone(),
            legal_name: words(&company.legal_name),
            former_names: company.former_names.join("\n"),
            symbol: share.map_or_else(String::new, |share| share.symbol.clone()),
            former_symbols: share.map_or_else(String::new, |s| s.former_symbols.join(", ")),
            currency: share
                .map_or(Currency::USD, |share| share.currency)
                .to_string(),
            exchange: words(&company.exchange),
            cik: words(&company.cik),
            fiscal_year_end: words(&company.fiscal_year_end),
            tags: company.tags.join(", "),
            colour: words(&company.colour),
            watch_order: company.watch_order,
            note: company.note.clone(),
        }
    }

    /// The same as a new company: name and symbol are another's.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self.symbol.clear();
        self.former_symbols.clear();
        self
    }

    /// The share that the symbol means, with the op that puts it if it is new
    /// or changed.
    fn share(
        &self,
        check: &Check<'_>,
        book: &Book,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<(InstrumentId, Option<Op>)> {
        let symbol = check.kept("symbol");
        let former_symbols = check.list("former_symbols");
        let currency = check.kept("currency").and_then(|code| code.parse().ok());
        let symbol = symbol?;
        // A symbol that no company has may still have prices: its instrument is taken over.
        let own = self.id.and_then(|id| book.company(id)?.instrument);
        let named = book.instruments().find(|other| other.symbol == symbol);
        let before = named.or_else(|| book.instrument(own?));
        let share = Instrument {
            id: before.map_or_else(|| InstrumentId(new_id()), |before| before.id),
            symbol,
            name: before.map_or_else(|| self.name.trim().to_owned(), |b| b.name.clone()),
            kind: before.map_or(InstrumentKind::Stock, |before| before.kind),
            currency: currency.unwrap_or(Currency::USD),
            former_symbols,
            provider_symbols: before.map_or_else(Default::default, |b| b.provider_symbols.clone()),
            providers: before.map_or_else(Vec::new, |before| before.providers.clone()),
            locked: before.is_some_and(|before| before.locked),
            benchmark: before.is_some_and(|before| before.benchmark),
        };
        let changed = before != Some(&share);
        Some((
            share.id,
            changed.then(|| Op::put(Record::Instrument(share))),
        ))
    }

    /// The symbol in capitals, unless another company has it.
    fn read_symbol(&self, book: &Book) -> Live {
        const LONGEST: usize = 20;
        let symbol = self.symbol.trim().to_uppercase();
        if symbol.is_empty() {
            return Live::Empty;
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-^=".contains(c);
        if symbol.len() > LONGEST || !symbol.chars().all(fits) {
            return Live::Err("Write the symbol alone, such as IREN".to_owned());
        }
        match book.company_by_symbol(&symbol) {
            Some(other) if Some(other.id) != self.id => Live::Err(format!(
                "{symbol} is the symbol of {}: edit that company instead",
                other.name
            )),
            Some(_) => Live::Ok(Parsed::Kept(symbol)),
            None => match book.instrument_by_symbol(&symbol) {
                Some(other) if other.benchmark => Live::Err(format!(
                    "{symbol} is the benchmark {}: write the symbol of a company's share",
                    other.name
                )),
                Some(_) | None => Live::Ok(Parsed::Kept(symbol)),
            },
        }
    }

    fn read_former_symbols(&self) -> Live {
        let former = read::list(&self.former_symbols.to_uppercase(), ',');
        if former != Live::Empty && self.symbol.trim().is_empty() {
            let refusal = "Write the present symbol first, or take the former ones back";
            return Live::Err(refusal.to_owned());
        }
        former
    }

    /// The name, unless another company has it.
    fn read_name(&self, book: &Book) -> Live {
        let name = self.name.trim().to_lowercase();
        let taken = book
            .companies()
            .any(|other| Some(other.id) != self.id && other.name.trim().to_lowercase() == name);
        if taken {
            return Live::Err("A company of this name is in the book: edit that one".to_owned());
        }
        read::words(&self.name)
    }
}

impl Draft for CompanyDraft {
    text_fields! {
        name symbol legal_name former_names former_symbols currency exchange cik fiscal_year_end
        tags colour note
    }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "name" => self.read_name(cx.book),
            "symbol" => self.read_symbol(cx.book),
            "former_names" => read::list(&self.former_names, '\n'),
            "former_symbols" => self.read_former_symbols(),
            "tags" => read::list(&self.tags, ','),
            "currency" => currency(&self.currency),
            "cik" => cik(&self.cik),
            "fiscal_year_end" => month_and_day(&self.fiscal_year_end),
            "colour" => colour(&self.colour),
            "legal_name" | "exchange" | "note" => read::words(self.text(field).unwrap_or_default()),
            _ => Live::Empty,
        }
    }

    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>> {
        let mut check = Check::new(self, cx);
        let name = check.text("name");
        let name = check.required("name", name, "Write the company's name");
        let (instrument, op) = self.share(&check, cx.book, new_id).unzip();
        let company = (|| {
            Some(Company {
                id: self.id.unwrap_or_else(|| CompanyId(new_id())),
                name: name?,
                legal_name: check.text("legal_name"),
                former_names: check.list("former_names"),
                instrument,
                cik: check.kept("cik"),
                exchange: check.text("exchange"),
                fiscal_year_end: check.kept("fiscal_year_end"),
                tags: check.list("tags"),
                colour: check.kept("colour"),
                watch_order: self.watch_order,
                note: check.text("note").unwrap_or_default(),
            })
        })();
        let company = check.done(company)?;
        let label = format!("{} company {}", verb(self.id.is_some()), company.name);
        let mut ops: Vec<_> = op.flatten().into_iter().collect();
        ops.push(Op::put(Record::Company(company)));
        Ok(Change::new(label, ops))
    }
}

fn kept(text: &str, kept: impl FnOnce(&str) -> Option<String>, refusal: &str) -> Live {
    let text = text.trim();
    if text.is_empty() {
        return Live::Empty;
    }
    kept(text).map_or_else(
        || Live::Err(refusal.to_owned()),
        |kept| Live::Ok(Parsed::Kept(kept)),
    )
}

fn currency(text: &str) -> Live {
    let code = |text: &str| {
        let currency: Currency = text.to_uppercase().parse().ok()?;
        read::known_currency(currency).then(|| currency.to_string())
    };
    kept(text, code, "Write the code of a currency, such as USD")
}

/// The ten digits of a central index key, leading zeros added.
fn cik(text: &str) -> Live {
    let ten = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && text.len() <= 10).then(|| format!("{text:0>10}"))
    };
    kept(text, ten, "Write the key's digits, at most ten")
}

/// A day of any year as `MM-DD`.
fn month_and_day(text: &str) -> Live {
    let read = |text: &str| {
        // A leap year has every day.
        let day = typed::day(&format!("2000-{text}"))
            .or_else(|_not_in_digits| typed::day(&format!("{text} 2000")))
            .ok()?;
        Some(format!("{:02}-{:02}", day.month(), day.day()))
    };
    kept(
        text,
        read,
        "Write the month and day, such as 06-30 or 30 June",
    )
}

fn colour(text: &str) -> Live {
    let hex = |text: &str| {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| format!("#{digits}"))
    };
    kept(text, hex, "Write six hexadecimal digits, such as #5AB4F0")
}
