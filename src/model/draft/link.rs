//! The source of a statement as typed beside it: a pasted link, and what to
//! call it. A link that the book knows stands for its source as it is.

use uuid::Uuid;

use super::{Check, DraftCx, Live, Parsed, read};
use crate::model::{Book, Op, PartialDate, Record, Source, SourceId, source::Grade};

/// A source to be found in the book or added to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkDraft {
    /// Address or file.
    pub link: String,
    /// What it is called; the link itself if blank.
    pub source_title: String,
    /// Who published it; the link's host if blank.
    pub source_publisher: String,
    /// When it was published.
    pub source_published: String,
    /// How far it is trusted; none means what the host suggests.
    pub grade: Option<Grade>,
}

/// A source for a record, with the op that adds it if it is new.
pub(super) struct Linked {
    pub id: SourceId,
    pub op: Option<Op>,
}

impl LinkDraft {
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        match field {
            "link" => Some(&self.link),
            "source_title" => Some(&self.source_title),
            "source_publisher" => Some(&self.source_publisher),
            "source_published" => Some(&self.source_published),
            _ => None,
        }
    }

    pub(super) fn text_mut(&mut self, field: &str) -> Option<&mut String> {
        match field {
            "link" => Some(&mut self.link),
            "source_title" => Some(&mut self.source_title),
            "source_publisher" => Some(&mut self.source_publisher),
            "source_published" => Some(&mut self.source_published),
            _ => None,
        }
    }

    pub(super) fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        let known = || matches!(address(&self.link, cx.book), Live::Ok(Parsed::Source(_)));
        match field {
            "link" => address(&self.link, cx.book),
            // A source that the book has stays as it is, whatever stands beside its link.
            _ if known() => Live::Empty,
            "source_title" => read::words(&self.source_title),
            "source_publisher" => read::words(&self.source_publisher),
            "source_published" => read::date(&self.source_published),
            _ => Live::Empty,
        }
    }

    /// The publisher that the link itself suggests: its host.
    pub fn suggested_publisher(&self) -> Option<&str> {
        host(self.link.trim())
    }

    /// The grade picked, or the one that the link suggests.
    pub fn effective_grade(&self) -> Grade {
        self.grade.unwrap_or_else(|| suggested_grade(&self.link))
    }

    /// The source that is meant; none if nothing is typed.
    pub(super) fn build(
        &self,
        check: &mut Check<'_>,
        book: &Book,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<Linked> {
        let link = check.parsed("link");
        if let Some(Parsed::Source(id)) = link {
            return Some(Linked { id, op: None });
        }
        let published = check.date("source_published");
        let url = check.text("link");
        let title = check.text("source_title");
        let publisher = check.text("source_publisher");
        if url.is_none() && title.is_none() {
            if publisher.is_some() || !self.source_published.trim().is_empty() {
                check.refuse(
                    "source_title",
                    "Write the source's title, or paste its link",
                );
            }
            return None;
        }
        if url.is_none()
            && let Some(known) = title.as_deref().and_then(|t| by_title(t, book))
        {
            return Some(Linked {
                id: known,
                op: None,
            });
        }
        let source = self.source(SourceId(new_id()), url, title, publisher, published);
        Some(Linked {
            id: source.id,
            op: Some(Op::put(Record::Source(source))),
        })
    }

    fn source(
        &self,
        id: SourceId,
        url: Option<String>,
        title: Option<String>,
        publisher: Option<String>,
        published: Option<PartialDate>,
    ) -> Source {
        let suggested = || self.suggested_publisher().unwrap_or_default().to_owned();
        Source {
            id,
            title: title.or_else(|| url.clone()).unwrap_or_default(),
            publisher: publisher.unwrap_or_else(suggested),
            url,
            published,
            grade: self.effective_grade(),
            note: String::new(),
        }
    }
}

/// Reads a link; one that the book has stands for its source.
pub(super) fn address(text: &str, book: &Book) -> Live {
    let link = text.trim();
    if link.is_empty() {
        return Live::Empty;
    }
    if link.contains(char::is_control) {
        return Live::Err("A link is one line: paste it again".to_owned());
    }
    let on_the_web = host(link).is_some();
    if on_the_web && link.contains(char::is_whitespace) {
        return Live::Err("A link has no blanks: paste it again".to_owned());
    }
    known(link, book).map_or(Live::Ok(Parsed::Text), |id| Live::Ok(Parsed::Source(id)))
}

/// The source with that address, the case of the host aside.
pub fn known(link: &str, book: &Book) -> Option<SourceId> {
    let wanted = comparable(link);
    book.sources()
        .find(|source| {
            source
                .url
                .as_deref()
                .is_some_and(|url| comparable(url) == wanted)
        })
        .map(|source| source.id)
}

fn by_title(title: &str, book: &Book) -> Option<SourceId> {
    book.sources()
        .find(|source| source.url.is_none() && source.title.trim() == title)
        .map(|source| source.id)
}

/// The scheme and the authority in small letters, the rest as it is.
fn comparable(link: &str) -> String {
    let link = link.trim();
    let Some((scheme, rest)) = link.split_once("://") else {
        return link.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    // A bare host and the host with a stroke are the same page.
    let path = if path == "/" { "" } else { path };
    format!(
        "{}://{}{path}",
        scheme.to_ascii_lowercase(),
        authority.to_ascii_lowercase()
    )
}

/// The host of an address on the web, without `www.`.
pub fn host(link: &str) -> Option<&str> {
    let (scheme, rest) = link.split_once("://")?;
    if !["http", "https"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
    {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim();
    let host = match host.split_at_checked(4) {
        Some((www, bare)) if www.eq_ignore_ascii_case("www.") => bare,
        Some(_) | None => host,
    };
    (!host.is_empty()).then_some(host)
}

fn suggested_grade(link: &str) -> Grade {
    let filings = host(link.trim()).is_some_and(|host| {
        let host = host.to_ascii_lowercase();
        host == "sec.gov" || host.ends_with(".sec.gov")
    });
    if filings { Grade::Filing } else { Grade::News }
}
