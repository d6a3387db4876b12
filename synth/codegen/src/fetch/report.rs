//! What a new store has that the old one had not, and the other way round.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value as Json;

use crate::schema::Store;

/// The changes, a line each.
pub(crate) fn changes(old: Vec<u8>, new: Vec<u8>) -> String {
    // The program ends after this, and a store that is part of a program lives as long as it does.
    let open = |bytes: Vec<u8>| Store::open(bytes.leak());
    let Some(new) = open(new) else {
        return "the new file cannot be read back\n".to_owned();
    };
    let Some(old) = open(old) else {
        return format!("all new: {} records\n", new.records.len());
    };
    let mut out = String::new();
    if old.source != new.source {
        let _ = writeln!(out, "source: {:?} -> {:?}", old.source, new.source);
    }
    let names = |store: &Store| {
        store
            .records
            .iter()
            .map(|record| record.name.clone())
            .collect::<BTreeSet<_>>()
    };
    let (before, after) = (names(&old), names(&new));
    for name in before.difference(&after) {
        let _ = writeln!(out, "- {name}");
    }
    for name in after.difference(&before) {
        let _ = writeln!(out, "+ {name}");
    }
    for name in after.intersection(&before) {
        record(&mut out, name, &old, &new);
    }
    if out.is_empty() {
        out.push_str("nothing changed\n");
    }
    out
}

fn record(out: &mut String, name: &str, old: &Store, new: &Store) {
    let find = |store: &Store| {
        let record = &store.records[store.position(name)?];
        Some((serde_json::from_str::<Json>(store.text(record)?).ok()?, record.absent))
    };
    let (Some((before, was_absent)), Some((after, is_absent))) = (find(old), find(new)) else {
        return;
    };
    if was_absent != is_absent {
        let _ = writeln!(out, "~ {name}: other regions");
    }
    if before == after {
        return;
    }
    let _ = write!(out, "~ {name}:");
    let mut said = false;
    for key in ["properties", "definitions", "actions", "resources", "keys"] {
        let keys = |json: &Json| -> BTreeSet<String> {
            json[key]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone())
                .collect()
        };
        let (before, after) = (keys(&before), keys(&after));
        let gone = before.difference(&after).map(|key| format!(" -{key}"));
        for word in gone.chain(after.difference(&before).map(|key| format!(" +{key}"))) {
            said = true;
            out.push_str(&word);
        }
    }
    out.push_str(if said { "\n" } else { " details\n" });
}

#[cfg(test)]
mod tests {
    use super::changes;
    use crate::fetch::{Record, encode};

    /// A store of two types; the dictionary needs a few hundred records to learn from.
    fn store(name: &str, property: &str) -> Vec<u8> {
        let head = ["source test 1 MIT", "date 2026-10-20", "regions a b"].map(str::to_owned);
        let record = |name: String, text: String| Record {
            name,
            group: "all".to_owned(),
            text,
            absent: 0,
        };
        let mut records: Vec<_> = (0..300)
            .map(|n| {
                record(
                    format!("AWS::Filler::Type{n}"),
                    format!(r#"{{"properties":{{"Common":{{"type":"string"}},"P{n}":{{}}}}}}"#),
                )
            })
            .collect();
        records.push(record(
            name.to_owned(),
            format!(r#"{{"properties":{{"{property}":{{}}}}}}"#),
        ));
        encode::encode(&head, &records, 112 << 10).expect("compresses")
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        assert_eq!(store("AWS::S::Thing", "Name"), store("AWS::S::Thing", "Name"));
    }

    #[test]
    fn types_and_properties_that_come_and_go_are_told() {
        let old = store("AWS::S::Thing", "Name");
        assert_eq!(changes(old.clone(), old.clone()), "nothing changed\n");
        assert_eq!(
            changes(old.clone(), store("AWS::S::Thing", "Title")),
            "~ AWS::S::Thing: -Name +Title\n"
        );
        assert_eq!(
            changes(old, store("AWS::S::Other", "Name")),
            "- AWS::S::Thing\n+ AWS::S::Other\n"
        );
    }

    #[test]
    fn a_store_that_was_not_there_is_all_new() {
        assert_eq!(
            changes(Vec::new(), store("AWS::S::Thing", "Name")),
            "all new: 301 records\n"
        );
    }
}
