//! What typed texts mean while they are typed, in tables of
//! `field: text => meaning or refusal`.

use gigawatch::model::{
    draft::{
        CompanyDraft, DealDraft, DebtDraft, Draft, DraftCx, FigureDraft, Live, MetricPick,
        NoteDraft, Parsed, SourceDraft, TreasuryDraft,
    },
    metric::{Known, MwBasis, MwStage},
};

use crate::drafts::{TODAY, book, typed};

fn shown(live: &Live) -> String {
    match live {
        Live::Empty => "nothing".to_owned(),
        Live::Err(text) => text.clone(),
        Live::Ok(parsed) => match parsed {
            Parsed::Money(money, hedge) => {
                format!("{} {} {}", hedge.label(), money.amount, money.currency)
            }
            Parsed::Number(value, unit, hedge) => {
                format!("{} {value} {}", hedge.label(), unit.code())
            }
            Parsed::Months(months) => format!("{months} months"),
            Parsed::Megawatts(value) => format!("{value} MW"),
            Parsed::Fraction(value) => format!("fraction {value}"),
            Parsed::Count(count) => format!("{count}"),
            Parsed::Date(date) => format!("{} to {}", date.first_day(), date.last_day()),
            Parsed::Day(day) => day.to_string(),
            Parsed::Time(time) => format!("time {time}"),
            Parsed::Coupon(coupon) => serde_json::to_string(coupon).unwrap(),
            Parsed::Company(id) => format!("company {}", id.0.as_u128()),
            Parsed::Source(id) => format!("source {}", id.0.as_u128()),
            Parsed::Kept(text) => format!("kept {text}"),
            Parsed::List(items) => items.join(" | "),
            Parsed::Text => "words".to_owned(),
        },
    }
}

/// Each line: field: text => its meaning while it is typed.
fn check_live<D: Draft>(draft: impl Fn() -> D, table: &str) {
    let book = book();
    let cx = DraftCx {
        book: &book,
        today: TODAY,
    };
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (given, expected) = line.split_once(" => ").expect(line);
        let (field, text) = given.split_once(": ").expect(line);
        let draft = typed(draft(), &[(field, text)]);
        assert_eq!(shown(&draft.live(field, &cx)), expected, "for {given:?}");
    }
}

#[test]
fn a_deal_while_it_is_typed() {
    check_live(
        DealDraft::default,
        "
        company: hut => company 1
        company: Hut 8 Corp. => company 1
        company: bitf => company 3
        company: tera => company 2
        company: H => “H” could be Hut 8, Hive: write more of it
        company: Hutt => No company “Hutt”: write the name or symbol of one in the book
        base_value: 9.8b => exactly 9800000000 USD
        base_value: ~EUR 1.5bn => about 1500000000 EUR
        base_value: >$12.8 billion => more than 12800000000 USD
        base_value: 0 => Write more than 0, or leave it blank if it is not known
        base_value: -5m => Write more than 0, or leave it blank if it is not known
        base_value: 5 QQQ => “QQQ” is no currency in use: write its code, such as USD
        term: 15y => 180 months
        term: 15 => 15 could be years or months: write 15y or 15m
        critical_mw: 352 MW => 352 MW
        critical_mw: 352 MW IT => 352 MW
        critical_mw: 352 MW gross => This is gross power: write it into the field “Gross load”
        gross_mw: 0.5 GW => 500 MW
        gross_mw: 352 critical => This is critical IT load: write it into the field “Critical IT load”
        gross_mw: 0 => Write more than 0, or leave it blank if it is not known
        rent_start: Q3 2027 => 2027-07-01 to 2027-09-30
        escalator: 3% => fraction 0.03
        escalator: 30% => Write a yearly rise from 0 % to 25 %
        owned_share: 50.1 % => fraction 0.501
        owned_share: 0% => Write a share of more than 0 % and at most 100 %
        owned_share: 101% => Write a share of more than 0 % and at most 100 %
        noi_margin: 85 % => fraction 0.85
        noi_margin: 120 % => Write a margin of at most 100 %
        gpus: 76k => 76000
        backstop: ~1b => This field keeps no “about”: write the number and put the rest into the note
        link: HTTPS://HUT8.com/News/beacon  => source 50
        link: https://hut8.com/news/beacon => words
        link: https://hut8.com/news beacon => A link has no blanks: paste it again
        link: release of 5 June.pdf => words
        source_published: 5 Jun 2026 => 2026-06-05 to 2026-06-05
        ",
    );
}

