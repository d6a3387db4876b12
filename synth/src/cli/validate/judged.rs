//! What became of a file.

use crate::checks::Finding;
use crate::checks::links::Links;
use crate::checks::show::{Quote, Quoted};
use crate::read::Document;

/// Files that refer to each other are judged together if they have no more text than this.
pub(super) const MOST_TOGETHER: usize = 8 << 20;

/// Where a finding stands among those of its file.
pub(super) fn place(finding: &Finding) -> (u32, u32, &str, &str) {
    (finding.line, finding.column, finding.rule, &finding.message)
}

/// What became of a file.
pub(super) enum Judged {
    /// It is nothing to judge, and nobody named it.
    Skipped,
    /// It is no manifest yet: Helm makes some of it.
    Chart,
    /// A kustomization reads it.
    Part,
    /// It is a dashboard, or a file of Prometheus' rules.
    Queries {
        findings: Vec<Quoted>,
        /// Until all are judged together.
        documents: Vec<Document>,
    },
    Kustomization {
        findings: Vec<Quoted>,
        /// Whether it only adds to others.
        component: bool,
    },
    Unreadable(Box<Quoted>),
    /// A file of a module of `OpenTofu`.
    Module {
        findings: Vec<Quoted>,
        /// Until all of the folder are judged together.
        document: Option<Document>,
        /// The kinds of blocks of which nothing is known.
        foreign: Vec<String>,
    },
    Template {
        findings: Vec<Quoted>,
        links: Links,
        bytes: usize,
    },
    Manifest {
        findings: Vec<Quoted>,
        /// Until all are judged together.
        documents: Vec<Document>,
        /// The kinds of objects of which nothing is known.
        foreign: Vec<String>,
    },
}

impl Judged {
    pub(super) fn manifest(documents: Vec<Document>) -> Self {
        Self::Manifest {
            findings: Vec::new(),
            documents,
            foreign: Vec::new(),
        }
    }

    /// What was found in a file that was judged.
    pub(super) fn found(&mut self) -> Option<&mut Vec<Quoted>> {
        match self {
            Self::Skipped | Self::Chart | Self::Part | Self::Unreadable(_) => None,
            Self::Template { findings, .. }
            | Self::Manifest { findings, .. }
            | Self::Queries { findings, .. }
            | Self::Module { findings, .. }
            | Self::Kustomization { findings, .. } => Some(findings),
        }
    }

    /// [`Judged::found`], to look at.
    pub(super) fn seen(&self) -> Option<&Vec<Quoted>> {
        match self {
            Self::Skipped | Self::Chart | Self::Part | Self::Unreadable(_) => None,
            Self::Template { findings, .. }
            | Self::Manifest { findings, .. }
            | Self::Queries { findings, .. }
            | Self::Module { findings, .. }
            | Self::Kustomization { findings, .. } => Some(findings),
        }
    }

    pub(super) fn findings(mut self) -> Vec<Quoted> {
        if let Self::Unreadable(told) = self {
            return vec![*told];
        }
        self.found().map(std::mem::take).unwrap_or_default()
    }
}

/// A file that cannot be read, with the line where reading stopped.
pub(super) fn unread(finding: Finding, text: &str) -> Judged {
    let at = finding.span();
    let line = text.lines().nth((at.line.max(1) - 1) as usize);
    Judged::Unreadable(Box::new(Quoted {
        quote: line.map(|line| Quote::new(line, at)),
        also: None,
        finding,
    }))
}
