//! An AI/HPC contract of a company: who rents how much for how long at what
//! value. Rates, shares and remaining value are derived in `analytics`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CompanyId, Day, DealId, Hedge, Money, PartialDate, Phase, SourceId};
use crate::closed_set;

closed_set! {
    /// What kind of company the counterparty is.
    CounterpartyClass {
        /// Microsoft, Amazon, Google, Oracle and their like.
        Hyperscaler = "hyperscaler", "Hyperscaler";
        /// CoreWeave, Fluidstack, Nscale and their like.
        Neocloud = "neocloud", "Neocloud";
        /// Builders of models.
        AiLab = "ai_lab", "AI lab";
        /// NVIDIA, AMD.
        Chipmaker = "chipmaker", "Chipmaker";
        /// Any other company.
        Enterprise = "enterprise", "Enterprise";
        /// Not named by the source.
        Undisclosed = "undisclosed", "Undisclosed";
    }
}

closed_set! {
    /// What is sold. Rates of different kinds must not be compared.
    DealKind {
        /// Powered shell, triple-net lease: the tenant pays power and upkeep.
        PoweredShell = "powered_shell", "Powered shell, triple net";
        /// Colocation, modified gross.
        Colocation = "colocation", "Colocation";
        /// Bare-metal GPUs: the miner buys the chips.
        GpuCloud = "gpu_cloud", "GPU cloud, bare metal";
        /// Managed cloud on own GPUs.
        ManagedCloud = "managed_cloud", "Managed cloud";
        /// The source does not say.
        Unknown = "unknown", "Not stated";
    }
}

closed_set! {
    /// How far a deal has come.
    DealStatus {
        /// A letter of intent or an option: not contracted, not backlog.
        LetterOfIntent = "letter_of_intent", "Letter of intent";
        /// Signed and announced.
        Announced = "announced", "Announced";
        /// Being delivered, in part billing.
        Ramping = "ramping", "Ramping";
        /// Delivered and billing.
        Billing = "billing", "Billing";
        /// Over or cancelled: no longer backlog.
        Ended = "ended", "Ended";
    }
}

/// A stated day of first rent. A deal keeps each, so that a slip is visible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RentStart {
    /// When rent starts.
    pub date: PartialDate,
    /// When that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<PartialDate>,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

impl RentStart {
    /// True if it had been stated by that day; one whose day is not stated
    /// always counts as known.
    pub fn known_by(&self, as_of: Day) -> bool {
        let stated = self.stated.map(|date| date.first_day());
        stated.is_none_or(|day| day <= as_of)
    }
}

/// An AI/HPC contract, or one source's statement of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// Identity, never reused.
    pub id: DealId,
    /// Who is paid.
    pub company: CompanyId,
    /// Who signed.
    pub counterparty: String,
    /// Whose credit stands behind it, if not the signatory's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligor: Option<String>,
    /// How much the obligor guarantees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backstop: Option<Money>,
    /// What kind of company the counterparty is.
    pub counterparty_class: CounterpartyClass,
    /// What is sold.
    pub kind: DealKind,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// When it became known.
    pub announced: PartialDate,
    /// Stated days of first rent, oldest statement first; the last one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rent_start: Vec<RentStart>,
    /// Base, non-cancellable term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u32>,
    /// Contract value over the base term, the whole of a joint venture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_value: Option<Money>,
    /// How firmly the base value is stated.
    #[serde(default = "exact")]
    pub base_value_hedge: Hedge,
    /// Extension options in words: "two of 5 years".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_options: Option<String>,
    /// Value if every option is taken. Never backlog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_with_options: Option<Money>,
    /// Yearly rise of the rent as a fraction: 0.03.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalator: Option<Decimal>,
    /// Critical IT load in MW: what rates are computed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub critical_mw: Option<Decimal>,
    /// Gross utility load in MW.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross_mw: Option<Decimal>,
    /// GPUs delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gpus: Option<u64>,
    /// The company's share of a joint venture as a fraction; none means all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_share: Option<Decimal>,
    /// Stated net operating income margin as a fraction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noi_margin: Option<Decimal>,
    /// Paid by the counterparty in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepayment: Option<Money>,
    /// Warrants given to the counterparty or obligor, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warrants: Option<String>,
    /// Its phases, if it has any; the fields above are the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// How far it has come.
    pub status: DealStatus,
    /// Set when this is another source's statement of that deal: shown beside
    /// it, never counted with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative_to: Option<DealId>,
    /// Who stated it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceId>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

const fn exact() -> Hedge {
    Hedge::Exact
}

impl Deal {
    /// The day of first rent that counts now: the latest statement.
    pub fn current_rent_start(&self) -> Option<&RentStart> {
        self.rent_start.last()
    }

    /// The statements of first rent known by that day, oldest first; one whose
    /// day is not stated always counts as known.
    pub fn rent_starts_by(&self, as_of: Day) -> impl DoubleEndedIterator<Item = &RentStart> {
        let known = move |start: &&RentStart| start.known_by(as_of);
        self.rent_start.iter().filter(known)
    }

    /// The day of first rent that counted on a day: the latest statement by then.
    pub fn rent_start_by(&self, as_of: Day) -> Option<&RentStart> {
        self.rent_starts_by(as_of).next_back()
    }

    /// The company's share as a fraction; all of it unless stated.
    pub fn owned_fraction(&self) -> Decimal {
        self.owned_share.unwrap_or(Decimal::ONE)
    }

    /// True if its value belongs in totals: contracted, not over, and not
    /// another telling of a deal that is counted already.
    pub fn counts(&self) -> bool {
        let contracted = match self.status {
            DealStatus::LetterOfIntent | DealStatus::Ended => false,
            DealStatus::Announced | DealStatus::Ramping | DealStatus::Billing => true,
        };
        contracted && self.alternative_to.is_none()
    }
}
