//! Systems that share a repository, or say that they do.

use insta::assert_snapshot;
use synth::model::{AccountId, GitHubRepository, Name, Repository, Subject, System, Systems};
use synth::systems::{cars_api, predict_api};

/// What is wrong with S2 beside S0 once it is changed; nothing is `fine`.
fn beside(change: impl FnOnce(&mut System)) -> String {
    let mut second = cars_api();
    change(&mut second);
    match Systems::new(vec![predict_api(), second]) {
        Ok(_) => "fine".to_owned(),
        Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

fn elsewhere() -> GitHubRepository {
    GitHubRepository::new(("acme", 31_337), ("quotes", 4711))
}

#[test]
fn a_system_of_another_repository_is_fine() {
    let verdict = beside(|system| {
        system.owner.github = elsewhere();
        system.pipeline.repository = Repository::Foreign;
    });
    assert_eq!(verdict, "fine");
}

#[test]
fn two_systems_that_are_at_home_in_different_repositories_are_refused() {
    assert_snapshot!(beside(|system| system.owner.github = elsewhere()), @"Pipeline.repository: `Own` stands for one repository, and this system names another; this one is example-org/synth, where `predict-api` lives: say `Repository::Foreign`");
}

#[test]
fn a_foreign_system_of_this_very_repository_is_refused() {
    assert_snapshot!(beside(|system| system.pipeline.repository = Repository::Foreign), @"Pipeline.repository: `Foreign` is not where another system of the same repository is; `predict-api` lives in example-org/synth too: say `Repository::Own` for both, or name the repository of each in its `Owner`");
}

#[test]
fn one_number_for_two_repositories_is_refused() {
    assert_snapshot!(beside(|system| system.owner.github.name = "cars".into()), @"GitHubRepository.repository_id: `example-org/cars (1001, 2002)` is not the repository that another system says; copy both from `gh api repos/OWNER/NAME`; there it is example-org/synth (1001, 2002)");
}

#[test]
fn two_numbers_for_one_repository_are_refused() {
    let verdict = beside(|system| system.owner.github.repository_id = 3003);
    assert!(
        verdict.starts_with("GitHubRepository.repository_id: `example-org/synth (1001, 3003)`"),
        "{verdict}"
    );
}

#[test]
fn two_forms_of_the_subject_of_one_repository_are_refused() {
    assert_snapshot!(beside(|system| system.owner.github.subject = Subject::Both), @"GitHubRepository.subject: `Both` is not what another system says of the repository; say `Subject::Immutable`, as `predict-api` does, or change it there");
}

/// `predict-api` in `dev`, and `predict` in `api-dev`.
#[test]
fn two_environments_of_different_accounts_that_would_have_one_name_on_github_are_refused() {
    let verdict = beside(|system| {
        system.name = Name::new("predict");
        system.environments[0].name = Name::new("api-dev");
        system.environments[0].account_mut().id = AccountId::new("444455556666");
    });
    assert_snapshot!(verdict, @"Environment.name: `predict-api-dev` would be the name of two environments; `predict-api` in `dev` is called so too: rename a system or an environment");
}
