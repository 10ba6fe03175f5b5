//! Preferences on disk. A broken file never stops the app: it is kept aside
//! and the defaults are used.

use std::io;
use std::path::Path;

use crate::ui::Settings;

/// The preferences, and what was wrong with the file.
pub fn load(path: &Path) -> (Settings, Option<String>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return (Settings::default(), None);
        }
        Err(error) => {
            let trouble = format!(
                "{} cannot be read ({error}): the defaults are used",
                path.display()
            );
            return (Settings::default(), Some(trouble));
        }
    };
    match toml::from_str(&text) {
        Ok(settings) => (settings, None),
        Err(error) => {
            let aside = path.with_extension("toml.broken");
            let kept = std::fs::rename(path, &aside).is_ok();
            let where_to = if kept {
                format!("; it is kept as {}", aside.display())
            } else {
                String::new()
            };
            let trouble = format!(
                "{} is not understood ({}): the defaults are used{where_to}",
                path.display(),
                error.message()
            );
            (Settings::default(), Some(trouble))
        }
    }
}

/// Writes the preferences: first beside the file, then in its place, so that a
/// power cut leaves the old or the new ones.
pub fn save(path: &Path, settings: &Settings) -> io::Result<()> {
    let text = toml::to_string_pretty(settings).map_err(io::Error::other)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("toml.new");
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, path)
}
