//! Revisions of git.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder::{can_be_template, mentions_resources, text};
use super::{Error, Texts};

pub(super) fn revisions(folder: &Path, old: Option<&str>, new: Option<&str>) -> Result<(Texts, Texts), Error> {
    let root = git(folder, &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(root.trim_end());
    let tip = commit(&root, new.unwrap_or("HEAD"))?;
    let base = match old {
        Some(old) => commit(&root, old)?,
        None => git(&root, &["merge-base", &default_branch(&root)?, &tip])?
            .trim()
            .to_owned(),
    };
    let old = blobs(&root, &base)?;
    if new.is_some() {
        return Ok((old, blobs(&root, &tip)?));
    }
    Ok((old, working_tree(&root)?))
}

/// The templates that lie in the folder and that git does not ignore.
fn working_tree(root: &Path) -> Result<Texts, Error> {
    let listed = git(root, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
    let mut names: Vec<&str> = listed.split('\0').filter(|name| can_be_template(name)).collect();
    names.sort_unstable();
    names.dedup();
    let mut new = Texts::new();
    for name in names {
        let path = root.join(name);
        // A file that git knows may be deleted in the working tree.
        if path.is_file() {
            let text = text(&path)?;
            if mentions_resources(&text) {
                new.insert(name.to_owned(), text);
            }
        }
    }
    Ok(new)
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
        if mentions_resources(&text) {
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
