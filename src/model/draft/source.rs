//! A source as typed.

use uuid::Uuid;

use super::{
    Check, Draft, DraftCx, FieldError, Live, Parsed,
    link::{self, LinkDraft},
    read, text_fields, verb, write,
};
use crate::model::{Change, Record, Source, SourceId, source::Grade};

/// A source as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDraft {
    /// The source that is edited; none adds one.
    pub id: Option<SourceId>,
    /// What it is called; its address if blank.
    pub title: String,
    /// Who published it; the host of its address if blank.
    pub publisher: String,
    /// Address or file.
    pub url: String,
    /// When it was published.
    pub published: String,
    /// How far it is trusted.
    pub grade: Grade,
    /// Remarks.
    pub note: String,
}

impl Default for SourceDraft {
    fn default() -> Self {
        Self {
            id: None,
            title: String::new(),
            publisher: String::new(),
            url: String::new(),
            published: String::new(),
            grade: Grade::News,
            note: String::new(),
        }
    }
}

impl SourceDraft {
    /// The source as one would type it, to be edited.
    pub fn from_record(source: &Source) -> Self {
        Self {
            id: Some(source.id),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.clone().unwrap_or_default(),
            published: write::or_blank(source.published, write::date),
            grade: source.grade,
            note: source.note.clone(),
        }
    }

    /// The same as a new source.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self
    }
}

impl Draft for SourceDraft {
    text_fields! { title url publisher published note }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "url" => self.read_url(cx),
            "published" => read::date(&self.published),
            "title" | "publisher" | "note" => read::words(self.text(field).unwrap_or_default()),
            _ => Live::Empty,
        }
    }

    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>> {
        let mut check = Check::new(self, cx);
        let url = check.text("url");
        let title = check.text("title").or_else(|| url.clone());
        let title = check.required("title", title, "Write the title, or the link");
        let suggested = || {
            let adding = LinkDraft {
                link: self.url.clone(),
                ..LinkDraft::default()
            };
            // An edited source may have no publisher on purpose.
            let host = adding.suggested_publisher().filter(|_| self.id.is_none());
            host.unwrap_or_default().to_owned()
        };
        let source = (|| {
            Some(Source {
                id: self.id.unwrap_or_else(|| SourceId(new_id())),
                title: title?,
                publisher: check.text("publisher").unwrap_or_else(suggested),
                url,
                published: check.date("published"),
                grade: self.grade,
                note: check.text("note").unwrap_or_default(),
            })
        })();
        let source = check.done(source)?;
        let label = format!("{} source {}", verb(self.id.is_some()), source.title);
        Ok(Change::put(label, Record::Source(source)))
    }
}

impl SourceDraft {
    /// A second source with the address of another is a slip of the hand.
    fn read_url(&self, cx: &DraftCx<'_>) -> Live {
        let live = link::address(&self.url, cx.book);
        let Live::Ok(Parsed::Source(id)) = live else {
            return live;
        };
        if Some(id) == self.id || self.keeps_url(cx) {
            return Live::Ok(Parsed::Text);
        }
        let title = cx.book.source(id).map_or("", |source| &source.title);
        Live::Err(format!(
            "“{title}” has this link already: edit that source instead"
        ))
    }

    /// True if the address is the one that the edited source has had.
    fn keeps_url(&self, cx: &DraftCx<'_>) -> bool {
        let before = self.id.and_then(|id| cx.book.source(id));
        before.is_some_and(|source| source.url.as_deref() == Some(self.url.trim()))
    }
}
