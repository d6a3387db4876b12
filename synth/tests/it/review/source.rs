//! Where the two sides come from.

use std::path::{Path, PathBuf};
use std::process::Command;

use synth::review::source::{Sides, load};

/// A folder that is gone at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("synth-review-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes files to be read")]
    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.0)
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn queue(delay: u8) -> String {
    super::one("AWS::SQS::Queue", &format!("{{DelaySeconds: {delay}}}"))
}

/// The files of both sides, each with its delay.
fn loaded(first: Option<&str>, second: Option<&str>, folder: &Path) -> String {
    let sides = match Sides::parse(first, second) {
        Ok(sides) => sides,
        Err(error) => return error.to_string(),
    };
    match load(&sides, folder) {
        Ok(loaded) => {
            let side = |side: &[synth::read::Document]| {
                let shown = side.iter().map(|document| {
                    let path = ["Resources", "R", "Properties", "DelaySeconds"];
                    let delay = document.root.dig(&path).and_then(synth::read::Node::scalar);
                    format!("{}={}", document.file, delay.unwrap_or_default())
                });
                shown.collect::<Vec<_>>().join(",")
            };
            let broken: Vec<String> = loaded.broken.iter().map(ToString::to_string).collect();
            format!("{} -> {} {}", side(&loaded.old), side(&loaded.new), broken.join("; "))
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn two_folders_give_their_templates_and_nothing_else() {
    let folder = Folder::new("folders");
    folder.write("a/x/t.yaml", &queue(1));
    folder.write("a/package.json", "{}");
    folder.write("b/x/t.yaml", &queue(2));
    folder.write("b/x/broken.yaml", "Resources: {A: {Type: AWS::SQS::Queue");
    let (a, b) = (folder.0.join("a"), folder.0.join("b"));
    let text = loaded(a.to_str(), b.to_str(), Path::new("."));
    assert!(
        text.starts_with("x/t.yaml=1 -> x/t.yaml=2 x/broken.yaml:2:1:"),
        "{text}"
    );
}

#[test]
fn a_file_and_a_folder_are_refused() {
    let folder = Folder::new("unlike");
    folder.write("t.yaml", &queue(1));
    let file = folder.0.join("t.yaml");
    assert!(loaded(file.to_str(), folder.0.to_str(), Path::new(".")).contains("not both files or both folders"));
}

#[test]
fn a_revision_cannot_be_an_option() {
    for revision in [
        "--output=x",
        "-x",
        "a b",
        "a:b",
        "--upload-pack=x..y",
        "a..-x",
        "a;b",
        "$(x)",
    ] {
        assert!(
            loaded(Some(revision), None, Path::new(".")).contains("is not a revision"),
            "{revision}"
        );
    }
}

#[test]
fn revisions_are_read_from_git() {
    let folder = Folder::new("git");
    folder.git(&["init", "-q", "-b", "main"]);
    folder.write("t.yaml", &queue(1));
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "one"]);
    folder.git(&["checkout", "-qb", "work"]);
    folder.write("t.yaml", &queue(2));
    folder.git(&["commit", "-qam", "two"]);
    folder.write("t.yaml", &queue(3));
    folder.write("new.json", "{\"Resources\": {\"R\": {\"Type\": \"AWS::SNS::Topic\"}}}");
    let at = |first| loaded(first, None, &folder.0);
    assert_eq!(at(Some("main..work")), "t.yaml=1 -> t.yaml=2 ");
    assert_eq!(at(Some("main..HEAD")), "t.yaml=1 -> t.yaml=2 ");
    assert_eq!(at(Some("HEAD")), "t.yaml=2 -> new.json=,t.yaml=3 ");
    // The default: the merge base with the default branch, and the working tree.
    assert_eq!(at(None), "t.yaml=1 -> new.json=,t.yaml=3 ");
    assert!(at(Some("gone..HEAD")).contains("there is no such revision here"));
}

#[test]
fn a_folder_without_git_says_so() {
    let folder = Folder::new("none");
    let text = loaded(None, None, &folder.0);
    assert!(text.starts_with("`git rev-parse --show-toplevel` failed"), "{text}");
}

#[test]
fn three_dots_compare_with_where_the_histories_part() {
    let folder = Folder::new("fork");
    folder.git(&["init", "-q", "-b", "main"]);
    folder.write("t.yaml", &queue(1));
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "one"]);
    folder.git(&["checkout", "-qb", "work"]);
    folder.write("t.yaml", &queue(2));
    folder.git(&["commit", "-qam", "two"]);
    folder.git(&["checkout", "-q", "main"]);
    folder.write("t.yaml", &queue(3));
    folder.git(&["commit", "-qam", "three"]);
    let at = |range| loaded(Some(range), None, &folder.0);
    assert_eq!(at("main..work"), "t.yaml=3 -> t.yaml=2 ");
    assert_eq!(at("main...work"), "t.yaml=1 -> t.yaml=2 ");
    folder.git(&["checkout", "-q", "--orphan", "lone"]);
    folder.git(&["commit", "-qm", "lone"]);
    assert!(at("main...lone").starts_with("there is no common commit with main"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = Folder::new("missing");
    folder.write("t.yaml", &queue(1));
    let file = folder.0.join("t.yaml");
    assert!(loaded(file.to_str(), Some("gone.yaml"), Path::new(".")).starts_with("there is no file gone.yaml"));
}

#[test]
fn a_file_that_comes_or_goes_can_be_named_as_git_does() {
    let folder = Folder::new("null");
    folder.write("t.yaml", &queue(1));
    let file = folder.0.join("t.yaml");
    assert!(loaded(Some("/dev/null"), file.to_str(), Path::new("/")).starts_with("/dev/null= -> "));
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_not_utf_8_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("name");
    folder.git(&["init", "-q", "-b", "main"]);
    let name = std::ffi::OsStr::from_bytes(b"a\xff.yaml");
    folder.write("t.yaml", &queue(1));
    std::fs::rename(folder.0.join("t.yaml"), folder.0.join(name)).unwrap();
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "one"]);
    let shown = "a\u{fffd}.yaml=1";
    assert_eq!(loaded(Some("HEAD"), None, &folder.0), format!("{shown} -> {shown} "));
    let path = folder.0.to_str();
    assert_eq!(loaded(path, path, Path::new(".")), format!("{shown} -> {shown} "));
}
