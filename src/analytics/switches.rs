//! The switches that say what figures count: base or with options, owned share
//! or the whole, and so on. They are an argument of derivations, never a global;
//! nothing is computed here.

use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::model::metric::MwBasis;

closed_set! {
    /// What of a contract counts.
    ValueBasis {
        /// The base term alone.
        Base = "base", "Base term";
        /// The base term and every option of the tenant.
        WithOptions = "with_options", "With options";
    }
}

closed_set! {
    /// How much of what is owned in part counts.
    ShareBasis {
        /// The company's share.
        Owned = "owned", "Owned share";
        /// All of it.
        Whole = "whole", "100 %";
    }
}

closed_set! {
    /// Which load counts.
    LoadBasis {
        /// Critical IT load.
        Critical = "critical", "Critical IT";
        /// Gross utility load.
        Gross = "gross", "Gross";
    }
}

impl LoadBasis {
    /// The same as statements of megawatts have it.
    pub const fn stated_as(self) -> MwBasis {
        match self {
            Self::Critical => MwBasis::Critical,
            Self::Gross => MwBasis::Gross,
        }
    }

    /// As it stands in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Critical => "critical IT load",
            Self::Gross => "gross load",
        }
    }
}

closed_set! {
    /// Which view of a company's debt counts.
    DebtBasis {
        /// The total it states, and the instruments only where it states none.
        Stated = "stated", "Stated total";
        /// The sum of the instruments known.
        Instruments = "instruments", "Instruments";
    }
}

closed_set! {
    /// What a convertible is while its share stands above the conversion price.
    ConvertBasis {
        /// Debt, as long as it is not converted.
        AsDebt = "as_debt", "As debt";
        /// Shares.
        IfConverted = "if_converted", "If converted";
    }
}

/// All switches; the default is what is shown where nothing was switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// Base term or with options.
    pub value: ValueBasis,
    /// Owned share or the whole.
    pub share: ShareBasis,
    /// Critical or gross load.
    pub load: LoadBasis,
    /// Stated total or instruments.
    pub debt: DebtBasis,
    /// Convertibles as debt or as shares.
    pub converts: ConvertBasis,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            value: ValueBasis::Base,
            share: ShareBasis::Owned,
            load: LoadBasis::Critical,
            debt: DebtBasis::Stated,
            converts: ConvertBasis::AsDebt,
        }
    }
}

impl Switches {
    /// What counts, in words: "base terms, owned share, critical IT load, stated
    /// debt, convertibles as debt".
    pub fn words(self) -> String {
        let value = match self.value {
            ValueBasis::Base => "base terms",
            ValueBasis::WithOptions => "with options",
        };
        let share = match self.share {
            ShareBasis::Owned => "owned share",
            ShareBasis::Whole => "100%",
        };
        let load = self.load.words();
        let debt = match self.debt {
            DebtBasis::Stated => "stated debt",
            DebtBasis::Instruments => "instruments",
        };
        let converts = match self.converts {
            ConvertBasis::AsDebt => "convertibles as debt",
            ConvertBasis::IfConverted => "convertibles in the money as shares",
        };
        format!("{value}, {share}, {load}, {debt}, {converts}")
    }
}
