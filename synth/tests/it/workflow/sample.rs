//! A pipeline as the model gives it.

use synth::model::{Files, Tells};
use synth::workflow::Pipeline;
use synth::workflow::pipeline::{Capability, Environment, Image, Platform, Project, Registry, Runs, Service, Stack};

pub(crate) fn pipeline() -> Pipeline {
    Pipeline {
        prefix: String::new(),
        system: "predict-api".into(),
        branch: "main".into(),
        image: Image {
            dockerfile: "Dockerfile".into(),
            build_args: vec!["SERVICE=predictor".into()],
            platforms: vec![Platform::Amd64, Platform::Arm64],
            runs_on: Platform::Arm64,
        },
        registry: Registry {
            repository: "predict-api".into(),
            account: "111111111111".into(),
            region: "eu-west-1".into(),
            image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/predict-api".into(),
        },
        publish_role: "arn:aws:iam::111111111111:role/predict-api-dev-publish".into(),
        verify_role: "arn:aws:iam::111111111111:role/predict-api-dev-verify".into(),
        project: Project {
            typed: "cargo run -p synth".into(),
            checks: Some("cargo run --locked --package synth --".into()),
            reviews: "cargo run --locked --package synth --".into(),
            toolchain: "1.90.0".into(),
        },
        first: environment("dev", "111111111111"),
        later: vec![environment("prod", "222222222222")],
        files: Files::Several,
        package: "predictor".into(),
        development: None,
        trial: None,
        tells: Tells::Nobody,
    }
}

fn environment(name: &str, account: &str) -> Environment {
    let stack = |stack: &str, capability| Stack {
        name: format!("predict-api-{name}-{stack}"),
        template: format!("out/predict-api/{name}/{stack}.template.json"),
        capability,
        moves: Vec::new(),
    };
    let role = |role: &str| format!("arn:aws:iam::{account}:role/predict-api-{name}-{role}");
    Environment {
        name: name.into(),
        account: account.into(),
        region: "eu-west-1".into(),
        deploy_role: role("deploy"),
        review_role: role("review"),
        execution_role: role("execution"),
        parameters: format!("out/predict-api/{name}/parameters.json"),
        by_hand: vec![format!("predict-api-{name}-bootstrap")],
        protected: name == "prod",
        stacks: vec![
            stack("network", Some(Capability::NamedIam)),
            stack("service", Some(Capability::NamedIam)),
            stack("observability", None),
        ],
        runs: Runs::Tasks(Service {
            stack: stack("service", Some(Capability::NamedIam)),
            cluster: format!("predict-api-{name}"),
            name: "predict-api".into(),
            container: "predict-api".into(),
            log_group: format!("/ecs/predict-api/{name}"),
            digest_parameter: "ImageDigest".into(),
            url_stack: format!("predict-api-{name}-network"),
            url_output: "Url".into(),
            port: 8000,
            code_deploy: None,
            smoke_paths: vec!["/health".into(), "/predict".into()],
            migration: None,
        }),
    }
}

/// The service of the first environment, to change it.
pub(crate) fn service(pipeline: &mut Pipeline) -> &mut Service {
    match &mut pipeline.first.runs {
        Runs::Tasks(service) => service,
        Runs::Pods(_) => panic!("it runs pods"),
    }
}
