//! The sums that OpenTofu adds to a lock file.

use std::collections::BTreeMap;

use synth::files::{Files, Root};

use super::{MARK, README, Temp, show};

const LOCK: &str = "out/shop/infra/.terraform.lock.hcl";

/// As it is rendered, and with what `tofu init` adds.
const RENDERED: &str = "provider \"registry.opentofu.org/hashicorp/google\" {\n  version     = \"8.7.0\"\n}\n";
const ADDED: &str = "# This file is maintained automatically by \"tofu init\".\n\nprovider \"registry.opentofu.org/hashicorp/google\" {\n  version     = \"8.7.0\"\n  hashes = [\n    \"h1:abc\",\n  ]\n}\n";

fn files(root: &Root, lock: &str) -> Files {
    let all = [(LOCK, lock), (README, MARK)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    root.place("shop", BTreeMap::from(all)).unwrap()
}

/// What differs when the provider's sums were committed and that is rendered.
fn told(lock: &str) -> String {
    let temp = Temp::new();
    let root = Root::elsewhere(&temp.join("out"));
    root.write(&files(&root, RENDERED)).unwrap();
    temp.put(LOCK, ADDED);
    show(&root.plan(&files(&root, lock)).unwrap(), &temp)
}

#[test]
fn sums_of_the_same_version_are_kept() {
    insta::assert_snapshot!(told(RENDERED), @"2 unchanged");
}

#[test]
fn sums_of_another_version_go() {
    insta::assert_snapshot!(told(&RENDERED.replace("8.7.0", "8.8.0")), @r"
    Stale out/shop/infra/.terraform.lock.hcl
    1 unchanged
    ");
}
