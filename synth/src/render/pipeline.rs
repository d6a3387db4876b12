//! A system as its pipelines see it.

use super::{Place, stacks};
use crate::model::{BY_HAND, BlueGreenBy, Environment, Keeping, Pipeline, Renderer, Strategy, System};
use crate::resources::Callers;
use crate::template::Stack;
use crate::workflow::{self, Subject, Workflow, pipeline};

/// The pipeline; none for a system without an environment, which `System::checked` refuses.
pub(super) fn of(system: &System, places: &[Place<'_>], prefix: String) -> Option<pipeline::Pipeline> {
    let mut environments = places.iter().filter_map(|place| environment(system, place));
    let first = environments.next()?;
    let Pipeline {
        package,
        dockerfile,
        toolchain,
        renderer,
        ..
    } = &system.pipeline;
    Some(pipeline::Pipeline {
        system: system.name.to_string(),
        prefix,
        branch: system.owner.github.branch.clone(),
        image: pipeline::Image {
            dockerfile: dockerfile.clone(),
            build_args: vec![
                format!("SERVICE={package}"),
                format!("PORT={}", system.service.port.number()),
            ],
            platforms: vec![pipeline::Platform::Amd64, pipeline::Platform::Arm64],
            runs_on: places.iter().filter_map(runs_on).next_back()?,
        },
        registry: pipeline::Registry {
            repository: system.name.to_string(),
            account: first.account.clone(),
            region: first.region.clone(),
        },
        // They are made where the registry is.
        publish_role: role(system, places.first()?.environment, "publish"),
        verify_role: role(system, places.first()?.environment, "verify"),
        project: pipeline::Project {
            toolchain: toolchain.clone(),
            typed: renderer.typed(),
            checks: matches!(renderer, Renderer::Package(_)).then(|| renderer.runs()),
            reviews: renderer.runs(),
        },
        first,
        later: environments.collect(),
        files: system.pipeline.files,
    })
}

/// The ARN of one of the roles that a person makes with the first stacks.
pub(super) fn role(system: &System, environment: &Environment, role: &str) -> String {
    environment.account.role(&system.named(environment, role))
}

/// Whom a role trusts.
pub(super) fn callers(system: &System, environment: &Environment, role: &str, workflows: &[Workflow]) -> Callers {
    let github = &system.owner.github;
    let subjects = workflow::subjects_for(role, workflows);
    // On a pull request the reference of the file is the pull request's; and AWS evaluates the claim in its commercial
    // regions only.
    let pinned = !subjects.contains(&Subject::PullRequest) && environment.account.region.partition() == "aws";
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

/// An environment; none without a service, which every system has.
fn environment(system: &System, place: &Place<'_>) -> Option<pipeline::Environment> {
    let environment = place.environment;
    let at = place
        .stacks
        .iter()
        .position(|stack| stacks::short(system, environment, stack) == "service")?;
    let (before, rest) = place.stacks.split_at(at);
    let (service, after) = rest.split_first()?;
    let all = |stacks: &[Stack]| stacks.iter().map(|one| stack(system, environment, one)).collect();
    Some(pipeline::Environment {
        name: environment.name.to_string(),
        account: environment.account.id.to_string(),
        region: environment.account.region.as_str().to_owned(),
        deploy_role: role(system, environment, "deploy"),
        review_role: role(system, environment, "review"),
        execution_role: role(system, environment, "cloudformation"),
        parameters: format!("{}/parameters.json", stacks::folder(system, environment)),
        by_hand: BY_HAND.iter().map(|stack| system.stack(environment, stack)).collect(),
        protected: environment.keeping == Keeping::Keep,
        before: all(before),
        service: pipeline::Service {
            stack: stack(system, environment, service),
            cluster: system.cluster(environment),
            name: system.name.to_string(),
            container: system.name.to_string(),
            log_group: system.log_group(environment),
            digest_parameter: "ImageDigest".to_owned(),
            url_stack: system.stack(environment, "network"),
            url_output: "Url".to_owned(),
            port: system.service.port.number(),
            code_deploy: code_deploy(environment).then(|| system.cluster(environment)),
            smoke_paths: std::iter::once(&system.service.health.path)
                .chain(&system.pipeline.smoke_paths)
                .cloned()
                .collect(),
        },
        after: all(after),
        migration: after
            .iter()
            .find(|one| stacks::short(system, environment, one) == "migration")
            .map(|one| stack(system, environment, one)),
    })
}

/// The processor of an environment's tasks. That of the last environment is the one that users see.
fn runs_on(place: &Place<'_>) -> Option<pipeline::Platform> {
    let resources = place
        .stacks
        .iter()
        .filter_map(|stack| stack.template["Resources"].as_object());
    let definition = resources
        .flat_map(|resources| resources.values())
        .find(|resource| resource["Type"] == "AWS::ECS::TaskDefinition")?;
    Some(
        match definition["Properties"]["RuntimePlatform"]["CpuArchitecture"].as_str() {
            Some("ARM64") => pipeline::Platform::Arm64,
            // What ECS takes unless told otherwise.
            _ => pipeline::Platform::Amd64,
        },
    )
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

fn stack(system: &System, environment: &Environment, stack: &Stack) -> pipeline::Stack {
    let entry = stacks::entry(system, environment, stack);
    pipeline::Stack {
        name: entry.stack_name,
        template: entry.template,
        capability: stacks::capability(stack).map(|name| match name {
            "CAPABILITY_NAMED_IAM" => pipeline::Capability::NamedIam,
            _ => pipeline::Capability::Iam,
        }),
        moves: stack.moves.clone(),
    }
}
