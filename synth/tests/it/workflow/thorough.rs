//! A thorough look at a change, the branch that work is collected on, and who is told.

use synth::model::{Answer, Development, Files, Scrutiny, Tells, Trial};
use synth::workflow::pipeline::{self, Pipeline};
use synth::workflow::step::Shape;
use synth::workflow::{Only, Trigger, Work, Workflow, all};

use super::sample::pipeline;
use crate::alone;
use crate::model::verdict;

fn thorough(files: Files) -> Pipeline {
    let trial = pipeline::Trial {
        port: 8000,
        health: "/health".into(),
        paths: vec!["/health".into()],
        figures: "/metrics".into(),
        names: vec!["requests".into()],
        contract: "/openapi.json".into(),
        expects: None,
        answers: vec![Answer::within("/health", 100)],
        rate: 1000,
        cpu: 256,
        memory: 512,
        settings: Vec::new(),
        secrets: Vec::new(),
        policies: None,
        folder: "out/predict-api".into(),
    };
    Pipeline {
        files,
        development: Some(Development {
            branch: "develop".into(),
            dockerfile: None,
        }),
        trial: Some(trial),
        tells: Tells::Slack,
        ..pipeline()
    }
}

fn find<'a>(workflows: &'a [Workflow], file: &str) -> &'a Workflow {
    workflows.iter().find(|one| one.file == file).unwrap()
}

fn ids(workflow: &Workflow) -> Vec<&str> {
    workflow.jobs.iter().map(|job| job.id.as_str()).collect()
}

#[test]
fn a_pull_request_of_a_fork_reads_the_files_and_nothing_else() {
    for files in [Files::Several, Files::One] {
        let workflows = all(&thorough(files));
        let on_pull_request = |one: &&Workflow| {
            let mut triggers = one.triggers.iter();
            triggers.any(|trigger| matches!(trigger, Trigger::PullRequest { .. }))
        };
        for workflow in workflows.iter().filter(on_pull_request) {
            let of_fork = |only: Option<&Only>| matches!(only, None | Some(Only::Commit | Only::PullRequest));
            // A job without a condition happens where those happen that it needs.
            let happens = |id: &str| {
                let job = workflow.jobs.iter().find(|job| job.id == id).unwrap();
                of_fork(job.only.as_ref())
            };
            for job in workflow.jobs.iter().filter(|job| of_fork(job.only.as_ref())) {
                if !job.needs.iter().all(|id| happens(id)) {
                    continue;
                }
                for (scope, need) in job.permissions(&workflows).iter() {
                    let may = format!("{}: {}", scope.name(), need.level.name());
                    let own = ["contents: read", "actions: read", "pull-requests: write"];
                    assert!(own.contains(&may.as_str()), "{} / {}: {may}", workflow.file, job.id);
                }
                let Work::Run(run) = &job.work else { continue };
                for step in &run.steps {
                    let (Shape::Uses { with: given, .. } | Shape::Runs { env: given, .. }) = step.shape();
                    let secret = given.iter().any(|(_, value)| value.text().contains("secrets."));
                    assert!(!secret, "{} / {} / {}", workflow.file, job.id, step.name);
                }
            }
        }
    }
}

#[test]
fn the_files_of_several_are_looked_at_and_told_of_alike() {
    let workflows = all(&thorough(Files::Several));
    let tries = ["build", "findings", "try_image"];
    for file in ["ci", "dev-ci"] {
        assert!(ids(find(&workflows, file)).ends_with(&tries), "{file}");
    }
    for file in ["release", "rollback"] {
        let workflow = find(&workflows, file);
        let (tell, others) = workflow.jobs.split_last().unwrap();
        assert_eq!(tell.id, "tell_people", "{file}");
        assert_eq!(
            tell.needs,
            others.iter().map(|job| job.id.clone()).collect::<Vec<_>>(),
            "{file}"
        );
        assert_eq!(tell.only, Some(Only::Ended));
    }
    // Tasks have no manifests to try.
    assert!(workflows.iter().all(|one| !ids(one).contains(&"try_manifests")));
}

#[test]
fn a_usual_look_has_neither() {
    let workflows = all(&pipeline());
    let more = ["coverage", "findings", "try_image", "tell_people", "development"];
    for workflow in &workflows {
        assert_ne!(workflow.file, "dev-ci");
        assert!(ids(workflow).iter().all(|id| !more.contains(id)), "{}", workflow.file);
    }
}

#[test]
fn a_branch_of_development_is_looked_at_as_usual_where_the_other_is() {
    let pipeline = Pipeline {
        trial: None,
        ..thorough(Files::One)
    };
    let workflows = all(&pipeline);
    assert_eq!(
        ids(find(&workflows, "dev-ci")),
        ["format", "lint", "test", "rendered", "build"]
    );
}

#[test]
fn a_release_waits_for_its_trial() {
    let workflows = all(&thorough(Files::One));
    let publish = find(&workflows, "ci-cd")
        .jobs
        .iter()
        .find(|job| job.id == "publish")
        .unwrap();
    assert_eq!(publish.needs, ["build", "try_image"]);
}

fn branch(name: &str) -> Development {
    Development {
        branch: name.into(),
        dockerfile: Some("Dockerfile dev".into()),
    }
}

#[test]
fn what_cannot_be_a_branch_of_development_or_a_trial_is_refused() {
    insta::assert_snapshot!(verdict(|system| system.pipeline.development = Some(branch("main"))), @"
    Development.branch: `main` is the branch that is released; name another one, or leave `development` out
    Development.dockerfile: `Dockerfile dev` cannot stand in a script; use letters, digits and `._~/-`
    ");
    insta::assert_snapshot!(verdict(|system| system.pipeline.development = Some(branch("a b"))), @"
    Development.branch: `a b` is not a branch; name the one that work is collected on, such as `develop`
    Development.dockerfile: `Dockerfile dev` cannot stand in a script; use letters, digits and `._~/-`
    ");
    let trial = || Trial {
        contract: "openapi.json".into(),
        expects: Some("a b".into()),
        answers: vec![Answer::within("health", 0)],
        rate: 0,
    };
    insta::assert_snapshot!(verdict(|system| system.pipeline.scrutiny = Scrutiny::Thorough(trial())), @"
    Trial.contract: `openapi.json` is not a path; begin it with `/` and use letters, digits and `._~/-`
    Trial.expects: `a b` cannot stand in a script; use letters, digits and `._~/-`
    Answer.path: `health` is not a path; begin it with `/`, use letters, digits and `._~/-`, and after a `?` also `&=%+,:@`
    Answer.milliseconds: `0` is no time of an answer; use 1 to 60,000
    Trial.rate: `0` is no rate of a container; use 1 to 100,000
    ");
    let mut cars = synth::systems::cars_api();
    cars.pipeline.scrutiny = Scrutiny::Thorough(Trial {
        contract: "/openapi.json".into(),
        expects: None,
        answers: Vec::new(),
        rate: 1,
    });
    insta::assert_snapshot!(alone::verdict(cars), @"Pipeline.scrutiny: `Thorough` tries an image without its database; say `Scrutiny::Usual`: on a trial the image has nothing beside it");
}
