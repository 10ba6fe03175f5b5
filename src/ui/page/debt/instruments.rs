//! Debt instruments as a table: which are shown, titles, cells, tooltips.

use egui::Ui;
use rust_decimal::Decimal;

use crate::analytics::{Input, Missing, Stated};
use crate::closed_set;
use crate::model::debt::{Coupon, DebtKind, DebtStatus};
use crate::model::{CompanyId, Currency, Debt, Money};
use crate::ui::page::list::Key;
use crate::ui::widget::table::{self, Cell, Model, Row};
use crate::ui::{Cx, format, provenance};

closed_set! {
    /// A column of the instruments.
    Column {
        /// The company's colour.
        Square = "square", "";
        /// Symbol.
        Company = "company", "Company";
        /// What it is called.
        Name = "name", "Instrument";
        /// What kind.
        Kind = "kind", "Kind";
        /// Face value or commitment.
        Principal = "principal", "Principal";
        /// Interest.
        Coupon = "coupon", "Coupon";
        /// When due.
        Matures = "matures", "Matures";
        /// Drawn of a facility.
        Drawn = "drawn", "Drawn";
        /// Whether it is owed.
        Status = "status", "Status";
        /// Who in the group owes it.
        Issuer = "issuer", "Issuer";
        /// When issued.
        Issued = "issued", "Issued";
        /// Conversion price.
        Conversion = "conversion_price", "Converts at";
        /// Cap of a capped call.
        Cap = "cap_price", "Cap";
        /// Recourse to the parent.
        Recourse = "recourse", "Recourse";
        /// The site it finances.
        Site = "site", "Site";
        /// Who stated it.
        Source = "source", "Source";
    }
}

/// What an instrument must match to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Part of the name, issuer, site or company, in any case.
    pub text: String,
    /// Who owes.
    pub company: Option<CompanyId>,
    /// Whether it is owed.
    pub status: Option<DebtStatus>,
}

impl Filter {
    /// True if the instrument is shown.
    pub fn matches(&self, cx: &Cx<'_>, debt: &Debt) -> bool {
        let text = self.text.trim().to_lowercase();
        let words = [
            Some(debt.name.as_str()),
            debt.issuer.as_deref(),
            debt.site.as_deref(),
            Some(debt.kind.label()),
            Some(cx.company_name(debt.company)),
            cx.book.symbol_of(debt.company),
        ];
        let mut words = words.into_iter().flatten();
        words.any(|word| word.to_lowercase().contains(&text))
            && self.company.is_none_or(|company| company == debt.company)
            && self.status.is_none_or(|status| status == debt.status)
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Square => "",
            Self::Company => "The listed company",
            Self::Name => "What it is called",
            Self::Kind => "What kind of debt",
            Self::Principal => "Face value, or the commitment of a facility",
            Self::Drawn => "Drawn of a facility, where stated: then this is what is owed",
            Self::Coupon => "Interest a year",
            Self::Matures => "When due",
            Self::Status => "Whether it is owed: only outstanding ones are summed",
            Self::Issuer => "Who in the group owes it",
            Self::Issued => "When issued",
            Self::Conversion => "Price a share at which it converts",
            Self::Cap => "Price a share up to which a capped call pays",
            Self::Recourse => "Recourse to the parent",
            Self::Site => "The site it finances",
            Self::Source => "Who stated it",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Square => 38.0,
            Self::Company | Self::Drawn | Self::Cap => 72.0,
            Self::Name => 222.0,
            Self::Kind => 116.0,
            Self::Status => 104.0,
            Self::Principal => 86.0,
            Self::Coupon => 112.0,
            Self::Matures | Self::Issued => 96.0,
            Self::Issuer => 138.0,
            Self::Conversion => 88.0,
            Self::Recourse | Self::Site => 148.0,
            Self::Source => 180.0,
        }
    }

    const fn right(self) -> bool {
        matches!(
            self,
            Self::Principal
                | Self::Drawn
                | Self::Coupon
                | Self::Matures
                | Self::Issued
                | Self::Conversion
                | Self::Cap
        )
    }

    /// True if the first click sorts the largest first.
    pub const fn starts_down(self) -> bool {
        self.right() && !matches!(self, Self::Matures)
    }

    fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: self.right(),
            grows: matches!(self, Self::Name | Self::Source),
            sorts: self != Self::Square,
        }
    }

    /// What rows are compared by; none is not known.
    pub fn key(self, cx: &Cx<'_>, debt: &Debt) -> Option<Key> {
        let usd = |money: Option<Money>| {
            let money = money.filter(|money| money.currency == Currency::USD);
            money.map(|money| Key::Number(money.amount))
        };
        match self {
            Self::Square => None,
            Self::Company => Key::text(symbol(cx, debt)),
            Self::Name => Key::text(&debt.name),
            Self::Kind => Key::among(DebtKind::ALL, &debt.kind),
            Self::Principal => usd(debt.principal),
            Self::Drawn => usd(debt.drawn),
            // A spread says nothing about the whole rate.
            Self::Coupon => match debt.coupon {
                Some(Coupon::Fixed(rate)) => Some(Key::Number(rate)),
                Some(Coupon::Floating { .. }) | None => None,
            },
            Self::Matures => debt.matures.map(Key::date),
            Self::Status => Key::among(DebtStatus::ALL, &debt.status),
            Self::Issuer => Key::text(&issuer(debt)),
            Self::Issued => debt.issued.map(Key::date),
            Self::Conversion => debt.conversion_price.map(Key::Number),
            Self::Cap => debt.cap_price.map(Key::Number),
            Self::Recourse => Key::text(debt.recourse.as_deref().unwrap_or_default()),
            Self::Site => Key::text(debt.site.as_deref().unwrap_or_default()),
            Self::Source => Key::text(&source(cx, debt).unwrap_or_default()),
        }
    }

    fn cell(self, cx: &Cx<'_>, debt: &Debt) -> Cell {
        match self {
            Self::Square => cx
                .book
                .company(debt.company)
                .map_or(Cell::Blank, |company| {
                    Cell::Square(cx.company_colour(company))
                }),
            Self::Company => Cell::text(symbol(cx, debt)),
            Self::Name => Cell::text(debt.name.as_str()),
            Self::Kind => Cell::quiet(debt.kind.label()),
            Self::Principal => known(
                debt.principal
                    .map(|money| format::hedged(debt.principal_hedge, &format::money(money))),
            ),
            Self::Drawn => known(debt.drawn.map(format::money)),
            Self::Coupon => known(debt.coupon.as_ref().map(coupon)),
            Self::Matures => known(debt.matures.map(format::partial_date)),
            Self::Status => Cell::quiet(debt.status.label()),
            Self::Issuer => Cell::quiet(issuer(debt)),
            Self::Issued => known(debt.issued.map(format::partial_date)).quieter(),
            Self::Conversion => known(debt.conversion_price.map(price)),
            Self::Cap => known(debt.cap_price.map(price)).quieter(),
            Self::Recourse => known(debt.recourse.clone()).quieter(),
            Self::Site => known(debt.site.clone()).quieter(),
            Self::Source => known(source(cx, debt)).quieter(),
        }
    }
}

