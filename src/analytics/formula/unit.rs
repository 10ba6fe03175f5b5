//! The unit of a formula's value, derived from the units of its parts: dollars
//! over dollars are a multiple, dollars over megawatts dollars a megawatt, and
//! dollars and megawatts cannot be added.

use crate::analytics::measure::MeasureUnit;

/// What a value without a dimension is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// A number that was written: it takes the unit of what it is added to.
    #[default]
    Number,
    /// A part of a whole.
    Fraction,
    /// A change.
    Change,
    /// A difference of fractions.
    Points,
    /// A ratio.
    Multiple,
    /// Points of an index.
    Index,
}

/// A unit: powers of what is measured, or the kind of a value without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    usd: i16,
    /// The share's currency, which need not be dollars.
    currency: i16,
    mw: i16,
    shares: i16,
    btc: i16,
    /// Number unless all powers are zero.
    kind: Kind,
}

impl Unit {
    /// The unit of a number that was written.
    pub const NUMBER: Self = Self {
        usd: 0,
        currency: 0,
        mw: 0,
        shares: 0,
        btc: 0,
        kind: Kind::Number,
    };

    const fn without_dimension(kind: Kind) -> Self {
        Self {
            kind,
            ..Self::NUMBER
        }
    }

    /// The unit of a measure.
    pub const fn of(unit: MeasureUnit) -> Self {
        let none = Self::NUMBER;
        match unit {
            MeasureUnit::Usd => Self { usd: 1, ..none },
            MeasureUnit::Price => Self {
                currency: 1,
                shares: -1,
                ..none
            },
            MeasureUnit::Change => Self::without_dimension(Kind::Change),
            MeasureUnit::Points => Self::without_dimension(Kind::Points),
            MeasureUnit::Fraction => Self::without_dimension(Kind::Fraction),
            MeasureUnit::Multiple => Self::without_dimension(Kind::Multiple),
            MeasureUnit::Index => Self::without_dimension(Kind::Index),
            MeasureUnit::Megawatts => Self { mw: 1, ..none },
            MeasureUnit::UsdPerMw => Self {
                usd: 1,
                mw: -1,
                ..none
            },
            MeasureUnit::Shares => Self { shares: 1, ..none },
            MeasureUnit::Btc => Self { btc: 1, ..none },
        }
    }

    /// The unit of a measure that this is, if it is one.
    pub fn measure(self) -> Option<MeasureUnit> {
        let all = MeasureUnit::ALL.iter().copied();
        all.clone().find(|unit| Self::of(*unit) == self)
    }

    /// Dollars a share, which is shown as a price.
    pub fn is_usd_a_share(self) -> bool {
        self == Self {
            usd: 1,
            shares: -1,
            ..Self::NUMBER
        }
    }

    const fn has_dimension(self) -> bool {
        self.usd != 0 || self.currency != 0 || self.mw != 0 || self.shares != 0 || self.btc != 0
    }

    /// The unit in words: "USD", "×", "USD/MW", "a plain number".
    pub fn name(self) -> String {
        if let Some(unit) = self.measure() {
            let name = match unit {
                MeasureUnit::Price => "price a share",
                MeasureUnit::Change => "% of change",
                MeasureUnit::Fraction => "% of a whole",
                MeasureUnit::Index => "index points",
                MeasureUnit::Usd
                | MeasureUnit::Points
                | MeasureUnit::Multiple
                | MeasureUnit::Megawatts
                | MeasureUnit::UsdPerMw
                | MeasureUnit::Shares
                | MeasureUnit::Btc => unit.label(),
            };
            return name.to_owned();
        }
        if !self.has_dimension() {
            return "a plain number".to_owned();
        }
        if self.is_usd_a_share() {
            return "USD a share".to_owned();
        }
        let powers = [
            (self.usd, "USD"),
            (self.currency, "share currency"),
            (self.mw, "MW"),
            (self.shares, "share"),
            (self.btc, "BTC"),
        ];
        let side = |sign: i16| {
            let parts = powers.iter().filter(|(power, _)| power.signum() == sign);
            let parts = parts.map(|(power, name)| match power.unsigned_abs() {
                1 => (*name).to_owned(),
                power => format!("{name}^{power}"),
            });
            parts.collect::<Vec<_>>().join("·")
        };
        match (side(1), side(-1)) {
            (above, below) if below.is_empty() => above,
            (above, below) if above.is_empty() => format!("1/{below}"),
            (above, below) => format!("{above}/{below}"),
        }
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let kind = match (self.kind, other.kind) {
            (Kind::Number, kind) | (kind, Kind::Number) => kind,
            (Kind::Fraction, Kind::Fraction) => Kind::Fraction,
            _ => Kind::Multiple,
        };
        self.joined(other, 1, kind)
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let written = |unit: Self| unit.kind == Kind::Number && !unit.has_dimension();
        let kind = if written(other) {
            self.kind
        } else {
            Kind::Multiple
        };
        self.joined(other, -1, kind)
    }

    fn joined(self, other: Self, sign: i16, kind: Kind) -> Self {
        let power = |own: i16, other: i16| own.saturating_add(other.saturating_mul(sign));
        let mut unit = Self {
            usd: power(self.usd, other.usd),
            currency: power(self.currency, other.currency),
            mw: power(self.mw, other.mw),
            shares: power(self.shares, other.shares),
            btc: power(self.btc, other.btc),
            kind: Kind::Number,
        };
        if !unit.has_dimension() {
            let either = self.has_dimension() || other.has_dimension();
            unit.kind = if either { Kind::Multiple } else { kind };
        }
        unit
    }

    /// The unit of a sum; none if the two cannot be added.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.alike(other, |a, b| match (a, b) {
            (Kind::Number, Kind::Change | Kind::Points) | (Kind::Fraction, Kind::Multiple) => {
                Some(Kind::Multiple)
            }
            (Kind::Number, kind) => Some(kind),
            (Kind::Change, Kind::Points) => Some(Kind::Change),
            (Kind::Fraction, Kind::Points) => Some(Kind::Fraction),
            _ => None,
        })
    }

    /// The unit of a difference; none if the second cannot be taken away. The
    /// difference of two fractions or changes is points.
    pub fn minus(self, other: Self) -> Option<Self> {
        match (self.kind, other.kind) {
            (Kind::Fraction, Kind::Fraction) | (Kind::Change, Kind::Change) => {
                Some(Self::of(MeasureUnit::Points))
            }
            _ => self.plus(other),
        }
    }

    /// The unit of the greater or lesser of two; none if they cannot be compared.
    pub fn either(self, other: Self) -> Option<Self> {
        self.alike(other, |a, b| match (a, b) {
            (Kind::Number, kind) => Some(kind),
            (Kind::Fraction, Kind::Multiple) => Some(Kind::Multiple),
            _ => None,
        })
    }

    /// The one unit of two values: their own if it is the same, that of the
    /// other for a number that was written, else what `kinds` says in either order.
    fn alike(self, other: Self, kinds: impl Fn(Kind, Kind) -> Option<Kind>) -> Option<Self> {
        match (self.has_dimension(), other.has_dimension()) {
            _ if self == other => Some(self),
            (false, false) => kinds(self.kind, other.kind)
                .or_else(|| kinds(other.kind, self.kind))
                .map(Self::without_dimension),
            (true, false) if other.kind == Kind::Number => Some(self),
            (false, true) if self.kind == Kind::Number => Some(other),
            (true | false, true | false) => None,
        }
    }
}
