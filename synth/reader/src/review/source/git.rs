//! Revisions of git.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder::{Place, can_be_kustomization, can_be_template, may_count, text};
use super::{Error, Texts};

pub(super) fn revisions(
    folder: &Path,
    old: Option<&str>,
    new: Option<&str>,
    since_fork: bool,
) -> Result<[(Texts, Place); 2], Error> {
    let root = git(folder, &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(root.trim_end());
    let tip = commit(&root, new.unwrap_or("HEAD"))?;
    let base = match old {
        Some(old) if since_fork => merge_base(&root, old, &commit(&root, old)?, &tip)?,
        Some(old) => commit(&root, old)?,
        None => merge_base(&root, "the default branch", &default_branch(&root)?, &tip)?,
    };
    let old = (blobs(&root, &base)?, Place::Commit(root.clone(), base));
    if new.is_some() {
        return Ok([old, (blobs(&root, &tip)?, Place::Commit(root, tip))]);
    }
    Ok([old, (working_tree(&root)?, Place::Folder(root))])
}

/// A file of a commit.
pub(super) fn file(root: &Path, commit: &str, path: &str) -> Option<Vec<u8>> {
    let outside = path.starts_with("..") || path.starts_with('/');
    let name = format!("{commit}:{path}");
    (!outside)
        .then(|| run(root, &["cat-file", "blob", &name], String::new()).ok())
        .flatten()
}

/// The commit at which two histories part.
fn merge_base(root: &Path, name: &str, other: &str, tip: &str) -> Result<String, Error> {
    match git(root, &["merge-base", other, tip]) {
        Ok(base) => Ok(base.trim().to_owned()),
        Err(_) => Err(Error::NoMergeBase { other: name.to_owned() }),
    }
}

/// The templates that lie in the folder and that git does not ignore.
fn working_tree(root: &Path) -> Result<Texts, Error> {
    let listed = run(
        root,
        &["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        String::new(),
    )?;
    let names: BTreeSet<&[u8]> = listed.split(|byte| *byte == 0).collect();
    let mut new = Texts::new();
    for name in names {
        let path = root.join(path_of(name));
        let shown = String::from_utf8_lossy(name).into_owned();
        // A file that git knows may be deleted in the working tree; links have no text of their own.
        let is_file = || std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
        if can_be_template(&shown) && is_file() {
            let text = text(&path)?;
            if may_count(&shown, &text) || can_be_kustomization(&shown, &text) {
                new.insert(shown, text);
            }
        }
    }
    Ok(new)
}

/// A name as git has it, which need not be UTF-8.
#[cfg(unix)]
fn path_of(name: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(name))
}

/// A name as git has it.
#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// The commit of a revision.
fn commit(root: &Path, revision: &str) -> Result<String, Error> {
    let peeled = format!("{revision}^{{commit}}");
    let found = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled]);
    match found {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(_) => Err(Error::Git {
            arguments: format!("rev-parse {revision}"),
            said: "there is no such revision here; is the history fetched?".to_owned(),
        }),
    }
}

fn default_branch(root: &Path) -> Result<String, Error> {
    ["origin/HEAD", "origin/main", "main", "origin/master", "master"]
        .iter()
        .find_map(|name| commit(root, name).ok())
        .ok_or(Error::NoDefaultBranch)
}

/// The files of a commit that can be templates: name and object.
fn tree(root: &Path, commit: &str) -> Result<BTreeMap<String, String>, Error> {
    let listed = git(root, &["ls-tree", "-r", "-z", "--full-tree", commit])?;
    let entries = listed.split('\0').filter_map(|entry| {
        let (about, name) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, _, object) = (about.next()?, about.next()?, about.next()?);
        // Links and submodules have no text of their own.
        (mode.starts_with("100") && can_be_template(name)).then(|| (name.to_owned(), object.to_owned()))
    });
    Ok(entries.collect())
}

/// The templates of a commit.
fn blobs(root: &Path, commit: &str) -> Result<Texts, Error> {
    let files = tree(root, commit)?;
    let asked = files
        .values()
        .fold(String::new(), |asked, object| asked + object + "\n");
    let answer = run(root, &["cat-file", "--batch"], asked)?;
    let mut rest = answer.as_slice();
    let mut found = Texts::new();
    for name in files.into_keys() {
        let Some((text, after)) = blob(rest) else { break };
        let text = String::from_utf8_lossy(text);
        if may_count(&name, &text) || can_be_kustomization(&name, &text) {
            found.insert(name, text.into_owned());
        }
        rest = after;
    }
    Ok(found)
}

/// The next answer of `git cat-file --batch`: a line `object kind length`, the bytes, and a line feed.
fn blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = (std::str::from_utf8(&answer[..end]).ok()?, &answer[end + 1..]);
    let Some(length) = line.split(' ').nth(2) else {
        // `object missing`: a partial clone has no text for it.
        return Some((&[], rest));
    };
    let length: usize = length.parse().ok()?;
    Some((rest.get(..length)?, rest.get(length + 1..)?))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = run(folder, arguments, String::new())?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

/// Runs git without a shell, without a pager, and without what a repository's configuration could make it run.
fn run(folder: &Path, arguments: &[&str], input: String) -> Result<Vec<u8>, Error> {
    let failed = |said: String| Error::Git {
        arguments: arguments.join(" "),
        said,
    };
    let missing = |error: std::io::Error| failed(format!("{error}; install git, or give two files or folders"));
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["--no-pager", "-c", "core.fsmonitor=false"]);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(missing)?;
    // Written beside the reading, because git answers before it has read all.
    let writer = child
        .stdin
        .take()
        .map(|mut stdin| std::thread::spawn(move || stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().map_err(missing)?;
    // If git stops reading, its exit code tells more than the broken pipe.
    let _ = writer.map(std::thread::JoinHandle::join);
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
