//! How rows name companies and sources: by what a person reads where that is
//! clear, else by id. Writing always finds a text that reads back as the same.

use std::collections::HashMap;

use uuid::Uuid;

use super::cells::verbatim;
use super::header::nearest;
use crate::model::{Book, CompanyId, SourceId, Subject};

/// What a row says that speaks of the whole sector.
const SECTOR: &str = "sector";

/// The names of a book's companies and sources.
pub(super) struct Keys<'a> {
    book: &'a Book,
    /// By symbol, former symbol or name in small letters; none if several have it.
    companies: [HashMap<String, Option<CompanyId>>; 3],
    /// By title or address in small letters; none if several have it.
    sources: HashMap<String, Option<SourceId>>,
}

impl<'a> Keys<'a> {
    pub fn of(book: &'a Book) -> Self {
        let [mut symbols, mut former, mut names] = [HashMap::new(), HashMap::new(), HashMap::new()];
        for company in book.companies() {
            let share = company.instrument.and_then(|id| book.instrument(id));
            if let Some(share) = share {
                add(&mut symbols, &share.symbol, company.id);
                for symbol in &share.former_symbols {
                    add(&mut former, symbol, company.id);
                }
            }
            add(&mut names, &company.name, company.id);
            if let Some(legal) = &company.legal_name {
                add(&mut names, legal, company.id);
            }
        }
        let mut sources = HashMap::new();
        for source in book.sources() {
            add(&mut sources, &source.title, source.id);
            if let Some(url) = &source.url {
                add(&mut sources, url, source.id);
            }
        }
        Self {
            book,
            companies: [symbols, former, names],
            sources,
        }
    }

    /// The company that a cell names.
    pub fn company(&self, text: &str) -> Result<CompanyId, String> {
        let text = text.trim();
        let id = Uuid::parse_str(text).ok().map(CompanyId);
        if let Some(id) = id.filter(|id| self.book.company(*id).is_some()) {
            return Ok(id);
        }
        let small = text.to_lowercase();
        for names in &self.companies {
            match names.get(&small) {
                Some(Some(id)) => return Ok(*id),
                Some(None) => {
                    return Err(format!("several companies are “{text}”: write the id"));
                }
                None => {}
            }
        }
        let names = self.companies.iter().flat_map(HashMap::keys);
        let meant = nearest(&small, names.map(String::as_str))
            .and_then(|name| self.company(name).ok())
            .map_or_else(String::new, |id| {
                format!(" (“{}” is)", self.company_text(id))
            });
        Err(format!("“{text}” is no company of the book{meant}"))
    }

    /// A text that reads back as the company.
    pub fn company_text(&self, id: CompanyId) -> String {
        let symbol = self.book.symbol_of(id);
        let name = self.book.company(id).map(|company| company.name.as_str());
        let clear = |text: &&str| {
            verbatim(text) == **text
                && !text.eq_ignore_ascii_case(SECTOR)
                && self.company(text).ok() == Some(id)
        };
        let mut texts = [symbol, name].into_iter().flatten();
        texts
            .find(clear)
            .map_or_else(|| id.to_string(), str::to_owned)
    }

    /// The company or sector that a cell names.
    pub fn subject(&self, text: &str) -> Result<Subject, String> {
        if text.trim().eq_ignore_ascii_case(SECTOR) {
            return Ok(Subject::Sector);
        }
        self.company(text).map(Subject::Company)
    }

    /// A text that reads back as the subject.
    pub fn subject_text(&self, subject: Subject) -> String {
        match subject {
            Subject::Company(id) => self.company_text(id),
            Subject::Sector => SECTOR.to_owned(),
        }
    }

    /// The source that a cell names by id, title or address.
    pub fn source(&self, text: &str) -> Result<SourceId, String> {
        let text = text.trim();
        if let Ok(id) = Uuid::parse_str(text) {
            let known = self.book.source(SourceId(id)).map(|source| source.id);
            return known.ok_or_else(|| format!("the book has no source {text}: add it first"));
        }
        match self.sources.get(&text.to_lowercase()) {
            Some(Some(id)) => Ok(*id),
            Some(None) => Err(format!("several sources are “{text}”: write the id")),
            None => Err(format!(
                "the book has no source “{text}”: write the title, address or id of one, or add it first"
            )),
        }
    }

    /// The sources that a cell names, divided by semicolons.
    pub fn sources(&self, text: &str) -> Result<Vec<SourceId>, String> {
        // A title may have a semicolon in it.
        if let Ok(one) = self.source(text) {
            return Ok(vec![one]);
        }
        let parts = text.split(';').map(str::trim);
        let named = parts.filter(|part| !part.is_empty());
        named.map(|part| self.source(part)).collect()
    }

    /// The titles of sources, for people.
    pub fn titles(&self, ids: &[SourceId]) -> String {
        let title = |id: &SourceId| Some(self.book.source(*id)?.title.as_str());
        let titles: Vec<_> = ids.iter().filter_map(title).collect();
        titles.join("; ")
    }
}

/// Ids of sources as a cell has them.
pub(super) fn source_ids(ids: &[SourceId]) -> String {
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    ids.join("; ")
}

fn add<T: Copy + PartialEq>(map: &mut HashMap<String, Option<T>>, name: &str, id: T) {
    let entry = map.entry(name.trim().to_lowercase()).or_insert(Some(id));
    if *entry != Some(id) {
        *entry = None;
    }
}
