//! The integration tests: one crate, one file a feature. `cfg(test)` stands at
//! each module so that clippy's leave for tests covers helper functions too.

#[cfg(test)]
mod agenda;
#[cfg(test)]
mod as_of;
#[cfg(test)]
mod backlog;
#[cfg(test)]
mod book_file;
#[cfg(test)]
mod burn_down;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod cli_as_of;
#[cfg(test)]
mod cli_import;
#[cfg(test)]
mod cli_prices;
#[cfg(test)]
mod cli_records;
#[cfg(test)]
mod cli_reports;
#[cfg(test)]
mod cli_sector;
#[cfg(test)]
mod concentration;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod dates_and_money;
#[cfg(test)]
mod derive;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod drafts_lines;
#[cfg(test)]
mod drafts_live;
#[cfg(test)]
mod drafts_random;
#[cfg(test)]
mod fetch_address;
#[cfg(test)]
mod fetch_client;
#[cfg(test)]
mod fetch_coins;
#[cfg(test)]
mod fetch_fake;
#[cfg(test)]
mod fetch_gate;
#[cfg(test)]
mod fetch_jumps;
#[cfg(test)]
mod fetch_plan;
#[cfg(test)]
mod fetch_quotes;
#[cfg(test)]
mod fetch_random;
#[cfg(test)]
mod fetch_run;
#[cfg(test)]
mod fetch_settle;
#[cfg(test)]
mod fetch_settle_random;
#[cfg(test)]
mod fetch_shared;
#[cfg(test)]
mod fetch_turn;
#[cfg(test)]
mod fetch_yahoo;
#[cfg(test)]
mod first_use;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod format;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod forms_terms;
#[cfg(test)]
mod formula;
#[cfg(test)]
mod import_records;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod loopback;
#[cfg(test)]
mod overlap;
#[cfg(test)]
mod overlays;
#[cfg(test)]
mod page_calendar;
#[cfg(test)]
mod page_company;
#[cfg(test)]
mod page_sector;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod pages_conflicts;
#[cfg(test)]
mod pages_data;
#[cfg(test)]
mod pages_window;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod power;
#[cfg(test)]
mod price_csv;
#[cfg(test)]
mod price_csv_import;
#[cfg(test)]
mod price_csv_random;
#[cfg(test)]
mod raster;
#[cfg(test)]
mod record_csv;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod schedule;
#[cfg(test)]
mod schema_check;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sector_view;
#[cfg(test)]
mod small_book;
#[cfg(test)]
mod staleness;
#[cfg(test)]
mod starter;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod store;
#[cfg(test)]
mod store_damage;
#[cfg(test)]
mod store_feed;
#[cfg(test)]
mod store_fetch;
#[cfg(test)]
mod store_script;
#[cfg(test)]
mod story;
#[cfg(test)]
mod support;
#[cfg(test)]
mod switches;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod treasury_view;
#[cfg(test)]
mod typed;
#[cfg(test)]
mod typed_random;
#[cfg(test)]
mod valuation;
#[cfg(test)]
mod wall;
#[cfg(test)]
mod watchlist_columns;
#[cfg(test)]
mod widget;
#[cfg(test)]
mod window_dial;
#[cfg(test)]
mod window_prices;
#[cfg(test)]
mod window_quit;
#[cfg(test)]
mod work;
#[cfg(test)]
mod worked_examples;
