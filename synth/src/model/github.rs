//! GitHub: the repository, how AWS recognises it, and its pipelines.

use super::check::{Here, is_word};
use super::{Development, Place, Scrutiny, Tells};

/// A repository on GitHub, with the ids that make its identity immutable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitHubRepository {
    /// The user or organisation.
    pub owner: String,
    /// The owner's number: `gh api repos/OWNER/NAME --jq .owner.id`.
    pub owner_id: u64,
    /// The repository.
    pub name: String,
    /// The repository's number: `gh api repos/OWNER/NAME --jq .id`.
    pub repository_id: u64,
    /// Which form the subject of its tokens has.
    pub subject: Subject,
    /// The branch from which releases are made.
    pub branch: String,
    /// Where it was written.
    pub place: Place,
}

/// The form of the subject claim in GitHub's tokens. Repositories that were made, renamed or transferred since
/// 15 July 2026 have the immutable form (GitHub changelog, 2026-04-23). Which one a repository sends is the prefix that
/// `gh api repos/OWNER/NAME/actions/oidc/customization/sub` shows; with the wrong one AWS answers "Not authorized to
/// perform sts:AssumeRoleWithWebIdentity".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `repo:OWNER@OWNER_ID/NAME@REPOSITORY_ID:…`: a name that is taken over later gives nobody access.
    Immutable,
    /// Both forms, while an older repository changes over.
    Both,
    /// `repo:OWNER/NAME:…`, which an older repository sends until it changes over.
    Named,
}

/// Whether the account has the identity provider for GitHub's tokens. There can be one per account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityProvider {
    /// The first environment's bootstrap stack makes it.
    Make,
    /// It is there already.
    Existing,
}

impl GitHubRepository {
    /// A repository of today, that releases from `main`; and where it was written.
    #[must_use]
    #[track_caller]
    pub fn new(owner: (&str, u64), name: (&str, u64)) -> Self {
        Self {
            owner: owner.0.to_owned(),
            owner_id: owner.1,
            name: name.0.to_owned(),
            repository_id: name.1,
            subject: Subject::Immutable,
            branch: "main".to_owned(),
            place: Place::here(),
        }
    }

    /// As GitHub names it: `owner/name`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// The characters are those that GitHub allows.
    pub(super) fn check(&self, here: &mut Here<'_>) {
        let mut here = here.at(self.place);
        let word =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        let (owner, name) = (self.owner.as_str(), self.name.as_str());
        let checks = [
            ("GitHubRepository.owner", owner, word(owner) && owner.len() <= 39),
            ("GitHubRepository.name", name, word(name) && name.len() <= 100),
            ("GitHubRepository.owner_id", "0", self.owner_id != 0),
            ("GitHubRepository.repository_id", "0", self.repository_id != 0),
        ];
        for (field, saw, _) in checks.into_iter().filter(|(.., fine)| !fine) {
            let help = "copy it from `gh api repos/OWNER/NAME`";
            here.refuse(field, saw, "is not what GitHub has", help);
        }
        if !is_word(&self.branch) {
            let help = "name the one that releases are made from, such as `main`";
            here.refuse("GitHubRepository.branch", &self.branch, "is not a branch", help);
        }
    }

    /// The subjects that a token of this repository can have, each followed by a suffix such as `environment:prod`.
    #[must_use]
    pub fn subjects(&self, suffix: &str) -> Vec<String> {
        let Self {
            owner,
            owner_id,
            name,
            repository_id,
            ..
        } = self;
        let immutable = format!("repo:{owner}@{owner_id}/{name}@{repository_id}:{suffix}");
        let named = format!("repo:{owner}/{name}:{suffix}");
        match self.subject {
            Subject::Immutable => vec![immutable],
            Subject::Both => vec![immutable, named],
            Subject::Named => vec![named],
        }
    }
}

/// Into how many files the way of a commit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// `ci.yml`, `release.yml` and `rollback.yml`: each starts with something else.
    Several,
    /// `ci-cd.yml` has them all: what a pull request must pass, the release, and the rollback that a person starts. A
    /// branch of development has `dev-ci.yml` beside it, either way.
    One,
}

/// Which repository the pipelines of a system live in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repository {
    /// This one, which renders them: the workflows go to `.github/workflows/`.
    Own,
    /// Another one, which the system's owner names: the workflows go to the system's folder, for it to take.
    Foreign,
}

/// What renders a system in the repository that it lives in: its pipelines compare with it what is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// A package of the repository's workspace whose program has this library's command line, such as `infra`.
    Package(String),
    /// The model is elsewhere, and this repository has only what was rendered: nothing compares the two, and a review of
    /// a pull request uses the `synth` that is installed where it runs.
    Installed,
}

impl Renderer {
    /// What a person types to render: `cargo run -p infra`.
    #[must_use]
    pub fn typed(&self) -> String {
        match self {
            Self::Package(package) => format!("cargo run -p {package}"),
            Self::Installed => "synth".to_owned(),
        }
    }

    /// The program that it is, once it is installed: a package's has the package's name.
    #[must_use]
    pub fn program(&self) -> &str {
        match self {
            Self::Package(package) => package,
            Self::Installed => "synth",
        }
    }

    /// What a job runs, before the words of one of its commands: `cargo run --locked --package infra --`.
    #[must_use]
    pub fn runs(&self) -> String {
        match self {
            Self::Package(package) => format!("cargo run --locked --package {package} --"),
            Self::Installed => "synth".to_owned(),
        }
    }
}

/// What the pipelines of a system build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// The Dockerfile, from the root of the repository.
    pub dockerfile: String,
    /// The toolchain of Rust that it is built and checked with, such as `1.95.0`.
    pub toolchain: String,
    /// The paths that must answer after a release, beside the health path; each may have a query.
    pub smoke_paths: Vec<String>,
    /// Whose workflows they are.
    pub repository: Repository,
    /// What renders it there.
    pub renderer: Renderer,
    /// Into how many files the way of a commit is written.
    pub files: Files,
    /// The branch on which work is collected before it is released, if there is one.
    pub development: Option<Development>,
    /// How thoroughly a change is looked at.
    pub scrutiny: Scrutiny,
    /// Whom it tells how a release or a rollback ended.
    pub tells: Tells,
}

impl Pipeline {
    /// Builds with the Dockerfile at the root of this repository.
    #[must_use]
    pub fn new(toolchain: &str) -> Self {
        Self {
            dockerfile: "Dockerfile".to_owned(),
            toolchain: toolchain.to_owned(),
            smoke_paths: Vec::new(),
            repository: Repository::Own,
            renderer: Renderer::Package("synth".to_owned()),
            files: Files::Several,
            development: None,
            scrutiny: Scrutiny::Usual,
            tells: Tells::Nobody,
        }
    }
}
