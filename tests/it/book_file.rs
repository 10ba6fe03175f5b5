//! The book file: what is written is read again, and what is refused says
//! where and why. The starter book serves as a large example.
use gigawatch::exchange::book_file::{self, BookFileError, plan_import};
use gigawatch::exchange::starter;
use gigawatch::model::{Book, Change, Op, Record};
use serde_json::{Value, json};

const SOURCE: &str = "019a0000-0000-7001-8000-000000000001";
const SHARE: &str = "019a0000-0000-7002-8000-000000000001";
const COMPANY: &str = "019a0000-0000-7003-8000-000000000001";
const DEAL: &str = "019a0000-0000-7005-8000-000000000001";

/// A small sound book file, to be spoiled.
fn small() -> Value {
    json!({
        "format": "gigawatch book",
        "version": 1,
        "sources": [{"id": SOURCE, "title": "A page", "published": "2026-05", "grade": "news"}],
        "instruments": [{"id": SHARE, "symbol": "AAA", "name": "A", "kind": "stock", "currency": "USD"}],
        "companies": [{"id": COMPANY, "name": "A", "instrument": SHARE}],
        "deals": [{
            "id": DEAL, "company": COMPANY, "counterparty": "B", "counterparty_class": "neocloud",
            "kind": "colocation", "announced": "2026-05-06", "status": "announced",
            "base_value": {"amount": "9800000000", "currency": "USD"}, "critical_mw": "352",
            "sources": [SOURCE],
        }],
    })
}

fn read(value: &Value) -> Result<Vec<Record>, BookFileError> {
    book_file::read(value.to_string().as_bytes())
}

/// The message on a file spoiled in one place.
fn refusal(spoil: impl FnOnce(&mut Value)) -> String {
    let mut value = small();
    spoil(&mut value);
    read(&value).expect_err("it must be refused").to_string()
}

#[track_caller]
fn check(spoil: impl FnOnce(&mut Value), expected: &[&str]) {
    let message = refusal(spoil);
    for part in expected {
        assert!(
            message.contains(part),
            "{part:?} is not in this message:\n{message}"
        );
    }
}

#[test]
fn the_starter_book_survives_write_and_read() {
    let book = starter::book().unwrap();
    let text = book_file::write(&book).unwrap();
    let mut again = Book::default();
    let ops = book_file::read(text.as_bytes()).unwrap();
    let ops = ops.into_iter().map(Op::put).collect();
    again.apply(&Change::new("read", ops)).unwrap();
    assert_eq!(book, again);
    assert_eq!(text, book_file::write(&again).unwrap());
}

#[test]
fn an_empty_book_survives_too() {
    let text = book_file::write(&Book::default()).unwrap();
    assert_eq!(book_file::read(text.as_bytes()), Ok(Vec::new()));
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    assert_eq!(book_file::read(&with_mark), Ok(Vec::new()));
}

#[test]
fn a_sound_file_with_sections_left_out_is_read() {
    assert_eq!(read(&small()).unwrap().len(), 4);
}

#[test]
fn what_is_no_book_of_ours_is_refused() {
    check(
        |v| v["version"] = json!(3),
        &["version 3", "version 2", "Update"],
    );
    check(|v| v["version"] = json!("1"), &["version is “1”"]);
    check(|v| v["version"] = json!(0), &["version is “0”"]);
    check(
        |v| v["format"] = json!("notes"),
        &["“notes”", "gigawatch book"],
    );
    check(|v| v["format"] = Value::Null, &["not a Gigawatch book"]);
    check(|v| *v = json!([]), &["not a Gigawatch book"]);
    check(|v| *v = json!({}), &["no “format”"]);
    check(|v| v["trades"] = json!([]), &["“trades”"]);
    check(|v| v["deals"] = json!({}), &["“deals” is not a list"]);
    let broken = book_file::read(b"{\n\"format\": oops")
        .unwrap_err()
        .to_string();
    assert!(broken.contains("line 2, column 11"), "{broken}");
    assert!(book_file::read(b"").is_err());
    assert!(book_file::read(b"\xFF\xFE{}").is_err());
}

#[test]
fn a_bad_field_is_named_with_what_it_holds() {
    check(
        |v| v["deals"][0]["critical_mw"] = json!("35O"),
        &["deal 1", DEAL, "critical_mw “35O”"],
    );
    check(
        |v| v["deals"][0]["announced"] = json!("03/04/2026"),
        &["announced “03/04/2026”", "is not a date"],
    );
    check(
        |v| v["deals"][0]["status"] = json!("signed"),
        &["status “signed”", "letter_of_intent"],
    );
    check(
        |v| v["deals"][0]["base_value"]["currency"] = json!("dollars"),
        &["base_value", "“dollars” is not a currency"],
    );
    check(
        |v| v["deals"][0]["base_value"] = json!({"amount": "1"}),
        &["base_value", "missing field `currency`"],
    );
    check(
        |v| v["deals"][0]["colour"] = json!("red"),
        &["colour “red”"],
    );
    check(
        |v| {
            v["deals"][0].as_object_mut().unwrap().remove("company");
        },
        &["deal 1", "company: missing field"],
    );
    check(
        |v| {
            v["deals"][0].as_object_mut().unwrap().remove("id");
        },
        &["deal 1, id: missing field"],
    );
    check(|v| v["deals"][0] = json!(7), &["deal 1 “7”"]);
    check(
        |v| v["deals"][0]["id"] = json!("one"),
        &["deal 1 (one), id “one”"],
    );
}

