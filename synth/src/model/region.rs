//! Regions of AWS.

use std::fmt;

use super::Place;
use super::check::Here;
use crate::schema::{nearest, regions};

/// A region of AWS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    text: String,
    is_listed: bool,
    place: Place,
}

impl Region {
    /// A region that the embedded schemas know: the commercial ones of the day that they are of. What is rendered for
    /// it is refused if it has no such type.
    #[must_use]
    #[track_caller]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_listed: true,
            place: Place::here(),
        }
    }

    /// A region that the embedded schemas do not know: a newer one, or one of China's or the US government's. Whether
    /// it has everything that is rendered, nothing here can tell.
    #[must_use]
    #[track_caller]
    pub fn unlisted(text: &str) -> Self {
        Self {
            is_listed: false,
            ..Self::new(text)
        }
    }

    /// The name as AWS has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is a region as far as can be told.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        let is_known = regions().any(|region| region == self.text);
        is_region(&self.text) && is_known == self.is_listed
    }

    /// Where it was written.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The partition it belongs to: the second part of every ARN in it.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        match self.text.split('-').collect::<Vec<_>>().as_slice() {
            ["cn", ..] => "aws-cn",
            ["us", "gov", ..] => "aws-us-gov",
            _ => "aws",
        }
    }

    /// What the names of services in it end with, as `AWS::URLSuffix` says it.
    #[must_use]
    pub fn domain(&self) -> &'static str {
        if self.partition() == "aws-cn" {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        }
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        let mut here = here.at(self.place);
        let mut refuse = |problem, help: &str| here.refuse("Account.region", &self.text, problem, help);
        if !is_region(&self.text) {
            let help = "give one such as `eu-central-1`, as `aws configure get region` prints it";
            refuse("is not a region", help);
        } else if self.is_fine() {
        } else if self.is_listed {
            let near = nearest(&self.text, regions()).map(|near| format!("write `{near}`, or "));
            let near = near.unwrap_or_default();
            let help = format!("{near}say `Region::unlisted` if it is newer than the schemas or not a commercial one");
            refuse("is no region that the schemas know", &help);
        } else {
            refuse("is a region that the schemas know", "say `Region::new`");
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let number = |part: &&str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [words @ .., last] => (2..=3).contains(&words.len()) && words.iter().all(word) && number(last),
        [] => false,
    }
}
