//! What the user does with single series in the window: a close typed, a file
//! asked for, the sources of an instrument, a new one, keys of providers.

use std::collections::BTreeMap;

use super::Window;
use super::jobs::StoreJob;
use super::jobs::fetch::KeysJob;
use super::update::Pending;
use crate::fetch::symbol_for;
use crate::model::calendar::Market;
use crate::model::instrument::InstrumentKind;
use crate::model::{
    Bar, Change, Currency, Day, Instrument, InstrumentId, ProviderGroup, Record, Series,
};
use crate::store::PriceBatch;
use crate::ui::dialog::instrument::InstrumentDialog;
use crate::ui::dialog::path::Purpose;
use crate::ui::dialog::type_close::TypeCloseDialog;
use crate::ui::state::{Dialog, Tone};

impl Window {
    /// Asks for the file of an instrument's prices.
    pub(super) fn ask_for_prices_file(&mut self, instrument: InstrumentId) {
        self.ask_path(Purpose::ImportPrices);
        self.import_for = self.symbol_of(instrument);
        if let Some(Dialog::Path(dialog)) = &mut self.ui.dialog {
            dialog.symbol.clone_from(&self.import_for);
        }
    }

    /// Opens the dialog for a close of an instrument.
    pub(super) fn enter_close(&mut self, id: InstrumentId) {
        if let Some(instrument) = self.book.instrument(id) {
            // The day whose close is most likely to be at hand.
            let market = Market::of(instrument.kind);
            let day = market.last_close(self.time.timestamp());
            let dialog = TypeCloseDialog::new(instrument.clone(), day.unwrap_or(self.derived_on));
            self.ui.dialog = Some(Dialog::TypeClose(Box::new(dialog)));
        }
    }

    pub(super) fn symbol_of(&self, instrument: InstrumentId) -> Option<String> {
        let instrument = self.book.instrument(instrument)?;
        Some(instrument.symbol.clone())
    }

    /// Keeps a close the user typed; undo takes it back.
    pub(super) fn keep_typed_close(&mut self, instrument: InstrumentId, day: Day, close: f64) {
        let Some(symbol) = self.symbol_of(instrument) else {
            return;
        };
        match Series::new(vec![Bar::close(day, close)]) {
            Ok(bars) => {
                let batch = PriceBatch {
                    instrument,
                    provider: "typed".to_owned(),
                    file: None,
                    bars,
                };
                let label = format!("enter the close of {symbol} on {day}");
                self.send_store(StoreJob::Apply(Change::new(label, Vec::new()), vec![batch]));
                self.ui.dialog = None;
            }
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }

    /// Opens the sources of an instrument.
    pub(super) fn edit_instrument(&mut self, id: InstrumentId) {
        let Some(instrument) = self.book.instrument(id) else {
            return;
        };
        let mut plain = instrument.clone();
        plain.provider_symbols.clear();
        let providers = ProviderGroup::of(plain.kind).providers().iter();
        let derived = providers
            .filter_map(|provider| Some((*provider, symbol_for(*provider, &plain)?)))
            .collect();
        self.ui.dialog = Some(Dialog::Instrument(Box::new(InstrumentDialog::new(
            instrument.clone(),
            derived,
        ))));
    }

    /// Adds an instrument to the book; what it lacks is fetched at once.
    pub(super) fn add_instrument(
        &mut self,
        symbol: String,
        name: String,
        kind: InstrumentKind,
        currency: Currency,
    ) {
        let label = format!("add {symbol}");
        let id = InstrumentId(self.new_ids()());
        let instrument = Instrument {
            id,
            symbol,
            name,
            kind,
            currency,
            former_symbols: Vec::new(),
            provider_symbols: BTreeMap::new(),
            providers: Vec::new(),
            locked: false,
            benchmark: false,
        };
        self.ui.dialog = None;
        let change = Change::put(label, Record::Instrument(instrument));
        self.apply(change, Some(Pending::Instrument(id)));
    }

    /// Hands a job to the keys thread.
    pub(super) fn send_keys(&mut self, job: KeysJob) {
        match self.keys.as_mut().map(|worker| worker.send(job)) {
            Some(Ok(())) => {}
            Some(Err(refused)) => self.tell(Tone::Failed, refused.to_string()),
            None => self.tell(
                Tone::Failed,
                "Gigawatch was started without network: keys are not used".to_owned(),
            ),
        }
    }
}