fn known(text: Option<String>) -> Cell {
    text.map_or_else(Cell::unknown, Cell::text)
}

fn symbol<'a>(cx: &'a Cx<'_>, debt: &Debt) -> &'a str {
    let symbol = cx.book.symbol_of(debt.company);
    symbol.unwrap_or_else(|| cx.company_name(debt.company))
}

/// A price a share: "19.94".
pub fn price(price: Decimal) -> String {
    format::decimal_places(price, 2)
}

/// "7.75 %", "SOFR + 4.75 %".
pub fn coupon(coupon: &Coupon) -> String {
    match coupon {
        Coupon::Fixed(rate) => percent(*rate),
        Coupon::Floating {
            reference, spread, ..
        } => format!("{reference} + {}", percent(*spread)),
    }
}

/// A rate with all its decimals: coupons are told to an eighth or a thousandth.
pub fn percent(rate: Decimal) -> String {
    let percent = rate.saturating_mul(Decimal::ONE_HUNDRED);
    format!("{}{}%", format::decimal(percent), format::UNIT_GAP)
}

/// The issuing entity, or the level in the group where it is not named.
pub fn issuer(debt: &Debt) -> String {
    debt.issuer
        .clone()
        .unwrap_or_else(|| debt.level.label().to_owned())
}

fn source(cx: &Cx<'_>, debt: &Debt) -> Option<String> {
    let id = debt.sources.first()?;
    Some(provenance::source_name(cx, *id))
}

/// The table of these instruments.
pub fn model(cx: &Cx<'_>, debts: &[&Debt]) -> Model {
    let row = |debt: &&Debt| {
        let owed = debt.status == DebtStatus::Outstanding;
        let cell = |column: &Column| {
            let cell = column.cell(cx, debt);
            if owed { cell } else { cell.dimmed() }
        };
        let cells: Vec<_> = Column::ALL.iter().map(cell).collect();
        let mut label = format!("{} {}", symbol(cx, debt), debt.name);
        for (column, cell) in Column::ALL.iter().zip(&cells).skip(3) {
            if let Cell::Text(text, _) = cell
                && text != format::UNKNOWN
            {
                label.extend([", ", column.label(), " ", text]);
            }
        }
        Row {
            key: debt.id.0,
            label,
            cells,
        }
    };
    Model {
        columns: Column::ALL.iter().map(|column| column.title()).collect(),
        rows: debts.iter().map(row).collect(),
    }
}

/// Explains a cell; `shown` is its text.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, debt: &Debt, column: Column, shown: &str) {
    let remark = match (column, &debt.coupon) {
        (
            Column::Coupon,
            Some(Coupon::Floating {
                floor: Some(floor), ..
            }),
        ) => {
            let floor = percent(*floor);
            Some(format!("The reference counts as at least {floor}"))
        }
        (Column::Issuer, _) => Some(debt.level.label().to_owned()),
        (Column::Principal, _) => debt
            .principal
            .map(|money| format::money_full(money.amount, money.currency.as_str())),
        _ => None,
    };
    let stated = Stated::exact((), vec![Input::Debt(debt.id)]);
    let answer = if shown == format::UNKNOWN {
        Err(Missing::because("not stated by the source"))
    } else {
        Ok(match remark {
            Some(remark) => stated.remarked(remark),
            None => stated,
        })
    };
    let title = if matches!(column, Column::Square | Column::Company | Column::Name) {
        cx.company_name(debt.company)
    } else {
        column.label()
    };
    provenance::show(ui, cx, title, shown, &answer);
}