#[test]
fn debts_and_power_while_they_are_typed() {
    check_live(
        DebtDraft::default,
        "
        coupon: 0 % => {\"fixed\":\"0\"}
        coupon: 7.75 => {\"fixed\":\"0.0775\"}
        coupon: SOFR + 475 bps => {\"floating\":{\"reference\":\"SOFR\",\"spread\":\"0.0475\"}}
        coupon: Term SOFR+4.75%, floor 1% => {\"floating\":{\"reference\":\"Term SOFR\",\"spread\":\"0.0475\",\"floor\":\"0.01\"}}
        coupon: SOFR => “SOFR” is no rate: write 7.75 % or SOFR + 4.75 %
        coupon: + 3 % => Write the reference before the plus, such as SOFR + 4.75 %
        coupon: SOFR + 3 %, cap 9 % => After the comma write the floor, such as “floor 1 %”
        drawn: 0 => exactly 0 USD
        conversion_price: $64.78 => exactly 64.78 USD
        cap_price: €5 => The principal is in USD: write the price in USD, too
        ",
    );
    let power = || FigureDraft {
        metric: MetricPick::Megawatts(MwStage::Contracted, MwBasis::Critical),
        ..FigureDraft::default()
    };
    check_live(
        power,
        "
        value: ~27 GW => about 27000 mw
        value: 27 MW gross => The metric is critical IT: pick the one that fits, or drop the word
        time: 2026-06-30 => time 2026-06-30
        time: 1 Jan 2026 to 31 Mar 2026 => This is a period: pick “Over”, or write one date
        ",
    );
}

#[test]
fn figures_of_each_unit_while_they_are_typed() {
    let of = |known| {
        move || {
            let mut draft = FigureDraft::default();
            draft.pick_metric(MetricPick::Known(known));
            draft
        }
    };
    check_live(
        of(Known::TotalDebt),
        "value: >$5.3b => more than 5300000000 USD",
    );
    check_live(
        of(Known::AiRevenueShare),
        "
        value: about 27% => about 0.27 fraction
        time: Q1 2026 => time 2026-01-01/2026-03-31
        time: 1 Feb 2026 – 30 Apr 2026 => time 2026-02-01/2026-04-30
        time: 2026-04-30 to 2026-02-01 => The period ends before it starts: write the first day first
        time: some day => “some day” is not understood: write a date such as 2027-08-14, 14 Aug 2027, Aug 2027, Q3 2027, H1 2027 or 2027
        ",
    );
    check_live(of(Known::Hashrate), "value: 50.1 EH/s => exactly 50.1 eh_s");
    check_live(
        of(Known::FleetEfficiency),
        "value: <17 J/TH => up to 17 j_th",
    );
    check_live(
        of(Known::PowerPrice),
        "value: $45/MWh => exactly 45 usd_mwh",
    );
    check_live(
        of(Known::DilutedShares),
        "value: ~1.2b => about 1200000000 count",
    );
    check_live(of(Known::LeadTime), "value: 4 years => exactly 48 months");
}

#[test]
fn companies_and_events_while_they_are_typed() {
    check_live(
        CompanyDraft::default,
        "
        name: hut 8 => A company of this name is in the book: edit that one
        symbol: iren => kept IREN
        symbol: wulf => WULF is the symbol of TeraWulf: edit that company instead
        symbol: two words => Write the symbol alone, such as IREN
        currency: usd => kept USD
        currency: $ => Write the code of a currency, such as USD
        cik: 1964789 => kept 0001964789
        fiscal_year_end: 30 June => kept 06-30
        fiscal_year_end: 02-29 => kept 02-29
        fiscal_year_end: 31 Feb => Write the month and day, such as 06-30 or 30 June
        tags: AI, Texas ,, => AI | Texas
        colour: 5AB4F0 => kept #5AB4F0
        colour: blue => Write six hexadecimal digits, such as #5AB4F0
        former_symbols: bitf => Write the present symbol first, or take the former ones back
        ",
    );
    check_live(
        TreasuryDraft::default,
        "
        btc: ~15,000 BTC => about 15000 btc
        btc: 0 => exactly 0 btc
        event: Q1 2026 => time 2026-Q1
        ",
    );
    check_live(
        SourceDraft::default,
        "url: https://HUT8.com/News/beacon => “Hut 8 signs” has this link already: edit that source instead",
    );
    check_live(
        NoteDraft::default,
        "day: Q1 2026 => “Q1 2026” is not a single day: write it in full, such as 2027-08-14",
    );
}
