//! Ordinary least squares of one variable on another: beta, alpha and
//! correlation. Knows no days and no prices; pairs come from
//! [`crate::analytics::pairs`].

use crate::analytics::pairs::PairedReturn;
use crate::analytics::reason::Reason;

/// Fewer pairs than this make a line fit by construction.
pub const MIN_PAIRS: usize = 3;

/// The line own = alpha + beta × benchmark, fitted to paired returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Sample covariance over the benchmark's sample variance.
    pub beta: f64,
    /// Mean own return not explained by the benchmark, a pair (not a year).
    pub alpha: f64,
    /// Pearson's correlation, between −1 and 1. Without a value if the
    /// instrument's returns do not vary (its beta is then a true 0).
    pub correlation: Result<f64, Reason>,
    /// The share of the instrument's variance that the line explains.
    pub r_squared: Result<f64, Reason>,
    /// Number of pairs.
    pub observations: usize,
}

/// Fits `pairs`. Fails for fewer than [`MIN_PAIRS`] pairs and for a benchmark
/// whose returns do not vary.
pub fn fit(pairs: &[PairedReturn]) -> Result<Fit, Reason> {
    let have = pairs.len();
    if have < MIN_PAIRS {
        return Err(Reason::TooFew {
            have,
            need: MIN_PAIRS,
        });
    }
    let n = have as f64;
    // Two passes: deviations from the mean keep the digits that the
    // difference of two large sums would lose.
    let mean_own = pairs.iter().map(|p| p.own).sum::<f64>() / n;
    let mean_benchmark = pairs.iter().map(|p| p.benchmark).sum::<f64>() / n;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    let (mut x_largest, mut y_largest) = (0.0_f64, 0.0_f64);
    for pair in pairs {
        let (x, y) = (pair.benchmark - mean_benchmark, pair.own - mean_own);
        xx += x * x;
        xy += x * y;
        yy += y * y;
        x_largest = x_largest.max(pair.benchmark.abs());
        y_largest = y_largest.max(pair.own.abs());
    }
    if is_rounding(xx, n, x_largest) {
        return Err(Reason::Constant {
            what: "the benchmark",
        });
    }
    let beta = xy / xx;
    let correlation = if is_rounding(yy, n, y_largest) {
        Err(Reason::Constant {
            what: "the instrument",
        })
    } else {
        // Rounding can carry a perfect correlation a hair past 1.
        Ok((xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
    };
    Ok(Fit {
        beta,
        alpha: mean_own - beta * mean_benchmark,
        r_squared: correlation.clone().map(|r| r * r),
        correlation,
        observations: have,
    })
}

/// Whether a sum of squared deviations is what rounding leaves of a constant.
/// A return p₁/p₀ − 1 carries an error of the order of one ulp of 1, whatever
/// its own size, hence the 1 in the scale.
fn is_rounding(squares: f64, n: f64, largest: f64) -> bool {
    let error = 4.0 * f64::EPSILON * (1.0 + largest);
    squares <= n * error * error
}
