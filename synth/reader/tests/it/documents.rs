//! Several documents in one file.

use synth_reader::read::manifest::{Object, Objects};
use synth_reader::read::{self, Kind};

use super::documents;

#[test]
fn documents_of_one_file_keep_their_lines() {
    let all = documents("# first\n---\nkind: A\n---\n\n---\nkind: B\n...\n---\nkind: C\n");
    let lines: Vec<u32> = all.iter().map(|document| document.root.at.line).collect();
    assert_eq!(lines, [3, 7, 10]);
}

#[test]
fn an_anchor_ends_with_its_document() {
    let error = read::documents("all.yaml", "a: &x 1\n---\nb: *x\n").unwrap_err();
    assert_eq!(error.at.line, 3);
}

#[test]
fn json_is_one_document() {
    let all = documents(r#"{"kind": "A", "apiVersion": "v1"}"#);
    assert!(matches!(all[0].root.kind, Kind::Map(_)));
    assert_eq!(all.len(), 1);
}

#[test]
fn what_only_comments_stand_in_is_no_document() {
    assert_eq!(documents("---\n# nothing\n---\n"), []);
}

#[test]
fn a_second_document_does_not_make_an_error_of_the_first_vanish() {
    let error = read::documents("all.yaml", "a: [1\n---\nb: 2\n").unwrap_err();
    assert!(error.at.line <= 2);
}

#[test]
fn objects_of_lists_are_objects() {
    let all = documents(
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {apiVersion: v1, kind: \
         ServiceList, items: [{apiVersion: v1, kind: Service, metadata: {name: b}}]}\n",
    );
    let objects = Objects::new(&all);
    let titles: Vec<String> = objects.all().iter().map(Object::title).collect();
    assert_eq!(titles, ["Pod `a`", "Service `b`"]);
}
