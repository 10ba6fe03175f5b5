//! Keys of providers: where they are kept, what is said where they cannot be,
//! and that no key is in any text. No real keyring is touched.

use std::collections::BTreeMap;
use std::sync::Mutex;

use gigawatch::model::Provider;
use gigawatch::secrets::{Kept, Keys, KeysError, SessionKeys, SystemKeysOrSession};

const KEY: &str = "s3cret-key";

/// A keyring that answers as it is told to.
struct Scripted {
    fault: Option<KeysError>,
    keys: Mutex<BTreeMap<Provider, String>>,
}

impl Scripted {
    fn keys(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<Provider, String>>, KeysError> {
        self.fault
            .clone()
            .map_or_else(|| Ok(self.keys.lock().unwrap()), Err)
    }
}

impl Keys for Scripted {
    fn get(&self, provider: Provider) -> Result<Option<String>, KeysError> {
        Ok(self.keys()?.get(&provider).cloned())
    }

    fn set(&self, provider: Provider, key: &str) -> Result<Kept, KeysError> {
        self.keys()?.insert(provider, key.to_owned());
        Ok(Kept::Keyring)
    }

    fn forget(&self, provider: Provider) -> Result<(), KeysError> {
        self.keys()?.remove(&provider);
        Ok(())
    }
}

fn keys(fault: Option<KeysError>) -> SystemKeysOrSession {
    let keys = Mutex::default();
    SystemKeysOrSession::over(Box::new(Scripted { fault, keys }))
}

#[test]
fn a_keyring_that_works_keeps_the_key() {
    let keys = keys(None);
    assert_eq!(keys.get(Provider::Tiingo), Ok(None));
    let kept = keys.set(Provider::Tiingo, &format!(" {KEY}\n"));
    assert_eq!(kept, Ok(Kept::Keyring));
    assert_eq!(keys.get(Provider::Tiingo), Ok(Some(KEY.to_owned())));
    assert_eq!(keys.get(Provider::Yahoo), Ok(None));
    assert_eq!(keys.notice(), None);
    assert_eq!(keys.forget(Provider::Tiingo), Ok(()));
    assert_eq!(keys.get(Provider::Tiingo), Ok(None));
}

#[test]
fn where_no_keyring_takes_a_key_it_stays_for_the_session() {
    let check = |fault: KeysError, said: &str| {
        let keys = keys(Some(fault));
        let kept = keys.set(Provider::Tiingo, KEY).unwrap();
        let notice = format!("{said}: the key is kept until Gigawatch is closed");
        assert_eq!(kept.notice().as_ref(), Some(&notice));
        assert_eq!(keys.notice(), Some(notice));
        assert_eq!(keys.get(Provider::Tiingo), Ok(Some(KEY.to_owned())));
        assert!(!format!("{kept:?}").contains(KEY));
    };
    check(
        KeysError::NoKeyring("no service for passwords was found".to_owned()),
        "This machine has no keyring that answers (no service for passwords was found)",
    );
    check(
        KeysError::NoAnswer(std::time::Duration::from_secs(30)),
        "The keyring gave no answer within 30 s",
    );
    check(KeysError::Locked, "The keyring is locked");
    check(
        KeysError::Failed("it broke down".to_owned()),
        "The keyring failed (it broke down)",
    );
}

#[test]
fn no_keyring_means_no_key_but_a_locked_one_may_hold_it() {
    let none = keys(Some(KeysError::NoKeyring("none".to_owned())));
    assert_eq!(none.get(Provider::Tiingo), Ok(None));
    assert_eq!(
        none.notice().as_deref(),
        Some(
            "This machine has no keyring that answers (none): \
             a key is kept only until Gigawatch is closed"
        )
    );
    assert_eq!(none.forget(Provider::Tiingo), Ok(()));
    let locked = keys(Some(KeysError::Locked));
    assert_eq!(locked.get(Provider::Tiingo), Err(KeysError::Locked));
    locked.set(Provider::Tiingo, KEY).unwrap();
    assert_eq!(locked.get(Provider::Tiingo), Ok(Some(KEY.to_owned())));
    // Out of memory it is, but perhaps not out of the keyring.
    assert_eq!(locked.forget(Provider::Tiingo), Err(KeysError::Locked));
    assert_eq!(locked.get(Provider::Tiingo), Err(KeysError::Locked));
}

#[test]
fn what_is_no_key_is_refused_and_not_repeated() {
    let (session, either) = (SessionKeys::default(), keys(None));
    for text in [
        "",
        "  ",
        "two words",
        "line\nline",
        "s\u{200b}cret",
        "schlüssel",
    ] {
        for keys in [&session as &dyn Keys, &either] {
            assert_eq!(keys.set(Provider::Tiingo, text), Err(KeysError::NoKey));
            assert_eq!(keys.get(Provider::Tiingo), Ok(None));
        }
    }
    session.set(Provider::Tiingo, KEY).unwrap();
    assert_eq!(format!("{session:?}"), "{Tiingo}");
}

/// The real keyring, where none can answer: a child process is given a message
/// bus of its own, so that nobody's keyring is touched.
#[cfg(target_os = "linux")]
mod system {
    use std::os::unix::net::UnixListener;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use gigawatch::model::Provider;
    use gigawatch::secrets::{Keys as _, KeysError, SystemKeys};

    /// Set for the child only: what it is to find.
    const EXPECTED: &str = "GIGAWATCH_TEST_KEYRING";
    const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

    #[test]
    fn child() {
        let Ok(expected) = std::env::var(EXPECTED) else {
            return;
        };
        // Soon over where nobody answers; where somebody says no, that counts.
        let patience = Duration::from_secs(if expected == "silence" { 1 } else { 60 });
        let error = if expected == "silence" {
            KeysError::NoAnswer(patience)
        } else {
            KeysError::NoKeyring("no service for passwords was found".to_owned())
        };
        let keys = SystemKeys::with_patience(patience);
        for _ in 0..3 {
            assert_eq!(keys.get(Provider::Tiingo), Err(error.clone()));
            let kept = keys.set(Provider::Tiingo, super::KEY);
            assert_eq!(kept, Err(error.clone()));
            assert_eq!(keys.forget(Provider::Tiingo), Err(error.clone()));
        }
    }

    fn check(bus: &std::path::Path, expected: &str) {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "secrets::system::child", "--test-threads=1"])
            .env(EXPECTED, expected)
            .env(BUS, format!("unix:path={}", bus.display()))
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{expected}");
    }

    #[test]
    fn a_machine_without_a_keyring_says_so_and_one_that_hangs_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let bus = folder.path().join("bus");
        check(&bus, "none");
        // Connections come about, and nobody ever says a word.
        let _listener = UnixListener::bind(&bus).unwrap();
        check(&bus, "silence");
    }
}
