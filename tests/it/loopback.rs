//! A scripted web server on this machine, for tests of what goes over the
//! network. It keeps a log of all that was asked, in order; it waits for nobody
//! but in the script that drips.

use std::collections::BTreeMap;
use std::io::{BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// How long a test waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What is done with a request.
#[derive(Clone, Debug)]
pub enum Script {
    /// A whole answer.
    Answer(Reply),
    /// An answer that ends after so many bytes of its body.
    Cut(Reply, usize),
    /// A byte every 50 ms, without end.
    Drip,
    /// No answer, while the connection stays open.
    Hang,
    /// The connection is closed without an answer.
    Close,
    /// A body of so many bytes, with its length said beforehand or not.
    Huge { bytes: u64, is_declared: bool },
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Headers; the length of the body is added.
    pub headers: Vec<(String, String)>,
    /// Body, as sent.
    pub body: Vec<u8>,
}

impl Script {
    /// An answer of that status, media type and body.
    pub fn answer(status: u16, media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer(Reply {
            status,
            headers: vec![("Content-Type".to_owned(), media.to_owned())],
            body: body.into(),
        })
    }

    /// A good answer in JSON.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::answer(200, "application/json", body)
    }

    /// A web page instead of data.
    pub fn html() -> Self {
        let page = "<!DOCTYPE html><html><body>Are you human?</body></html>";
        Self::answer(200, "text/html; charset=utf-8", page)
    }

    /// An answer of that status with a short text.
    pub fn status(status: u16) -> Self {
        Self::answer(status, "text/plain", "no data")
    }

    /// It leads to another address.
    pub fn redirect(to: &str) -> Self {
        Self::status(302).with("Location", to)
    }

    /// A body packed as gzip.
    pub fn gzip(packed: Vec<u8>) -> Self {
        Self::json(packed).with("Content-Encoding", "gzip")
    }

    /// Half of the body, then the connection is closed.
    pub fn truncated(body: impl Into<Vec<u8>>) -> Self {
        let Self::Answer(reply) = Self::json(body) else {
            unreachable!("json is an answer")
        };
        let half = reply.body.len() / 2;
        Self::Cut(reply, half)
    }

    /// The same with one more header, where there are any.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer(reply) | Self::Cut(reply, _) = &mut self {
            reply.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// A request that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Method, such as GET; a proxy is asked to CONNECT.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// Headers as sent, names in small letters, in order.
    pub headers: Vec<(String, String)>,
    /// On which connection it came, counted from 0.
    pub connection: usize,
}

impl Seen {
    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The value of a header; its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

type Decide = Box<dyn Fn(&Seen) -> Script + Send + Sync>;

/// The server; it stops when it is dropped.
pub struct Loopback {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    decide: Decide,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    log: Vec<Seen>,
    open: Vec<TcpStream>,
    threads: Vec<JoinHandle<()>>,
    /// How many connections it has closed.
    closed: usize,
    is_over: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loopback {
    /// A server that asks `decide` what to do with each request.
    pub fn start(decide: impl Fn(&Seen) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            decide: Box::new(decide),
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let own = Arc::clone(&shared);
        let listener = Builder::new()
            .name("loopback".to_owned())
            .spawn(move || listen(&listener, &own))
            .unwrap();
        Self {
            address,
            shared,
            listener: Some(listener),
        }
    }

    /// A server that goes by the beginning of path and query: the longest that
    /// fits counts, each request takes the next script, the last one stays.
    /// What fits nowhere is answered with 404.
    pub fn routes(routes: impl IntoIterator<Item = (&'static str, Vec<Script>)>) -> Self {
        let routes: BTreeMap<_, _> = routes.into_iter().collect();
        let taken = Mutex::new(BTreeMap::<&str, usize>::new());
        Self::start(move |seen| {
            let fits = routes
                .iter()
                .filter(|(path, _)| seen.target.starts_with(**path));
            let Some((path, scripts)) = fits.max_by_key(|(path, _)| path.len()) else {
                return Script::status(404);
            };
            let mut taken = taken.lock().unwrap();
            let at = taken.entry(path).or_default();
            let script = scripts.get(*at).or_else(|| scripts.last()).cloned();
            *at += 1;
            script.unwrap_or_else(|| Script::status(404))
        })
    }

    /// Its address without a slash at the end, as for `--provider-url`.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All requests so far, in order of arrival.
    pub fn log(&self) -> Vec<Seen> {
        self.shared.state().log.clone()
    }

    /// Path and query of all requests so far, in order of arrival.
    pub fn targets(&self) -> Vec<String> {
        self.log().into_iter().map(|seen| seen.target).collect()
    }

    /// Waits until so many requests have come.
    pub fn wait_for(&self, count: usize) {
        self.wait(|state| state.log.len() >= count);
    }

    /// Waits until all connections that came are closed.
    pub fn wait_for_closed(&self) {
        self.wait(|state| state.closed == state.threads.len());
    }

    fn wait(&self, is_so: impl Fn(&State) -> bool) {
        let changed = &self.shared.changed;
        let waited =
            changed.wait_timeout_while(self.shared.state(), PATIENCE, |state| !is_so(state));
        let (state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        let came = state.log.len();
        drop(state);
        assert!(!timeout.timed_out(), "waited in vain; {came} requests came");
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        let (open, threads) = {
            let mut state = self.shared.state();
            state.is_over = true;
            (
                std::mem::take(&mut state.open),
                std::mem::take(&mut state.threads),
            )
        };
        self.shared.changed.notify_all();
        for stream in open {
            // One that is closed already needs nothing.
            drop(stream.shutdown(Shutdown::Both));
        }
        // Ends the wait for the next connection.
        drop(TcpStream::connect(self.address));
        for thread in threads.into_iter().chain(self.listener.take()) {
            // A script that panicked has shown why.
            drop(thread.join());
        }
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for (connection, stream) in listener.incoming().enumerate() {
        let (Ok(stream), mut state) = (stream, shared.state()) else {
            continue;
        };
        if state.is_over {
            return;
        }
        state.open.extend(stream.try_clone());
        let own = Arc::clone(shared);
        let thread = Builder::new()
            .name("loopback connection".to_owned())
            .spawn(move || {
                // An error only says that the other end has gone.
                drop(serve(&stream, connection, &own));
                drop(stream.shutdown(Shutdown::Both));
                own.state().closed += 1;
                own.changed.notify_all();
            });
        state.threads.push(thread.unwrap());
    }
}

/// Answers one request after the other until either end closes.
fn serve(stream: &TcpStream, connection: usize, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(seen) = read(&mut reader, connection)? {
        let script = (shared.decide)(&seen);
        shared.state().log.push(seen);
        shared.changed.notify_all();
        match script {
            Script::Answer(reply) => send(stream, &reply, reply.body.len())?,
            Script::Cut(reply, bytes) => return send(stream, &reply, bytes),
            Script::Drip => return drip(stream, shared),
            Script::Hang => {
                // Ends when the other end closes, or with the server.
                reader.read_to_end(&mut Vec::new())?;
                return Ok(());
            }
            Script::Close => return Ok(()),
            Script::Huge { bytes, is_declared } => return huge(stream, bytes, is_declared),
        }
    }
    Ok(())
}

/// A request's head; requests with a body are not known here.
fn read(reader: &mut impl std::io::BufRead, connection: usize) -> std::io::Result<Option<Seen>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut lines = lines.into_iter();
    let first = lines.next().unwrap_or_default();
    let mut words = first.split(' ').map(str::to_owned);
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_owned()))
    });
    Ok(Some(Seen {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        headers: headers.collect(),
        connection,
    }))
}

