//! What systems of one repository share: its name, its environments on GitHub, the folder of its workflows.

use super::check::Here;
use super::{Checked, GitHubRepository, Repository, System};

impl Checked<'_> {
    /// What its names in the repository begin with, those of workflow files and of GitHub environments: nothing where
    /// it has the repository for itself, `predict-api-` where another system lives there too.
    #[must_use]
    pub fn prefix(self) -> String {
        let is_other = |other: &Checked<'_>| other.name != self.name;
        let mut others = self.systems().each().filter(is_other);
        if others.any(|other| other.owner.github.is(&self.owner.github)) {
            format!("{}-", self.name)
        } else {
            String::new()
        }
    }
}

impl GitHubRepository {
    /// Whether both are the same repository: GitHub never gives a number twice.
    fn is(&self, other: &Self) -> bool {
        self.repository_id == other.repository_id
    }

    fn is_called(&self, other: &Self) -> bool {
        self.full_name().eq_ignore_ascii_case(&other.full_name())
    }
}

/// Looks at two systems, of which the first one was looked at before.
pub(super) fn check(before: &System, system: &System, here: &mut Here<'_>) {
    check_names(before, system, here);
    check_file(before, system, here);
    let (there, github) = (&before.owner.github, &system.owner.github);
    let mut here = here.at(github.place);
    if github.is(there) != github.is_called(there) || github.is(there) && github.owner_id != there.owner_id {
        let saw = format!("{} ({}, {})", github.full_name(), github.owner_id, github.repository_id);
        let help = format!(
            "copy both from `gh api repos/OWNER/NAME`; there it is {} ({}, {})",
            there.full_name(),
            there.owner_id,
            there.repository_id
        );
        let field = "GitHubRepository.repository_id";
        return here.refuse(field, &saw, "is not the repository that another system says", &help);
    }
    if github.is(there) && github.subject != there.subject {
        let (field, saw) = ("GitHubRepository.subject", format!("{:?}", github.subject));
        let help = format!(
            "say `Subject::{:?}`, as `{}` does, or change it there",
            there.subject, before.name
        );
        here.refuse(field, &saw, "is not what another system says of the repository", &help);
    }
    check_home(before, system, &mut here);
}

/// Whether both can live where they say.
fn check_home(before: &System, system: &System, here: &mut Here<'_>) {
    let (there, github) = (&before.owner.github, &system.owner.github);
    let field = "Pipeline.repository";
    match (before.pipeline.repository, system.pipeline.repository) {
        (Repository::Own, Repository::Own) if !github.is(there) => {
            let help = format!(
                "this one is {}, where `{}` lives: say `Repository::Foreign`",
                there.full_name(),
                before.name
            );
            here.refuse(
                field,
                &"Own",
                "stands for one repository, and this system names another",
                &help,
            );
        }
        (Repository::Own, Repository::Foreign) | (Repository::Foreign, Repository::Own) if github.is(there) => {
            let help = format!(
                "`{}` lives in {} too: say `Repository::Own` for both, or name the repository of each in its `Owner`",
                before.name,
                there.full_name()
            );
            let saw = format!("{:?}", system.pipeline.repository);
            here.refuse(
                field,
                &saw,
                "is not where another system of the same repository is",
                &help,
            );
        }
        _ => {}
    }
}

/// The workflow of machines has a name without the system's, so that a repository has one of them.
fn check_file(before: &System, system: &System, here: &mut Here<'_>) {
    let both = before.machines().is_some() && system.machines().is_some();
    if both && before.name != system.name && system.owner.github.is(&before.owner.github) {
        let help = format!(
            "give it a repository of its own: `{}` has `.github/workflows/ci-cd.yaml` in this one",
            before.name
        );
        let problem = "would have the same workflow file as another system of the repository";
        here.refuse("System.platform", &system.name, problem, &help);
    }
}

/// Environments on GitHub are called `SYSTEM-ENVIRONMENT`; those of one account are told apart as such.
fn check_names(before: &System, system: &System, here: &mut Here<'_>) {
    // Two systems of one name are told of as such.
    if before.name == system.name || !system.owner.github.is(&before.owner.github) {
        return;
    }
    for environment in &system.environments {
        let name = system.cluster(environment);
        let mut others = before.environments.iter();
        let clash =
            others.find(|other| before.cluster(other) == name && other.account().id != environment.account().id);
        if let Some(other) = clash {
            let help = format!(
                "`{}` in `{}` is called so too: rename a system or an environment",
                before.name, other.name
            );
            let problem = "would be the name of two environments";
            here.at(environment.name.place())
                .refuse("Environment.name", &name, problem, &help);
        }
    }
}
