//! The registry of actions.

use std::collections::BTreeMap;

use synth::schema::github::pins::PINS;
use synth::workflow::step::Shape;
use synth::workflow::{Work, all};

use super::sample::pipeline;

#[test]
fn every_pin_is_a_whole_commit() {
    for pin in PINS {
        let is_commit = pin.commit.len() == 40 && pin.commit.chars().all(|one| matches!(one, '0'..='9' | 'a'..='f'));
        assert!(is_commit, "{} has {}", pin.name, pin.commit);
    }
}

#[test]
fn no_pin_is_the_object_of_an_annotated_tag() {
    let tags = ["a9c7b0f0", "451ce2a7", "ad56756f", "63fed3e2"];
    for pin in PINS {
        assert!(
            !tags.iter().any(|tag| pin.commit.starts_with(tag)),
            "{} has {}",
            pin.name,
            pin.commit
        );
    }
}

#[test]
fn the_actions_of_one_repository_have_one_commit() {
    let mut commits = BTreeMap::new();
    for pin in PINS {
        let repository: Vec<_> = pin.name.splitn(3, '/').take(2).collect();
        assert_eq!(
            *commits.entry(repository).or_insert(pin.commit),
            pin.commit,
            "{}",
            pin.name
        );
    }
}

#[test]
fn every_input_that_a_step_gives_is_known() {
    for workflow in all(&pipeline()) {
        for job in &workflow.jobs {
            let Work::Run(run) = &job.work else { continue };
            for step in &run.steps {
                if let Shape::Uses { pin, with } = step.shape() {
                    for (input, _) in with {
                        assert!(pin.inputs.contains(&input), "{} takes no {input}", pin.name);
                    }
                }
            }
        }
    }
}
