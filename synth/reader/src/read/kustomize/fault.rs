//! What is to be told about a kustomization.

use crate::read::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// kustomize ends with an error.
    Refused,
    /// It builds, and this part of it does nothing.
    Idle,
    /// It was not read here.
    Unread,
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub verdict: Verdict,
    /// The file.
    pub file: String,
    /// Where in it.
    pub at: Span,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A fault whose span is still one of the whole rendering.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) verdict: Verdict,
    pub(super) at: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// What was found so far, and how much work is left.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) drafts: Vec<Draft>,
    /// Whether something is missing.
    pub(super) partial: bool,
    left: usize,
}

/// No more is said about one kustomization.
const MOST: usize = 200;

impl Told {
    /// Nothing yet, with work for so many values.
    pub(super) fn new(left: usize) -> Self {
        Self {
            drafts: Vec::new(),
            partial: false,
            left,
        }
    }

    fn push(&mut self, verdict: Verdict, at: Span, message: impl Into<String>, help: impl Into<String>) {
        if self.drafts.len() < MOST {
            self.drafts.push(Draft {
                verdict,
                at,
                message: message.into(),
                help: help.into(),
            });
        }
    }

    /// kustomize ends here with an error.
    pub(super) fn refused(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.partial = true;
        self.push(Verdict::Refused, at, message, help);
    }

    /// This does nothing.
    pub(super) fn idle(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Verdict::Idle, at, message, help);
    }

    /// This was not read.
    pub(super) fn unread(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.partial = true;
        self.push(Verdict::Unread, at, message, help);
    }

    /// Whether no work is left.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Takes from the work that is left; whether there was so much.
    pub(super) fn spend(&mut self, values: usize, at: Span) -> bool {
        if self.left >= values {
            self.left -= values;
            return true;
        }
        if self.left > 0 {
            self.left = 0;
            let help = "judge it in parts, or render it first: kubectl kustomize FOLDER | synth validate -";
            self.refused(at, "this makes more than is built here", help);
        }
        false
    }
}
