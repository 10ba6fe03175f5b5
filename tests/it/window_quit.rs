//! Closing the window while a provider hangs: nobody waits for it, and nothing
//! is asked any more.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gigawatch::app::{Network, window};
use gigawatch::fetch::{Answer, Cancel, NetError, Request, World};
use gigawatch::secrets::{SessionKeys, SystemKeysOrSession};
use jiff::Timestamp;

use crate::flows;
use crate::loopback::PATIENCE;

const NOW: &str = "2026-11-21T14:05:00Z";

fn network(world: Arc<dyn World>) -> Network {
    Network {
        world,
        keys: Arc::new(SystemKeysOrSession::over(Box::new(SessionKeys::default()))),
        bases: BTreeMap::new(),
    }
}

/// Takes every request and gives no answer, not even when it is stopped, before
/// the test lets go of `held`.
struct Hanging {
    asked: SyncSender<Cancel>,
    held: Mutex<Receiver<()>>,
}

impl World for Hanging {
    fn now(&self) -> Timestamp {
        NOW.parse().unwrap()
    }

    fn wait(&self, _span: Duration, cancel: &Cancel) -> bool {
        !cancel.is_stopped()
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn get(&self, _request: &Request, cancel: &Cancel) -> Result<Answer, NetError> {
        self.asked.send(cancel.clone()).unwrap();
        let ended = self.held.lock().unwrap().recv();
        assert!(ended.is_err(), "nothing is ever sent");
        Err(NetError::Cancelled)
    }
}

#[test]
fn quitting_waits_for_no_provider_and_stops_the_refresh() {
    let (asked, who_asked) = sync_channel(64);
    let (let_go, held) = sync_channel(0);
    let hanging = Hanging {
        asked,
        held: Mutex::new(held),
    };
    let (told, has_gone) = sync_channel(1);
    let app = std::thread::Builder::new().spawn(move || {
        let folder = tempfile::tempdir().unwrap();
        let mut start = flows::start(folder.path());
        start.inline = false;
        start.network = Some(network(Arc::new(hanging)));
        let ctx = egui::Context::default();
        let mut app = window::create(&ctx, start);
        for _ in 0..5 {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                app.logic(ui.ctx());
                app.ui(ui);
            });
            output.textures_delta.clear();
        }
        let cancel = who_asked.recv_timeout(PATIENCE).unwrap();
        assert!(!cancel.is_stopped());
        drop(app);
        told.send(cancel).unwrap();
    });
    let cancel = has_gone.recv_timeout(PATIENCE);
    let cancel = cancel.expect("the app goes while its provider hangs");
    assert!(cancel.is_stopped(), "no refresh outlives its window");
    drop(let_go);
    app.unwrap().join().unwrap();
}
