//! A display for the benches' windows: the user's, or an Xvfb of their own.

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Where windows appear.
pub struct Screen {
    /// Its name, as `DISPLAY` has it.
    pub display: String,
    server: Option<Child>,
}

impl Screen {
    /// The user's display, else an Xvfb of our own, else none.
    pub fn find() -> Outcome<Option<Self>> {
        if let Ok(display) = std::env::var("DISPLAY") {
            return Ok(Some(Self {
                display,
                server: None,
            }));
        }
        // Without -noreset it starts anew when the last window closes, and ours
        // open and close in turn.
        let spawned = Command::new("Xvfb")
            .args([
                "-noreset",
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1000x24",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = match spawned {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            spawned => spawned?,
        };
        let mut number = String::new();
        BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut number)?;
        Ok(Some(Self {
            display: format!(":{}", number.trim()),
            server: Some(server),
        }))
    }

    /// Starts this bench again as a window there.
    pub fn child(&self, arguments: &[&Path]) -> Outcome<Child> {
        let child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(child)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // It ends with us; if it is gone already there is nothing to do.
            drop(server.kill());
            drop(server.wait());
        }
    }
}
