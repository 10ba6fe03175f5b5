//! The switches as flags: the same for every report that they concern, and how
//! they stand in every export. What they do is in `analytics`.

use clap::Args as ClapArgs;
use rust_decimal::Decimal;

use super::json::{Object, Value};
use crate::analytics::switches::{
    ConvertBasis, DebtBasis, LoadBasis, ShareBasis, Switches, ValueBasis,
};
use crate::model::typed;

/// What counts.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[group(skip)]
pub struct SwitchArgs {
    /// Count the tenants' options, too, not the base terms alone
    #[arg(long, global = true)]
    pub with_options: bool,
    /// Count all of joint ventures, not the owned share
    #[arg(long, global = true)]
    pub whole: bool,
    /// Count gross load, not critical IT load
    #[arg(long, global = true)]
    pub gross: bool,
    /// Count the sum of instruments as debt, not the stated total
    #[arg(long, global = true)]
    pub instruments: bool,
    /// Count convertibles in the money by the newest close as shares, not as debt
    #[arg(long, global = true)]
    pub if_converted: bool,
}

impl From<SwitchArgs> for Switches {
    fn from(args: SwitchArgs) -> Self {
        let mut switches = Self::default();
        if args.with_options {
            switches.value = ValueBasis::WithOptions;
        }
        if args.whole {
            switches.share = ShareBasis::Whole;
        }
        if args.gross {
            switches.load = LoadBasis::Gross;
        }
        if args.instruments {
            switches.debt = DebtBasis::Instruments;
        }
        if args.if_converted {
            switches.converts = ConvertBasis::IfConverted;
        }
        switches
    }
}

/// The switches of a report as JSON.
pub(super) fn json(switches: Switches) -> Value {
    let fields: Object = vec![
        ("value".into(), Value::text(switches.value.code())),
        ("share".into(), Value::text(switches.share.code())),
        ("load".into(), Value::text(switches.load.code())),
        ("debt".into(), Value::text(switches.debt.code())),
        ("converts".into(), Value::text(switches.converts.code())),
    ];
    Value::Object(fields)
}

/// A reference rate as typed, "SOFR=4.3%"; the message says what was not
/// understood.
pub(super) fn reference(text: &str) -> Result<(String, Decimal), String> {
    let (name, rate) = text
        .split_once('=')
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or_else(|| "write it like SOFR=4.3%".to_owned())?;
    let rate = typed::percent(rate).map_err(|error| error.to_string())?;
    Ok((name.trim().to_owned(), rate))
}
