//! The tables that were written by hand, held against AWS's own.

use std::collections::BTreeSet;

use super::{managed, needs, things, unused};
use crate::schema::{self, Handler, iam};

fn listed(kind: &str) -> BTreeSet<String> {
    let schema = schema::resource(kind).unwrap();
    let handlers = [Handler::Create, Handler::Read, Handler::Update, Handler::Delete];
    let listed = handlers.into_iter().flat_map(|handler| schema.permissions(handler));
    listed.chain(needs::more_of(kind)).map(str::to_owned).collect()
}

#[test]
fn every_thing_is_a_type_and_its_kinds_are_known_to_iam() {
    for thing in things::THINGS {
        assert!(schema::resource(thing.name).is_some(), "{}", thing.name);
        let kinds = thing
            .own
            .iter()
            .map(|(kind, _)| *kind)
            .chain(thing.others.iter().copied());
        for kind in kinds {
            let kind = kind.split_once('=').map_or(kind, |(kind, _)| kind);
            let (service, name) = kind.trim_start_matches('?').split_once(':').unwrap();
            let service = iam::service(service).unwrap();
            let known = service
                .resources
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(name));
            assert!(known, "{}: {kind}", thing.name);
        }
    }
}

#[test]
fn things_are_sorted() {
    assert!(things::THINGS.is_sorted_by_key(|thing| thing.name));
}

#[test]
fn every_shape_names_properties_that_exist() {
    for thing in things::THINGS {
        let schema = schema::resource(thing.name).unwrap();
        for (_, shape) in thing.own {
            for piece in shape.split('{').skip(1) {
                let property = piece.split_once('}').unwrap().0;
                if property.starts_with('!') {
                    continue;
                }
                let property = property.trim_start_matches('?');
                assert!(schema.find(property).is_some(), "{}: {property}", thing.name);
            }
        }
    }
}

#[test]
fn what_is_left_out_would_be_there() {
    for (kind, actions, _) in unused::RULES {
        let listed = listed(kind);
        for action in *actions {
            let matches = |known: &String| known == action || action.ends_with(':') && known.starts_with(action);
            assert!(listed.iter().any(matches), "{kind}: {action}");
        }
    }
}

#[test]
fn what_is_left_out_hangs_on_properties_that_exist() {
    let mut missing = Vec::new();
    for (kind, _, when) in unused::RULES {
        let schema = schema::resource(kind).unwrap();
        for path in when.paths() {
            let steps: Vec<_> = path.split('.').collect();
            let found = [steps.join("/"), steps.join("/*/")]
                .iter()
                .any(|path| schema.find(path).is_some());
            if !found {
                missing.push(format!("{kind}: {path}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn what_is_needed_besides_is_known_to_iam() {
    for (kind, action) in needs::written() {
        assert!(iam::action(action).is_some(), "{kind}: {action}");
    }
}

#[test]
fn policies_of_aws_have_actions_that_iam_knows() {
    let grants = managed::POLICIES
        .iter()
        .filter_map(|(name, _)| managed::grants(name))
        .flatten();
    for action in grants.flat_map(|grant| grant.actions) {
        assert!(iam::action(&action).is_some(), "{action}");
    }
}
