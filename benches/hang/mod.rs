//! A port of this machine that takes every connection and never answers, and
//! the real client led to it in the place of every provider.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use gigawatch::app::Network;
use gigawatch::fetch::client::{Client, ClientError, Options};
use gigawatch::model::Provider;
use gigawatch::secrets::SystemKeysOrSession;

/// Opens the port. Its connections stay open until this process ends.
pub fn port() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    std::thread::Builder::new()
        .name("hang".to_owned())
        .spawn(move || {
            let mut taken = Vec::new();
            for connection in listener.incoming() {
                taken.push(connection);
            }
        })?;
    Ok(port)
}

/// The network as a window has it, but that every provider is at that port.
pub fn network(port: u16) -> Result<Network, ClientError> {
    let base = format!("http://127.0.0.1:{port}");
    let all = Provider::ALL.iter().copied();
    let bases: BTreeMap<Provider, String> = all.map(|by| (by, base.clone())).collect();
    let mut options = Options::new(Arc::new(now));
    options.plain = vec![base];
    Ok(Network {
        world: Arc::new(Client::new(options)?),
        keys: Arc::new(SystemKeysOrSession::default()),
        bases,
    })
}

#[expect(clippy::disallowed_methods, reason = "the clock of a real start")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
