//! `backup` and `restore`: copies of the book's file, made and checked by the
//! store. Neither reads the records, so that both work on a book that does not
//! open.

use std::path::Path;

use anyhow::{anyhow, bail};

use super::{Answer, Place};
use crate::store::{self, FILE_NAME, Store};

pub(super) fn backup(place: &Place, folder: Option<&Path>) -> anyhow::Result<Answer> {
    if !place.folder.join(FILE_NAME).exists() {
        bail!("There is no book in {} to copy", place.folder.display());
    }
    let opened = Store::open(&place.folder, place.now.timestamp())?;
    let folder = folder.map_or_else(|| store::backup_folder(&place.folder), Path::to_path_buf);
    std::fs::create_dir_all(&folder)
        .map_err(|error| anyhow!("{} cannot be made ({error})", folder.display()))?;
    let name = place.now.strftime("gigawatch-%Y-%m-%d-%H%M%S.sqlite");
    let path = folder.join(name.to_string());
    opened.store.backup_to(&path)?;
    Ok(Answer::done(format!("{}\n", path.display())))
}

pub(super) fn restore(place: &Place, file: &Path) -> anyhow::Result<Answer> {
    if !file.exists() {
        bail!("There is no file {}", file.display());
    }
    let restored = store::restore(file, &place.folder, place.now.timestamp())?;
    let aside = restored.replaced.map_or_else(String::new, |replaced| {
        format!("The book before it is now {}\n", replaced.display())
    });
    let text = format!("Restored {FILE_NAME} from {}\n{aside}", file.display());
    Ok(Answer::done(text))
}