#[test]
fn all_faults_are_told_at_once() {
    check(
        |v| {
            v["sources"][0]["grade"] = json!("gossip");
            v["deals"][0]["term_months"] = json!(-1);
        },
        &[
            "2 records",
            "source 1",
            "gossip",
            "deal 1",
            "term_months “-1”",
        ],
    );
}

#[test]
fn ids_and_references_must_be_sound() {
    check(
        |v| {
            let twin = v["deals"][0].clone();
            v["deals"].as_array_mut().unwrap().push(twin);
        },
        &["deal 2", DEAL, "taken by deal 1"],
    );
    let other = "019a0000-0000-7001-8000-0000000000ff";
    check(
        |v| v["deals"][0]["sources"] = json!([SOURCE, other]),
        &["deal 1", "sources", other, "source that is not in the file"],
    );
    check(
        |v| v["deals"][0]["alternative_to"] = json!(other),
        &["alternative_to", other],
    );
    // A bad record is one fault: what refers to it is not a second one.
    let message = refusal(|v| v["companies"][0]["watch_order"] = json!("first"));
    assert!(message.starts_with("One record"), "{message}");
}

#[test]
fn a_plan_tells_new_changed_and_same() {
    let mut book = starter::book().unwrap();
    let theirs = starter::records().unwrap();
    let all = theirs.len();
    assert_eq!(plan_import(&book, theirs.clone()).same, all);
    let deal = book.deals().find(|deal| deal.alternative_to.is_some());
    let telling = Record::Deal(deal.unwrap().clone());
    let mut company = book.company_by_symbol("HUT").unwrap().clone();
    company.note = "mine".to_owned();
    let mine = Change::new(
        "edit",
        vec![Op::Delete(telling.key()), Op::put(Record::Company(company))],
    );
    book.apply(&mine).unwrap();
    let plan = plan_import(&book, theirs);
    assert_eq!(plan.new, [telling]);
    assert_eq!(plan.changed.len(), 1);
    assert_eq!(plan.same, all - 2);
    assert_eq!(plan.change("import", true).ops.len(), 1);
    let undo = book.apply(&plan.change("import", false)).unwrap();
    assert_eq!(book, starter::book().unwrap());
    book.apply(&undo).unwrap();
    assert_eq!(book.company_by_symbol("HUT").unwrap().note, "mine");
}

#[test]
fn phases_and_repayments_come_back() {
    let mut file = small();
    let phases = json!([{
        "name": "Phase I",
        "base_value": {"amount": "4500000000", "currency": "USD"},
        "critical_mw": "133",
        "rent_start": [{"date": "2026-Q2", "stated": "2026-05", "source": SOURCE}],
        "term_months": 180,
    }, {"name": "Phase II"}]);
    file["deals"][0]["phases"] = phases.clone();
    let schedule = json!([{"due": "2028-05", "amount": {"amount": "5", "currency": "USD"}}]);
    let rule = json!({"fraction": "0.0125", "every": "quarter", "first": "2028-05"});
    file["debts"] = json!([{
        "id": "019a0000-0000-7006-8000-000000000001", "company": COMPANY, "name": "Notes",
        "level": "project", "kind": "senior_secured", "status": "outstanding",
        "schedule": schedule, "instalments": rule,
    }]);
    let mut book = Book::default();
    let records = read(&file).unwrap();
    let change = Change::new("test", records.into_iter().map(Op::put).collect());
    book.apply(&change).unwrap();
    let text = book_file::write(&book).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written["deals"][0]["phases"], phases);
    let debt = &written["debts"][0];
    assert_eq!(
        (&debt["schedule"], &debt["instalments"]),
        (&schedule, &rule)
    );
    let again = book_file::read(text.as_bytes()).unwrap();
    assert_eq!(again, book.records().collect::<Vec<_>>());
    // A source that is not in the file is missed in a phase, too.
    let gone = "019a0000-0000-7001-8000-000000000009";
    file["deals"][0]["phases"][0]["rent_start"][0]["source"] = json!(gone);
    let message = read(&file).unwrap_err().to_string();
    assert!(message.contains(gone), "{message}");
}
