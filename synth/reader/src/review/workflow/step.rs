//! What happens to the steps of a job.

use serde_json::{Map, Value as Json};

use super::Workflow;
use super::story::Story;
use super::{action, script};
use crate::review::secret;

type Step = Map<String, Json>;

/// A longer first line of a script is no name.
const MOST: usize = 40;

fn text<'a>(step: &'a Step, key: &str) -> Option<&'a str> {
    step.get(key)?.as_str()
}

/// The name under which a step is told.
fn label(step: &Step) -> String {
    let script = || text(step, "run")?.lines().map(str::trim).find(|line| !line.is_empty());
    let name = text(step, "name")
        .or_else(|| text(step, "uses").map(action::name))
        .or_else(|| text(step, "id"))
        .or_else(script)
        .unwrap_or("step");
    match name.char_indices().nth(MOST) {
        Some((at, _)) => format!("[{}…]", &name[..at]),
        None => format!("[{name}]"),
    }
}

/// Ways to know a step again, the surest first.
const SAME: &[fn(&Step, &Step) -> bool] = &[
    |old, new| old == new,
    |old, new| text(old, "id").is_some() && text(old, "id") == text(new, "id"),
    |old, new| text(old, "name").is_some() && text(old, "name") == text(new, "name"),
    |old, new| {
        let name = |step| text(step, "uses").map(action::name);
        name(old).is_some() && name(old) == name(new)
    },
    |old, new| {
        text(old, "run")
            .zip(text(new, "run"))
            .is_some_and(|(old, new)| script::alike(old, new))
    },
    |old, new| {
        let command = |step| text(step, "run")?.split_whitespace().next();
        let nameless = |step: &Step| text(step, "name").or(text(step, "id")).is_none();
        nameless(old) && nameless(new) && command(old).is_some() && command(old) == command(new)
    },
];

/// For each new step the place of the old one that it was.
fn partners(old: &[Step], new: &[Step]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    for same in SAME {
        for (at, step) in new.iter().enumerate() {
            if found[at].is_none() {
                let free = |place: &usize| !found.contains(&Some(*place));
                found[at] = (0..old.len()).find(|place| free(place) && same(&old[*place], step));
            }
        }
    }
    found
}

pub(super) fn changes(before: (&Workflow, &[Step]), after: (&Workflow, &[Step]), story: &mut Story) {
    let (old, new) = (before.1, after.1);
    let partners = partners(old, new);
    for (step, partner) in new.iter().zip(&partners) {
        match partner {
            Some(at) => pair((before.0, &old[*at]), (after.0, step), story),
            None => story.value(
                format!("steps{}", label(step)),
                None,
                shown(step),
                &["a step that comes".to_owned()],
            ),
        }
    }
    for (_, step) in old.iter().enumerate().filter(|(at, _)| !partners.contains(&Some(*at))) {
        let text = "a step that goes".to_owned();
        story.value(format!("steps{}", label(step)), shown(step), None, &[text]);
    }
    let kept: Vec<usize> = partners.into_iter().flatten().collect();
    if !kept.is_sorted() {
        story.note("its steps run in another order");
    }
}

/// A step without its secrets.
fn shown(step: &Step) -> Option<Json> {
    secret::hide(Some(&Json::Object(step.clone())), &[], step)
}

fn pair(before: (&Workflow, &Step), after: (&Workflow, &Step), story: &mut Story) {
    let (old, new) = (before.1, after.1);
    let path = format!("steps{}", label(new));
    let mut told = Vec::new();
    if let Some((was, is)) = text(old, "uses").zip(text(new, "uses")) {
        let version = (before.0.version(was), after.0.version(is));
        action::change(&format!("{path}.uses"), was, is, version, story);
        told.push("uses");
    }
    if let Some((was, is)) = text(old, "run").zip(text(new, "run")) {
        if let Some((was, is)) = script::differing(was, is) {
            story.value(format!("{path}.run"), Some(was), Some(is), &[]);
        }
        told.push("run");
    }
    // The name of a step is shown, and nothing else.
    told.push("name");
    story.below(&path, old, new, &told);
}
