//! Where files go, and what a change looks like.

use std::collections::BTreeMap;
use std::path::Path;

use synth::files::{Change, Files, Root};

use super::Temp;

fn placed(root: &Root, path: &str) -> String {
    let files = BTreeMap::from([(path.to_owned(), String::new())]);
    match root.place("shop", files) {
        Ok(files) => files.keys().map(|path| path.display().to_string()).collect(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn another_folder_takes_the_place_of_out() {
    let root = Root::elsewhere(Path::new("/tmp/look"));
    assert_eq!(placed(&root, "out/shop/README.md"), "/tmp/look/shop/README.md");
}

#[test]
fn another_folder_takes_the_workflows_of_the_repository_too() {
    let root = Root::elsewhere(Path::new("/tmp/look"));
    assert_eq!(
        placed(&root, ".github/workflows/ci.yml"),
        "/tmp/look/shop/.github/workflows/ci.yml"
    );
    assert_eq!(
        placed(&Root::repository(), ".github/workflows/ci.yml"),
        ".github/workflows/ci.yml"
    );
}

#[test]
fn a_path_out_of_the_folders_is_refused() {
    for path in [
        "out/../../etc/passwd",
        "/etc/passwd",
        "src/main.rs",
        ".github/CODEOWNERS",
    ] {
        let text = placed(&Root::repository(), path);
        assert!(text.ends_with("nothing was changed"), "{path}: {text}");
    }
}

fn diff(old: Option<&[u8]>, new: Option<&str>) -> String {
    let change = Change {
        path: "out/shop/README.md".into(),
        old: old.map(<[u8]>::to_vec),
        new: new.map(str::to_owned),
        ours: true,
    };
    change.diff()
}

#[test]
fn a_stale_file_is_shown_with_the_lines_around_the_change() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    insta::assert_snapshot!(diff(Some(old.as_bytes()), Some(&old.replace('8', "eight"))), @r"
    --- a/out/shop/README.md
    +++ b/out/shop/README.md
    @@ -5,5 +5,5 @@
     5
     6
     7
    -8
    +eight
     9
    ");
}

#[test]
fn a_missing_file_and_a_stray_are_shown_against_nothing() {
    insta::assert_snapshot!(diff(None, Some("text\n")) + &diff(Some(b"text"), None), @r#"
    --- /dev/null
    +++ b/out/shop/README.md
    @@ -0,0 +1 @@
    +text
    --- a/out/shop/README.md
    +++ /dev/null
    @@ -1 +0,0 @@
    -text
    \ No newline at end of file
    "#);
}

#[test]
fn a_file_that_is_no_text_is_named() {
    insta::assert_snapshot!(diff(Some(b"\xff\xfe"), None), @"Binary files a/out/shop/README.md and /dev/null differ");
}

#[cfg(unix)]
#[test]
fn a_script_is_executable_and_nothing_else_is() {
    use std::os::unix::fs::PermissionsExt;

    let temp = Temp::new();
    let root = Root::elsewhere(&temp.join("out"));
    let mut new = Files::new();
    new.insert(temp.join("out/shop/deploy.sh"), "#!/bin/sh\n".to_owned());
    new.insert(temp.join("out/shop/README.md"), "# shop\n".to_owned());
    root.write(&new).unwrap();
    let executable = |path| std::fs::metadata(temp.join(path)).unwrap().permissions().mode() & 0o100 != 0;
    assert_eq!(
        (executable("out/shop/deploy.sh"), executable("out/shop/README.md")),
        (true, false)
    );
}
