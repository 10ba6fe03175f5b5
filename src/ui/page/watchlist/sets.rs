//! Sets of columns: those that come with the program, and the user's own. A set
//! is shown with one click; the sets themselves know no widget.

use crate::analytics::measure::Measure;
use crate::closed_set;
use crate::ui::Settings;
use crate::ui::settings::ColumnSet;

use super::columns::{self, Column, Own};

closed_set! {
    /// A set that comes with the program.
    BuiltIn {
        /// Closes and returns.
        Performance = "performance", "Performance";
        /// Contracts.
        Backlog = "backlog", "Backlog";
        /// What is owed.
        Debt = "debt", "Debt";
        /// Megawatts.
        Power = "power", "Power";
        /// Enterprise value.
        Valuation = "valuation", "Valuation";
    }
}

/// The longest name of a set.
const LONGEST: usize = 40;

const fn of(measure: Measure) -> Column {
    Column::Measure(measure)
}

impl BuiltIn {
    /// Its columns, without square and name.
    const fn figures(self) -> &'static [Column] {
        const RENT: Column = Column::Own(Own::NextRent);
        const AGE: Column = Column::Own(Own::Age);
        match self {
            Self::Performance => {
                const ALL: &[Column] = &[
                    of(Measure::Close),
                    Column::Own(Own::Day),
                    of(Measure::Return1d),
                    of(Measure::ReturnYtd),
                    of(Measure::ExcessYtd),
                    Column::Own(Own::Spark),
                    of(Measure::MarketCap),
                ];
                ALL
            }
            Self::Backlog => {
                const ALL: &[Column] = &[
                    of(Measure::Backlog),
                    of(Measure::BacklogToDebt),
                    of(Measure::BacklogToEv),
                    of(Measure::BackstopCover),
                    of(Measure::HhiSignatory),
                    of(Measure::HhiObligor),
                    of(Measure::AiRevenueShare),
                    RENT,
                    AGE,
                ];
                ALL
            }
            Self::Debt => {
                const ALL: &[Column] = &[
                    of(Measure::Debt),
                    of(Measure::BacklogToDebt),
                    of(Measure::DebtPerMw),
                    of(Measure::Interest),
                    of(Measure::ReportedCoverage),
                    of(Measure::Cash),
                    of(Measure::BtcValue),
                    AGE,
                ];
                ALL
            }
            Self::Power => {
                const ALL: &[Column] = &[
                    of(Measure::PlannedMw),
                    of(Measure::SecuredMw),
                    of(Measure::EnergisedMw),
                    of(Measure::ContractedMw),
                    of(Measure::BillingMw),
                    of(Measure::DeliveredShare),
                    RENT,
                    AGE,
                ];
                ALL
            }
            Self::Valuation => {
                const ALL: &[Column] = &[
                    of(Measure::Close),
                    of(Measure::DilutedShares),
                    of(Measure::MarketCap),
                    of(Measure::Ev),
                    of(Measure::EvPerMw),
                    of(Measure::BacklogToEv),
                    of(Measure::Noi),
                    of(Measure::EvToNoi),
                    AGE,
                ];
                ALL
            }
        }
    }

    /// Its columns from left to right.
    pub fn columns(self) -> Vec<Column> {
        let found = [Column::Own(Own::Line), Column::Own(Own::Company)];
        found.iter().chain(self.figures()).cloned().collect()
    }
}

/// All sets by name: the built-in ones, then the user's own.
pub fn all(settings: &Settings) -> impl Iterator<Item = (&str, Vec<Column>)> {
    let built_in = BuiltIn::ALL.iter();
    let built_in = built_in.map(|set| (set.label(), set.columns()));
    let own = settings.column_sets.iter();
    built_in.chain(own.map(|set| {
        let columns = columns::known(&set.columns, settings);
        (set.name.as_str(), columns)
    }))
}

/// What is wrong with a name for a set, if anything; `renamed` has its own name
/// already.
pub fn refused(settings: &Settings, name: &str, renamed: Option<&str>) -> Option<String> {
    let name = name.trim();
    if name.is_empty() {
        return Some("Type a name for these columns".to_owned());
    }
    if name.chars().nth(LONGEST).is_some() {
        return Some(format!("A name has at most {LONGEST} letters"));
    }
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    if BuiltIn::ALL.iter().any(|set| same(set.label())) {
        return Some(format!("“{name}” is a set that comes with Gigawatch"));
    }
    let mut own = settings.column_sets.iter();
    let taken = own.any(|set| same(&set.name) && Some(set.name.as_str()) != renamed);
    (renamed.is_some() && taken).then(|| format!("There is a set “{name}” already"))
}

/// Saves the columns shown under that name, in place of a set that has it.
pub fn save(settings: &mut Settings, name: &str) {
    let name = name.trim();
    let mut chosen = columns::chosen(settings).iter().map(Column::code).collect();
    let sets = &mut settings.column_sets;
    let same = |set: &&mut ColumnSet| set.name.to_lowercase() == name.to_lowercase();
    if let Some(set) = sets.iter_mut().find(same) {
        std::mem::swap(&mut set.columns, &mut chosen);
    } else {
        sets.push(ColumnSet {
            name: name.to_owned(),
            columns: chosen,
        });
    }
}

/// Gives a set another name.
pub fn rename(settings: &mut Settings, old: &str, new: &str) {
    for set in &mut settings.column_sets {
        if set.name == old {
            new.trim().clone_into(&mut set.name);
        }
    }
}

/// Forgets a set; the columns shown stay.
pub fn delete(settings: &mut Settings, name: &str) {
    settings.column_sets.retain(|set| set.name != name);
}
