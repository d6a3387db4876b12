//! What fuzzers began with and what they found, through the same functions.

#[expect(unreachable_pub, reason = "to the fuzzers it is a library")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

fn each(folder: &str, target: fn(&[u8])) {
    let folder = format!("{}/fuzz/seeds/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        target(&std::fs::read(&path).unwrap());
    }
}

#[test]
fn what_fuzzers_found_in_reading_stays_mended() {
    each("read", targets::read);
}

#[test]
fn what_fuzzers_found_in_checks_stays_mended() {
    each("validate", targets::validate);
}

#[test]
fn what_fuzzers_found_in_manifests_stays_mended() {
    each("manifests", targets::manifests);
}

#[test]
fn what_fuzzers_found_in_reviews_stays_mended() {
    each("diff", targets::diff);
}
