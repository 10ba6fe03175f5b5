//! Percentiles of measured times and how benches print them beside a budget.
//! Measures nothing itself.

use std::fmt::Write as _;
use std::time::Duration;

/// Measured times of one thing.
pub struct Times {
    sorted: Vec<Duration>,
}

impl Times {
    /// These times.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self { sorted: times }
    }

    /// The time that so many per cent of all do not exceed (nearest rank).
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.sorted.len() * percent).div_ceil(100).max(1);
        self.sorted.get(rank - 1).copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// One line: how many, median, 99th percentile and longest, in ms.
    pub fn line(&self) -> String {
        format!(
            "{:>6} × median {:>8.3} ms · p99 {:>8.3} ms · max {:>8.3} ms",
            self.sorted.len(),
            ms(self.median()),
            ms(self.percentile(99)),
            ms(self.percentile(100)),
        )
    }
}

/// Milliseconds with their fraction.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The processor, its cores and the load of the last minute, where the system
/// tells: without them a time means little.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("processor unknown", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let mut text = format!("{model}, {cores} cores");
    if let Some(load) = read("/proc/loadavg").split_whitespace().next() {
        let written = write!(text, ", load {load}");
        debug_assert!(written.is_ok(), "a String takes any text");
    }
    text
}

/// "within" or "OVER", of a measured value and its budget.
pub fn verdict(measured: f64, budget: f64) -> &'static str {
    if measured <= budget { "within" } else { "OVER" }
}
