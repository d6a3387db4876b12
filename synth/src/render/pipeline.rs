//! A system as its pipelines see it.

use super::{Error, Made, Place, role, stacks, trial};
use crate::cluster;
use crate::manifest::{Bundle, Given};
use crate::model::{
    Architecture, BlueGreenBy, Environment, Keeping, Pipeline, Platform, Renderer, Stack, Strategy, System, Version,
};
use crate::resources::{Callers, Duty, IMAGE_DIGEST, LOAD_BALANCER, TARGET_GROUP, URL};
use crate::workflow::{self, Subject, Workflow, pipeline};

/// The pipeline.
pub(super) fn of(system: &System, places: &[Place<'_>], prefix: String) -> Result<pipeline::Pipeline, Error> {
    let [home, later @ ..] = places else {
        return Err(Error::Nowhere(system.name.to_string()));
    };
    let applied = applied(system, places);
    let first = environment(system, home, &applied)?;
    let later = later.iter().map(|place| environment(system, place, &applied));
    let Pipeline {
        toolchain, renderer, ..
    } = &system.pipeline;
    Ok(pipeline::Pipeline {
        system: system.name.to_string(),
        prefix,
        branch: system.owner.github.branch.clone(),
        image: image(system, places.last().unwrap_or(home)),
        registry: pipeline::Registry {
            repository: system.name.to_string(),
            account: first.account.clone(),
            region: first.region.clone(),
            image: home.environment.account().image(system.name.as_str()),
        },
        // They are made where the registry is.
        publish_role: role(system, home.environment, Duty::Publish),
        verify_role: role(system, home.environment, Duty::Verify),
        project: project(renderer, toolchain),
        first,
        later: later.collect::<Result<_, _>>()?,
        files: system.pipeline.files,
        package: system.service.package.clone(),
        development: system.pipeline.development.clone(),
        trial: trial::of(system, places.last().unwrap_or(home).environment),
        tells: system.pipeline.tells,
    })
}

/// The image, as it runs in an environment.
fn image(system: &System, place: &Place<'_>) -> pipeline::Image {
    image_for(system, runs_on(system, place))
}

/// The image, as it runs on a processor.
pub(super) fn image_for(system: &System, runs_on: pipeline::Platform) -> pipeline::Image {
    pipeline::Image {
        dockerfile: system.pipeline.dockerfile.clone(),
        build_args: vec![
            format!("SERVICE={}", system.service.package),
            format!("PORT={}", system.service.port.number()),
        ],
        platforms: vec![pipeline::Platform::Amd64, pipeline::Platform::Arm64],
        runs_on,
    }
}

/// What runs in the repository.
pub(super) fn project(renderer: &Renderer, toolchain: &str) -> pipeline::Project {
    pipeline::Project {
        toolchain: toolchain.to_owned(),
        typed: renderer.typed(),
        checks: matches!(renderer, Renderer::Package(_)).then(|| renderer.runs()),
        reviews: renderer.runs(),
    }
}

/// Whom a role trusts.
pub(super) fn callers(system: &System, environment: &Environment, role: &str, workflows: &[Workflow]) -> Callers {
    let github = &system.owner.github;
    let subjects = workflow::subjects_for(role, workflows);
    // On a pull request the reference of the file is the pull request's; and AWS evaluates the claim in its commercial
    // regions only.
    let pinned = !subjects.contains(&Subject::PullRequest) && environment.account().region.partition() == "aws";
    let file = |file: String| {
        let (owner, name, branch) = (&github.owner, &github.name, &github.branch);
        format!("{owner}/{name}/{file}@refs/heads/{branch}")
    };
    Callers {
        subjects: subjects
            .iter()
            .flat_map(|subject| github.subjects(&suffix(subject)))
            .collect(),
        files: workflow::files_for(role, workflows)
            .into_iter()
            .filter(|_| pinned)
            .map(file)
            .collect(),
    }
}

/// What follows the repository in the subject of a token.
fn suffix(subject: &Subject) -> String {
    match subject {
        Subject::Environment(name) => format!("environment:{name}"),
        Subject::PullRequest => "pull_request".to_owned(),
        Subject::Branch(name) => format!("ref:refs/heads/{name}"),
    }
}

/// An environment, with what a release changes there.
fn environment(
    system: &System,
    place: &Place<'_>,
    applied: &[pipeline::Applied],
) -> Result<pipeline::Environment, Error> {
    let environment = place.environment;
    let stack = |made: &Made| stack(system, environment, made);
    let find = |kind| place.made.iter().find(|made| made.kind == kind).map(stack);
    let of = |kind: Stack| {
        find(kind).ok_or_else(|| Error::Lacks {
            environment: environment.name.to_string(),
            stack: kind,
        })
    };
    let runs = match &system.platform {
        Platform::Fargate => {
            let service = self::service(system, environment, of(Stack::Service)?);
            pipeline::Runs::Tasks(pipeline::Service {
                migration: find(Stack::Migration),
                ..service
            })
        }
        Platform::Kubernetes(kubernetes) => {
            let watching = of(Stack::Observability)?.name;
            pipeline::Runs::Pods(pods(system, environment, kubernetes.version, (watching, applied)))
        }
        Platform::Machines(_) => return Err(Error::Nowhere(system.name.to_string())),
    };
    Ok(pipeline::Environment {
        name: environment.name.to_string(),
        account: environment.account().id.to_string(),
        region: environment.account().region.as_str().to_owned(),
        deploy_role: role(system, environment, Duty::Deploy),
        review_role: role(system, environment, Duty::Review),
        execution_role: role(system, environment, Duty::CloudFormation),
        parameters: format!("{}/parameters.json", stacks::folder(system, environment)),
        by_hand: Stack::BY_HAND.map(|stack| system.stack(environment, stack)).to_vec(),
        protected: environment.keeping == Keeping::Keep,
        stacks: place.made.iter().map(stack).collect(),
        runs,
    })
}

/// What the pipeline applies in any environment, which is all but what says what it may do.
fn applied(system: &System, places: &[Place<'_>]) -> Vec<pipeline::Applied> {
    let mut all: Vec<pipeline::Applied> = Vec::new();
    for (file, object) in places
        .iter()
        .filter_map(|place| place.bundle.as_ref())
        .flat_map(Bundle::objects)
    {
        let namespace = object.json["metadata"]["namespace"].as_str().unwrap_or_default();
        let elsewhere = namespace != system.namespace();
        let one = pipeline::Applied {
            file,
            namespace: if elsewhere { namespace.to_owned() } else { String::new() },
            group: object.group.to_owned(),
            resource: object.resource.to_owned(),
            name: object.name.clone(),
        };
        if !cluster::BY_HAND.contains(&object.kind) && !all.contains(&one) {
            all.push(one);
        }
    }
    // The names of files are the order; of those that stand in one, the first comes first.
    all.sort_by(|one, other| one.file.cmp(&other.file));
    all
}

/// What the manifests take of stacks, by the names that these have in the account.
fn outputs(system: &System, environment: &Environment) -> Vec<pipeline::Output> {
    let output = |given: Given| match given {
        Given::Output { stack, name } => Some(pipeline::Output {
            placeholder: given.to_string(),
            stack: format!("{}-{stack}", system.cluster(environment)),
            name: name.to_owned(),
        }),
        Given::Digest | Given::Tag => None,
    };
    cluster::outputs(system, environment)
        .into_iter()
        .filter_map(output)
        .collect()
}

fn pods(
    system: &System,
    environment: &Environment,
    version: Version,
    (watching, applied): (String, &[pipeline::Applied]),
) -> pipeline::Pods {
    pipeline::Pods {
        cluster: system.cluster(environment),
        namespace: system.namespace().to_owned(),
        entry: system.entry_namespace().to_owned(),
        name: system.workload().to_owned(),
        log_group: system.log_group(environment),
        folder: stacks::manifest_folder(system, environment),
        applied: applied.to_vec(),
        outputs: outputs(system, environment),
        url: system.url(environment),
        smoke_paths: system.smoke_paths().cloned().collect(),
        watching,
        parameters: [LOAD_BALANCER, TARGET_GROUP],
        kubectl: version.kubectl().to_owned(),
        operators: running(system),
    }
}

/// What runs of the operators.
fn running(system: &System) -> Vec<pipeline::Operator> {
    let of = |install: cluster::Install| {
        let namespace = install.namespace;
        let running = install.running.into_iter();
        running.map(move |(resource, name, image)| pipeline::Operator {
            namespace: namespace.clone(),
            resource,
            name,
            image,
        })
    };
    cluster::lock(system).into_iter().flat_map(of).collect()
}

fn service(system: &System, environment: &Environment, stack: pipeline::Stack) -> pipeline::Service {
    pipeline::Service {
        stack,
        cluster: system.cluster(environment),
        name: system.name.to_string(),
        container: system.name.to_string(),
        log_group: system.log_group(environment),
        digest_parameter: IMAGE_DIGEST.to_owned(),
        url_stack: system.stack(environment, Stack::Network),
        url_output: URL.to_owned(),
        port: system.service.port.number(),
        code_deploy: code_deploy(environment).then(|| system.cluster(environment)),
        smoke_paths: system.smoke_paths().cloned().collect(),
        migration: None,
    }
}

/// The processor of an environment's tasks or pods. That of the last environment is the one that users see.
fn runs_on(system: &System, place: &Place<'_>) -> pipeline::Platform {
    if let Some(group) = system.node_group() {
        return match group.machine.architecture() {
            Architecture::Arm64 => pipeline::Platform::Arm64,
            Architecture::X86 => pipeline::Platform::Amd64,
        };
    }
    let resources = place
        .stacks()
        .filter_map(|stack| stack.template["Resources"].as_object());
    let definition = resources
        .flat_map(|resources| resources.values())
        .find(|resource| resource["Type"] == "AWS::ECS::TaskDefinition");
    let processor = definition.map(|task| &task["Properties"]["RuntimePlatform"]["CpuArchitecture"]);
    match processor.and_then(serde_json::Value::as_str) {
        Some("ARM64") => pipeline::Platform::Arm64,
        // What ECS takes unless told otherwise.
        _ => pipeline::Platform::Amd64,
    }
}

fn code_deploy(environment: &Environment) -> bool {
    matches!(
        environment.strategy,
        Strategy::BlueGreen {
            by: BlueGreenBy::CodeDeploy,
            ..
        }
    )
}

fn stack(system: &System, environment: &Environment, made: &Made) -> pipeline::Stack {
    let entry = stacks::entry(system, environment, made);
    pipeline::Stack {
        name: entry.stack_name,
        template: entry.template,
        capability: stacks::capability(&made.stack).map(|name| match name {
            "CAPABILITY_NAMED_IAM" => pipeline::Capability::NamedIam,
            _ => pipeline::Capability::Iam,
        }),
        moves: made.stack.moves.clone(),
    }
}
