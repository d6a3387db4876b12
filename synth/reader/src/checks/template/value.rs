//! What is wrong with a value for itself, wherever it stands.

use crate::checks::{Level, Report};
use crate::read::Node;
use crate::read::template::known::Text;
use crate::read::template::path::Place;
use crate::read::template::{Template, known};

/// What is wrong with a value.
#[derive(Debug)]
pub(super) struct Wrong {
    message: String,
    help: Option<String>,
    level: Option<Level>,
}

impl Wrong {
    /// What is said of it.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            level: None,
        }
    }

    /// What to do about it.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        let help = Some(help.into());
        Self { help, ..self }
    }

    /// It is one of some words; the nearest is what was meant.
    pub(super) fn one_of(self, text: &str, words: &[&str]) -> Self {
        self.help(match crate::schema::nearest(text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {}", words.join(", ")),
        })
    }

    /// One of some words is probably meant.
    pub(super) fn near(self, text: &str, words: &[&str]) -> Self {
        match crate::schema::nearest(text, words.iter().copied()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// How bad it is, where it is not certain that AWS refuses it.
    pub(super) fn level(self, level: Level) -> Self {
        let level = Some(level);
        Self { level, ..self }
    }
}

/// Reports what is wrong with each text that a value is known to be able to be.
pub(super) fn judge<'a>(place: Place<'_, 'a>, report: &mut Report<'a>, wrong: impl Fn(&str) -> Option<Wrong>) {
    say(place.node, place.texts(), report, wrong);
}

/// The same of what it is if nobody chooses otherwise: an old word among many that are allowed is no fault.
pub(super) fn judge_likely<'a>(place: Place<'_, 'a>, report: &mut Report<'a>, wrong: impl Fn(&str) -> Option<Wrong>) {
    say(place.node, place.text(), report, wrong);
}

/// The same as [`judge`] of a value that stands in no resource.
pub(super) fn judge_node<'a>(
    template: &Template<'a>,
    node: &'a Node,
    report: &mut Report<'a>,
    wrong: impl Fn(&str) -> Option<Wrong>,
) {
    say(node, known::texts(template, node), report, wrong);
}

fn say<'a>(
    node: &'a Node,
    texts: impl IntoIterator<Item = Text<'a>>,
    report: &mut Report<'a>,
    wrong: impl Fn(&str) -> Option<Wrong>,
) {
    for text in texts {
        let Some(Wrong { message, help, level }) = wrong(&text) else {
            continue;
        };
        let draft = report.value(node, message);
        draft.sure(text.sure);
        if let Some(level) = level {
            draft.level(level);
        }
        if let Some(help) = help {
            draft.help(help);
        }
    }
}
