//! How a pipeline looks at a change, where work is collected before that, and whom it tells.

use super::check::{Here, REQUEST_HELP, is_path, is_request, is_word};
use super::{Pipeline, System};

/// How thoroughly a change is looked at before its image is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scrutiny {
    /// Its format, what the linter says, its tests, and the grave vulnerabilities of its image.
    Usual,
    /// Besides: how much of the service its tests run, what its dependencies are known for, the repository's files, and
    /// a trial of the image and of the manifests. What scanners find goes to GitHub's code scanning, which a private
    /// repository has to have bought (<https://docs.github.com/en/code-security>, "About code scanning").
    Thorough(Trial),
}

/// What an image must show, alone on a machine of GitHub's, before it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The path under which the service tells its interface as an OpenAPI document.
    pub contract: String,
    /// The settings of Schemathesis, from the root of the repository: where the service rightly answers otherwise than
    /// the document says.
    pub expects: Option<String>,
    /// How fast it answers what it is asked for.
    pub answers: Vec<Answer>,
    /// How many requests a second one container answers within the limits of a task or pod: 1 to 100,000.
    pub rate: u32,
}

/// How fast a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The path, which may have a query.
    pub path: String,
    /// The milliseconds that 95 of 100 answers stay under: 1 to 60,000.
    pub milliseconds: u32,
}

/// A branch on which work is collected before it is released. What a change must pass is the same there, and nothing is
/// published or deployed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Development {
    /// The branch, such as `develop`.
    pub branch: String,
    /// The Dockerfile of the image that people develop in, from the root of the repository, if there is one.
    pub dockerfile: Option<String>,
}

/// Whom a pipeline tells how a release or a rollback ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// Nobody but whoever looks at GitHub.
    Nobody,
    /// A channel at Slack, by the address in the secret `SLACK_WEBHOOK_URL` of a GitHub environment of its own, which
    /// has no other secret.
    Slack,
}

impl Development {
    /// A branch, and the Dockerfile of the image that people develop in.
    #[must_use]
    pub fn on(branch: &str, dockerfile: &str) -> Self {
        Self {
            branch: branch.to_owned(),
            dockerfile: Some(dockerfile.to_owned()),
        }
    }
}

impl Answer {
    /// The most milliseconds for a path.
    #[must_use]
    pub fn within(path: &str, milliseconds: u32) -> Self {
        Self {
            path: path.to_owned(),
            milliseconds,
        }
    }
}

impl System {
    /// These stand in scripts and in triggers.
    pub(super) fn check_scrutiny(&self, here: &mut Here<'_>) {
        let Pipeline {
            development, scrutiny, ..
        } = &self.pipeline;
        if let Some(development) = development {
            development.check(&self.owner.github.branch, here);
        }
        if let Scrutiny::Thorough(trial) = scrutiny {
            trial.check(here);
            if self.database().is_some() {
                let help = "say `Scrutiny::Usual`: on a trial the image has nothing beside it";
                here.refuse(
                    "Pipeline.scrutiny",
                    &"Thorough",
                    "tries an image without its database",
                    help,
                );
            }
        }
    }
}

impl Development {
    fn check(&self, released: &str, here: &mut Here<'_>) {
        let field = "Development.branch";
        if !is_word(&self.branch) {
            let help = "name the one that work is collected on, such as `develop`";
            here.refuse(field, &self.branch, "is not a branch", help);
        } else if self.branch == released {
            let help = "name another one, or leave `development` out";
            here.refuse(field, &self.branch, "is the branch that is released", help);
        }
        if let Some(file) = self.dockerfile.as_ref().filter(|file| !is_word(file)) {
            let help = "use letters, digits and `._~/-`";
            here.refuse("Development.dockerfile", file, "cannot stand in a script", help);
        }
    }
}

impl Trial {
    fn check(&self, here: &mut Here<'_>) {
        if !is_path(&self.contract) {
            let help = "begin it with `/` and use letters, digits and `._~/-`";
            here.refuse("Trial.contract", &self.contract, "is not a path", help);
        }
        if let Some(file) = self.expects.as_ref().filter(|file| !is_word(file)) {
            here.refuse(
                "Trial.expects",
                file,
                "cannot stand in a script",
                "use letters, digits and `._~/-`",
            );
        }
        for answer in &self.answers {
            if !is_request(&answer.path) {
                here.refuse("Answer.path", &answer.path, "is not a path", REQUEST_HELP);
            }
            if !(1..=60_000).contains(&answer.milliseconds) {
                let help = "use 1 to 60,000";
                here.refuse(
                    "Answer.milliseconds",
                    &answer.milliseconds,
                    "is no time of an answer",
                    help,
                );
            }
        }
        if !(1..=100_000).contains(&self.rate) {
            here.refuse(
                "Trial.rate",
                &self.rate,
                "is no rate of a container",
                "use 1 to 100,000",
            );
        }
    }
}
