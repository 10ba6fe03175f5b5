//! Where things are kept: the book in the platform's data directory, the
//! preferences in its config directory, logs in its state directory, or all of
//! it in one folder.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// Where things are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The folder of the book and its backups.
    pub data: PathBuf,
    /// The folder of the preferences.
    pub config: PathBuf,
    /// The folder of the logs.
    pub state: PathBuf,
}

impl Paths {
    /// Everything in one folder.
    pub fn in_one(folder: &Path) -> Self {
        let folder = folder.to_path_buf();
        Self {
            data: folder.clone(),
            config: folder.clone(),
            state: folder,
        }
    }

    /// The platform's directories; none when the user has no home directory.
    pub fn of_platform() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "gigawatch")?;
        let data = dirs.data_local_dir().to_path_buf();
        let state = dirs
            .state_dir()
            .map_or_else(|| data.clone(), Path::to_path_buf);
        Some(Self {
            data,
            config: dirs.config_dir().to_path_buf(),
            state,
        })
    }

    /// The file of the preferences.
    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The log file.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("gigawatch.log")
    }
}
