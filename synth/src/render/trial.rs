//! What tries a system's image, as its pipelines see it.

use super::stacks;
use crate::cluster;
use crate::model::{Environment, Reaches, Scrutiny, Secret, System, Variable};
use crate::monitoring::prometheus::REQUESTS;
use crate::workflow::pipeline::{Secret as Files, Trial};

/// Nothing where a usual look is enough. The image is tried as it runs in this environment.
pub(super) fn of(system: &System, environment: &Environment) -> Option<Trial> {
    let Scrutiny::Thorough(asked) = &system.pipeline.scrutiny else {
        return None;
    };
    let service = &system.service;
    let figures = cluster::FIGURES.to_owned();
    Some(Trial {
        port: service.port.number(),
        health: service.health.path.clone(),
        paths: system
            .smoke_paths()
            .chain([&figures, &asked.contract])
            .cloned()
            .collect(),
        names: ["bucket", "count"].map(|of| format!("{REQUESTS}_{of}")).into(),
        contract: asked.contract.clone(),
        expects: asked.expects.clone(),
        answers: asked.answers.clone(),
        rate: asked.rate,
        cpu: environment.scale.size.cpu(),
        memory: environment.scale.size.memory(),
        settings: settings(system, environment),
        secrets: system
            .secrets_that(Reaches::AsFiles)
            .map(|secret| files(system, secret))
            .collect(),
        policies: system.has_policies().then(|| policies(system, environment)),
        folder: format!("out/{}", system.name),
        figures,
    })
}

/// Where they stand.
fn policies(system: &System, environment: &Environment) -> String {
    format!("{}/security", stacks::cluster_folder(system, environment))
}

/// What a pod or task is told, without what is only there where it runs.
fn settings(system: &System, environment: &Environment) -> Vec<String> {
    let fixed = system.service.variables(system.own_drain()).into_iter();
    let fixed = fixed.map(|(variable, value): (Variable, String)| format!("{}={value}", variable.name()));
    let folders = system.secrets_that(Reaches::AsFiles);
    let folders = folders.map(|secret| format!("{}={}", secret.variable(), secret.folder()));
    let given = system.settings(environment).into_iter();
    let given = given.map(|(name, value)| format!("{name}={value}"));
    fixed.chain(folders).chain(given).collect()
}

fn files(system: &System, secret: &Secret) -> Files {
    Files {
        folder: secret.folder(),
        name: cluster::object_of_secret(system, secret),
        keys: secret.keys.clone(),
    }
}
