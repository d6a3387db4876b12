//! What the scripts of steps do, with an `aws` that answers from a script of the test and a `sleep` that does not.

use std::process::Command;

use synth::workflow::step::Shape;
use synth::workflow::{Pipeline, Work, all};

use super::sample::{pipeline, service};
use crate::files::Temp;

/// How a script ended.
struct Ended {
    succeeded: bool,
    said: String,
    /// What it gives to later steps.
    outputs: String,
    summary: String,
}

/// Runs the script of a step; `aws` is the body of a `case` over the arguments of the AWS CLI.
fn run(pipeline: &Pipeline, step: &str, aws: &str, env: &[(&str, &str)]) -> Ended {
    let steps = all(pipeline).into_iter().flat_map(|workflow| workflow.jobs);
    let steps = steps.filter_map(|job| match job.work {
        Work::Run(run) => Some(run.steps),
        Work::Call { .. } => None,
    });
    let mut shapes = steps.flatten().filter(|one| one.name == step).map(|one| one.shape());
    let Some(Shape::Runs { script, .. }) = shapes.next() else {
        panic!("no step `{step}` runs a script")
    };
    let folder = Temp::new();
    let script = folder.put("script.sh", script);
    let text = format!("#!/usr/bin/env bash\ncase \"$*\" in\n{aws}\nesac\n");
    executable(&folder.put("bin/aws", &text));
    executable(&folder.put("bin/sleep", "#!/usr/bin/env bash\n"));
    let [outputs, summary] = ["outputs", "summary"].map(|name| folder.put(name, ""));
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c"])
        .arg("export PATH=$PWD/bin:$PATH; . \"$0\"")
        .arg(script)
        .current_dir(folder.path())
        .env("GITHUB_OUTPUT", &outputs)
        .env("GITHUB_STEP_SUMMARY", &summary)
        .envs(env.iter().copied())
        .output()
        .unwrap();
    let read = |path| std::fs::read_to_string(path).unwrap();
    Ended {
        succeeded: output.status.success(),
        said: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        outputs: read(outputs),
        summary: read(summary),
    }
}

fn executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

const ONE: &str = "abcd111111111111111111111111111111111111";
const OTHER: &str = "abcd222222222222222222222222222222222222";

/// What a tag comes to in a registry of two images, of which one runs somewhere.
fn resolved(tag: &str) -> Ended {
    let aws = format!(
        "*imageTag={ONE}*) echo sha256:1 ;;\n*imageTag={OTHER}*) echo sha256:2 ;;\n\
         *imageTag=*) echo ImageNotFoundException >&2; exit 254 ;;\n\
         *batch-get-image*) echo '{{\"manifests\": [{{\"digest\": \"sha256:arm\"}}]}}' ;;\n\
         *tagStatus=TAGGED*) printf '{ONE}\\tdeployed-dev-{ONE}\\n{OTHER}\\n' ;;"
    );
    let env = [
        ("TAG", tag),
        ("REGION", "eu-west-1"),
        ("REGISTRY", "111111111111"),
        ("REPOSITORY", "cars-api"),
    ];
    run(&pipeline(), "Resolve the tag to a digest", &aws, &env)
}

#[test]
fn s2_25_a_rollback_takes_the_image_as_docker_names_it() {
    for tag in ["cars-api:abcd1111", "abcd1", ONE] {
        let ended = resolved(tag);
        assert_eq!(
            ended.outputs,
            format!("digest=sha256:1\ndigests=[\"sha256:1\",\"sha256:arm\"]\ntag={ONE}\n"),
            "{tag}: {}",
            ended.said
        );
    }
}

#[test]
fn digits_that_begin_two_commits_are_refused_with_both() {
    let ended = resolved("abcd");
    let whole = format!("::error::abcd may be each of {ONE} {OTHER}: give more digits");
    assert!(!ended.succeeded && ended.said.contains(&whole), "{}", ended.said);
}

#[test]
fn a_tag_that_is_not_there_or_of_another_repository_is_refused() {
    let said = ["abcd3", "abc", "deployed", "other:abcd1", "abcd1; true"].map(|tag| {
        let ended = resolved(tag);
        assert!(!ended.succeeded && ended.outputs.is_empty(), "{tag}: {}", ended.outputs);
        ended.said
    });
    insta::assert_snapshot!(said.concat(), @"
    ::error::cars-api has no image with the tag abcd3: give one of the registry
    ::error::cars-api has no image with the tag abc: give one of the registry
    ::error::cars-api has no image with the tag deployed: give one of the registry
    ::error::the tag is not one of cars-api: give 4 to 40 digits of a commit's SHA, or cars-api:SHA
    ::error::the tag is not one of cars-api: give 4 to 40 digits of a commit's SHA, or cars-api:SHA
    ");
}

/// The migration of a system that has a database.
fn migrated(private: &str, code: &str) -> Ended {
    let mut pipeline = pipeline();
    let service = service(&mut pipeline);
    service.migration = Some(service.stack.clone());
    // It is still at work the first two times that somebody looks.
    let aws = format!(
        "*lastStatus*) if [[ -e twice ]]; then echo STOPPED; elif [[ -e once ]]; then touch twice; echo RUNNING; else touch once; echo PENDING; fi ;;\n\
         *run-task*) echo '{{\"tasks\": [{{\"taskArn\": \"arn/1\"}}]}}' ;;\n\
         *describe-tasks*) echo '{{\"tasks\": [{{\"containers\": [{{\"exitCode\": {code}}}]}}]}}' ;;\n\
         *wait*) exit 255 ;;\n*logs*) echo '[\"a row of a person\"]' ;;"
    );
    let env = ["CLUSTER", "LOG_GROUP", "NETWORK", "STACK"].map(|name| (name, "it"));
    run(
        &pipeline,
        "Migrate the database",
        &aws,
        &[&[("PRIVATE", private)], &env[..]].concat(),
    )
}

#[test]
fn a_migration_may_take_longer_than_a_waiter_of_the_command_line() {
    let ended = migrated("true", "0");
    assert!(ended.succeeded, "{}", ended.said);
}

#[test]
fn what_an_application_logs_is_shown_only_where_the_repository_is_private() {
    let shown = ["true", "false", ""].map(|private| {
        let ended = migrated(private, "1");
        assert!(!ended.succeeded);
        let env = ["CLUSTER", "LOG_GROUP", "SERVICE"].map(|name| (name, "it"));
        let aws = "*list-tasks*) echo '{\"taskArns\": []}' ;;\n*logs*) echo '[\"a row of a person\"]' ;;";
        let step = "Report stopped tasks and last log lines";
        let report = run(&pipeline(), step, aws, &[&[("PRIVATE", private)], &env[..]].concat());
        (
            ended.said.contains("a row of a person"),
            report.summary.contains("a row of a person"),
        )
    });
    assert_eq!(shown, [(true, true), (false, false), (false, false)]);
}
