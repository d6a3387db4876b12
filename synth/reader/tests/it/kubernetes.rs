//! The facts of Kubernetes.

use synth_reader::schema::kubernetes::{Kind, Shape, Version, definition, kind, kinds, versions_of};

fn deployment() -> Kind {
    kind(Version::V1_36, "apps/v1", "Deployment").unwrap()
}

#[test]
fn a_field_is_found_by_its_path() {
    let spec = deployment().definition().field("spec").unwrap();
    let spec = spec.definition(Version::V1_36).unwrap();
    assert_eq!(spec.field("replicas").unwrap().shape, Shape::Integer);
    assert!(spec.field("selector").unwrap().required);
}

#[test]
fn every_definition_that_is_named_is_there_in_every_version() {
    for version in Version::ALL {
        let mut left: Vec<String> = kinds(version).map(|kind| kind.definition().name.clone()).collect();
        let mut seen = std::collections::BTreeSet::new();
        assert!(left.len() > 60, "{version}: {}", left.len());
        while let Some(name) = left.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let found = definition(version, &name).unwrap_or_else(|| panic!("{version} {name}"));
            let shapes = found.fields.iter().map(|field| &field.shape).chain(&found.value);
            left.extend(shapes.filter_map(named));
        }
    }
}

fn named(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Object(name) => Some(name.clone()),
        Shape::List(item) | Shape::Map(item) => named(item),
        _ => None,
    }
}

#[test]
fn items_of_a_list_are_told_apart_by_their_keys() {
    let container = definition(Version::V1_36, "io.k8s.api.core.v1.Container").unwrap();
    assert_eq!(
        container.field("ports").unwrap().merge_keys,
        ["containerPort", "protocol"]
    );
    assert_eq!(container.field("imagePullPolicy").unwrap().closed.len(), 3);
}

#[test]
fn what_a_version_lacks_is_not_there() {
    let spec = "io.k8s.api.core.v1.PodSpec";
    let has = |version| definition(version, spec).unwrap().field("resources").is_some();
    assert!(!has(Version::V1_30) && has(Version::V1_36));
}

#[test]
fn kinds_say_where_their_objects_stand_and_in_which_versions_they_are() {
    assert!(deployment().is_namespaced());
    assert!(!kind(Version::V1_36, "v1", "Namespace").unwrap().is_namespaced());
    let versions: Vec<_> = versions_of("flowcontrol.apiserver.k8s.io", "FlowSchema").collect();
    assert_eq!(
        versions.first(),
        Some(&(Version::V1_30, "flowcontrol.apiserver.k8s.io/v1"))
    );
}

#[test]
fn a_version_is_read_as_people_write_it() {
    assert_eq!(Version::parse("v1.36.2"), Some(Version::V1_36));
    assert_eq!(Version::parse("1.29"), None);
}
