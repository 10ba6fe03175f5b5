//! A validator for the keywords our schema uses and no others: one that it does
//! not know is a fault, so that nothing passes unchecked.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::pattern;

/// A schema and what of it was used.
pub struct Schema {
    root: Value,
    used: RefCell<BTreeSet<String>>,
}

impl Schema {
    pub const fn new(root: Value) -> Self {
        Self {
            root,
            used: RefCell::new(BTreeSet::new()),
        }
    }

    /// Everything that is wrong with a value, each with where.
    pub fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.root, "#", value, "", &mut faults);
        faults
    }

    /// Every property the schema describes, by its place in the schema.
    pub fn properties(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        collect(&self.root, "#", &mut all);
        all
    }

    /// The properties that values checked so far had and that fitted.
    pub fn used(&self) -> BTreeSet<String> {
        self.used.borrow().clone()
    }

    fn check(&self, schema: &Value, at: &str, value: &Value, path: &str, faults: &mut Vec<String>) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let fault = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "additionalProperties" => None,
                "$ref" => {
                    let name = wanted.as_str().unwrap().strip_prefix('#').unwrap();
                    let target = self.root.pointer(name).expect(name);
                    self.check(target, &format!("#{name}"), value, path, faults);
                    None
                }
                "type" => {
                    let wanted = wanted.as_str().unwrap();
                    (!has_type(value, wanted)).then(|| format!("is not of type {wanted}"))
                }
                "const" => (value != wanted).then(|| format!("is not {wanted}")),
                "enum" => {
                    let known = wanted.as_array().unwrap().contains(value);
                    (!known).then(|| format!("{value} is not listed"))
                }
                "pattern" => {
                    let wanted = wanted.as_str().unwrap();
                    let fits = value.as_str().is_none_or(|v| pattern::matches(wanted, v));
                    (!fits).then(|| format!("{value} does not match {wanted}"))
                }
                "required" => {
                    let has = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                    let missing = wanted.as_array().unwrap().iter().find(has);
                    let missing = missing.filter(|_| value.is_object());
                    missing.map(|name| format!("lacks {name}"))
                }
                "properties" => {
                    self.check_properties(schema, at, value, path, faults);
                    None
                }
                "items" => {
                    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                        let (at, path) = (format!("{at}/items"), format!("{path}/{n}"));
                        self.check(wanted, &at, item, &path, faults);
                    }
                    None
                }
                "oneOf" | "anyOf" => self.check_choices(keyword, wanted, at, value, path),
                other => Some(format!("the keyword {other} is not known")),
            };
            faults.extend(fault.map(|fault| format!("{path} {fault}").trim_start().to_owned()));
        }
        if !schema.as_object().unwrap().contains_key("properties") {
            self.check_properties(schema, at, value, path, faults);
        }
    }

    fn check_properties(
        &self,
        schema: &Value,
        at: &str,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        let none = Map::new();
        let known = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let others = schema.get("additionalProperties");
        for (name, value) in value.as_object().into_iter().flatten() {
            let (place, path) = (format!("{at}/properties/{name}"), format!("{path}/{name}"));
            match (known.get(name), others) {
                (Some(schema), _) => {
                    self.used.borrow_mut().insert(place.clone());
                    self.check(schema, &place, value, &path, faults);
                }
                (None, Some(Value::Bool(false))) => faults.push(format!("{path} is not known")),
                (None, Some(schema @ Value::Object(_))) => {
                    self.check(
                        schema,
                        &format!("{at}/additionalProperties"),
                        value,
                        &path,
                        faults,
                    );
                }
                (None, _) => {}
            }
        }
    }

    fn check_choices(
        &self,
        keyword: &str,
        choices: &Value,
        at: &str,
        value: &Value,
        path: &str,
    ) -> Option<String> {
        let mut fitting = 0;
        for (n, choice) in choices.as_array().unwrap().iter().enumerate() {
            let before = self.used();
            let mut faults = Vec::new();
            self.check(
                choice,
                &format!("{at}/{keyword}/{n}"),
                value,
                path,
                &mut faults,
            );
            if faults.is_empty() {
                fitting += 1;
            } else {
                // What a choice that does not fit describes is not used.
                self.used.replace(before);
            }
        }
        let fits = fitting == 1 || (keyword == "anyOf" && fitting > 0);
        (!fits).then(|| format!("{value} fits {fitting} of the forms"))
    }
}

fn has_type(value: &Value, wanted: &str) -> bool {
    match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("the type {other} is not known"),
    }
}

/// The places of all properties below a part of a schema.
fn collect(part: &Value, at: &str, all: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let at = format!("{at}/{name}");
                if name == "properties" {
                    all.extend(
                        inner
                            .as_object()
                            .unwrap()
                            .keys()
                            .map(|key| format!("{at}/{key}")),
                    );
                }
                collect(inner, &at, all);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                collect(item, &format!("{at}/{n}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