fn send(mut stream: &TcpStream, reply: &Reply, bytes: usize) -> std::io::Result<()> {
    let mut all = Vec::new();
    write!(all, "HTTP/1.1 {} Scripted\r\n", reply.status)?;
    for (name, value) in &reply.headers {
        write!(all, "{name}: {value}\r\n")?;
    }
    write!(all, "Content-Length: {}\r\n\r\n", reply.body.len())?;
    all.extend_from_slice(&reply.body[..bytes]);
    stream.write_all(&all)
}

fn drip(mut stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 Scripted\r\nContent-Type: application/json\r\n\r\n")?;
    loop {
        stream.write_all(b"[")?;
        let pause = Duration::from_millis(50);
        let waited = shared
            .changed
            .wait_timeout_while(shared.state(), pause, |state| !state.is_over);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.is_over {
            return Ok(());
        }
    }
}

fn huge(mut stream: &TcpStream, bytes: u64, is_declared: bool) -> std::io::Result<()> {
    let length = if is_declared {
        format!("Content-Length: {bytes}\r\n")
    } else {
        String::new()
    };
    stream.write_all(format!("HTTP/1.1 200 Scripted\r\n{length}\r\n").as_bytes())?;
    let block = vec![b' '; 1 << 16];
    let mut left = bytes;
    while left > 0 {
        let part = left.min(block.len() as u64);
        stream.write_all(&block[..part as usize])?;
        left -= part;
    }
    Ok(())
}

/// A gzip file of `bytes` zeros, about 1/159 as long: a bomb. Its checksum is
/// wrong, as nobody is to come so far.
pub fn gzip_bomb(bytes: usize) -> Vec<u8> {
    // One block with fixed codes: a zero, then "258 bytes as the one before".
    let mut bits = Bits::default();
    bits.push(&[1, 1, 0]);
    bits.push(&[0, 0, 1, 1, 0, 0, 0, 0]);
    for _ in 0..bytes / 258 {
        bits.push(&[1, 1, 0, 0, 0, 1, 0, 1]);
        bits.push(&[0, 0, 0, 0, 0]);
    }
    bits.push(&[0; 7]);
    let mut packed = GZIP_HEAD.to_vec();
    packed.extend(bits.bytes);
    packed.extend([0; 8]);
    packed
}

/// A gzip file that holds `body` as it is; at most 65535 bytes.
pub fn gzip_of(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    let mut packed = GZIP_HEAD.to_vec();
    packed.push(1);
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(body);
    packed.extend(crc32(body).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    fn push(&mut self, bits: &[u8]) {
        for bit in bits {
            if self.count.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= bit << (self.count % 8);
            self.count += 1;
        }
    }
}

/// The checksum of gzip, RFC 1952.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
