//! What a step or a job uses: an action, a workflow or an image, at a version.

use super::story::Story;
use crate::review::wider::What;

/// `owner/name@version`.
struct Uses<'a> {
    name: &'a str,
    version: &'a str,
}

impl<'a> Uses<'a> {
    fn new(text: &'a str) -> Self {
        let (name, version) = text.split_once('@').unwrap_or((text, ""));
        Self { name, version }
    }

    /// A commit or a digest, which nobody can move.
    fn is_fixed(&self) -> bool {
        let hex = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex(self.version, 40)
            || self
                .version
                .strip_prefix("sha256:")
                .is_some_and(|digest| hex(digest, 64))
    }
}

/// The name of what is used, without its version.
pub(super) fn name(uses: &str) -> &str {
    let name = Uses::new(uses).name;
    // Of an image, the version may be a tag.
    let Some(image) = name.strip_prefix("docker://") else {
        return name;
    };
    match image.rsplit_once(':') {
        Some((bare, tag)) if !tag.contains('/') => &name[..name.len() - (image.len() - bare.len())],
        _ => name,
    }
}

/// What changes in `uses` at a path; `version` tells what the comment beside it says, before and now.
pub(super) fn change(path: &str, old: &str, new: &str, version: (Option<&str>, Option<&str>), story: &mut Story) {
    if old == new {
        return;
    }
    let (was, is) = (Uses::new(old), Uses::new(new));
    let mut said = Vec::new();
    if name(old) != name(new) {
        let is_workflow = new.contains(".github/workflows/");
        said.push(
            if is_workflow {
                "another workflow"
            } else {
                "another action"
            }
            .to_owned(),
        );
    } else if was.is_fixed() && !is.is_fixed() && !is.name.starts_with("./") {
        let text = "from a commit to a name, which can move to other code";
        said.push(text.to_owned());
        story.wider(What::Hardening, path, format!("{path}: {text}"));
    } else if !was.is_fixed() && is.is_fixed() {
        said.push("from a name, which can move, to what never changes".to_owned());
    }
    if let (Some(old), Some(new)) = version
        && old != new
    {
        said.push(format!("{old} → {new}, as the comments say"));
    }
    story.value(path, Some(old.into()), Some(new.into()), &said);
}
