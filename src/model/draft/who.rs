//! Which company of the book is meant by a typed text: by symbol, by name, by
//! a unique beginning of either.

use super::{Live, Parsed};
use crate::model::{Book, Company, CompanyId};

/// Reads the name or symbol of a company.
pub fn company(text: &str, book: &Book) -> Live {
    let text = text.trim();
    if text.is_empty() {
        return Live::Empty;
    }
    if let Some(company) = exactly(text, book) {
        return Live::Ok(Parsed::Company(company.id));
    }
    let begun: Vec<_> = book
        .companies()
        .filter(|company| begins(company, text, book))
        .collect();
    match begun.as_slice() {
        [] => Live::Err(format!(
            "No company “{}”: write the name or symbol of one in the book",
            shortened(text)
        )),
        [company] => Live::Ok(Parsed::Company(company.id)),
        several => Live::Err(format!(
            "“{}” could be {}: write more of it",
            shortened(text),
            listed(several)
        )),
    }
}

/// By id, symbol (also a former one), name, legal name; each must be unique.
fn exactly<'a>(text: &str, book: &'a Book) -> Option<&'a Company> {
    let only = |is: &dyn Fn(&Company) -> bool| {
        let mut matching = book.companies().filter(|company| is(company));
        let first = matching.next()?;
        matching.next().is_none().then_some(first)
    };
    let same = |name: &str| same_name(name, text);
    let by_id = || book.company(text.parse::<CompanyId>().ok()?);
    book.company_by_symbol(text)
        .or_else(|| only(&|company| same(&company.name)))
        .or_else(|| only(&|company| company.legal_name.as_deref().is_some_and(same)))
        .or_else(by_id)
}

fn same_name(name: &str, text: &str) -> bool {
    name.trim().to_lowercase() == text.to_lowercase()
}

fn begins(company: &Company, text: &str, book: &Book) -> bool {
    let text = text.to_lowercase();
    let starts = |name: &str| name.to_lowercase().starts_with(&text);
    starts(&company.name) || book.symbol_of(company.id).is_some_and(starts)
}

/// The companies that a text may be about to name: those that begin with it,
/// then those that have it inside their name, in the order of the watchlist.
pub fn suggestions<'a>(text: &str, book: &'a Book) -> Vec<&'a Company> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let rank = |company: &Company| {
        let inside = company.name.to_lowercase().contains(&lower);
        if begins(company, text, book) {
            Some(0)
        } else {
            inside.then_some(1)
        }
    };
    let mut found: Vec<_> = book
        .companies()
        .filter_map(|company| Some((rank(company)?, company.watch_order, company)))
        .collect();
    found.sort_by_key(|&(rank, order, _)| (rank, order));
    found.into_iter().map(|(_, _, company)| company).collect()
}

/// The text that names a company and is read back as just this one.
pub fn text_of(id: CompanyId, book: &Book) -> String {
    let name = book.company(id).map(|company| company.name.as_str());
    let means = |text: &&str| exactly(text.trim(), book).is_some_and(|company| company.id == id);
    name.filter(means)
        .or_else(|| book.symbol_of(id).filter(means))
        .map_or_else(|| id.to_string(), str::to_owned)
}

/// A company's name for a label of undo.
pub(super) fn name_of(id: CompanyId, book: &Book) -> &str {
    book.company(id)
        .map_or("a company", |company| company.name.as_str())
}

fn listed(companies: &[&Company]) -> String {
    const SHOWN: usize = 4;
    let names: Vec<_> = companies
        .iter()
        .take(SHOWN)
        .map(|company| company.name.as_str())
        .collect();
    let more = if companies.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN).collect();
    format!("{head}…")
}
