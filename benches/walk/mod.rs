//! A random walk of closes that is the same in every run.

/// A random walk from a linear congruential generator (Knuth's MMIX constants).
pub struct Walk {
    state: u64,
    level: f64,
}

impl Walk {
    /// A walk from 20 on.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(977).wrapping_add(1),
            level: 20.0,
        }
    }

    /// The next close: at most 4 % off the last, drawn back to 20 by a little.
    pub fn step(&mut self) -> f64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let unit = (self.state >> 11) as f64 / (1_u64 << 53) as f64;
        let back = 0.000_5 * (20.0 / self.level).ln();
        self.level *= 1.0 + 0.08 * (unit - 0.5) + back;
        self.level
    }
}
