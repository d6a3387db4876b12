//! S2: a service with a database.

use super::S2;
use serde_json::{Value as Json, json};
use synth::checks::Level;

fn workflow(file: &str) -> &'static str {
    S2.workflow(file)
}

/// The text between the line that names a job and that of the next one.
fn job(file: &str, id: &str) -> &'static str {
    let (_, after) = workflow(file).split_once(&format!("\n  {id}:\n")).unwrap();
    let end = after
        .match_indices("\n\n  ")
        .find(|(at, _)| !after[at + 4..].starts_with(' '));
    end.map_or(after, |(at, _)| &after[..at])
}

pub(super) fn container(template: &str) -> &'static Json {
    S2.at(template, "TaskDefinition", "/ContainerDefinitions/0")
}

#[test]
fn s2_6_the_container_listens_on_5000() {
    assert_eq!(container("prod/service")["PortMappings"][0]["ContainerPort"], 5000);
    let balancer = &S2.of("prod/service", "Service")["LoadBalancers"][0];
    assert_eq!(balancer["ContainerPort"], 5000);
}

#[test]
fn s2_10_production_logs_into_the_systems_own_group_and_dev_beside_it() {
    assert_eq!(
        S2.of("prod/service", "ServiceLogGroup")["LogGroupName"],
        "/ecs/cars-api"
    );
    assert_eq!(
        S2.of("dev/service", "ServiceLogGroup")["LogGroupName"],
        "/ecs/cars-api/dev"
    );
}

#[test]
fn s2_11_the_pipeline_is_one_file() {
    let files = S2.rendered.files.keys();
    let workflows: Vec<_> = files
        .filter_map(|path| path.strip_prefix(".github/workflows/"))
        .collect();
    let beside = [
        "deploy-stacks.yml",
        "deploy.yml",
        "drift.yml",
        "infra.yml",
        "plan-stacks.yml",
    ];
    assert_eq!(workflows, [&["ci-cd.yml"], &beside[..]].concat());
}

#[test]
fn s2_20_nothing_is_built_before_the_tests_and_nothing_published_from_a_pull_request() {
    assert!(job("ci-cd", "build").contains("needs: [format, lint, test, rendered]"));
    assert!(job("ci-cd", "publish").contains("if: github.event_name == 'push'"));
    assert!(job("ci-cd", "deploy-prod").contains("needs: [deploy-dev]"));
}

#[test]
fn s2_21_the_image_has_the_commits_tag_and_never_latest() {
    assert!(job("ci-cd", "publish").contains("TAG: ${{ github.sha }}"));
    let workflows = ["ci-cd", "deploy"].map(workflow);
    assert!(workflows.iter().all(|text| !text.contains("latest")));
}

#[test]
fn s2_23_the_database_is_migrated_before_the_service_gets_the_image() {
    let text = job("deploy", "deploy");
    let steps: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("      - name: "))
        .collect();
    let from = steps
        .iter()
        .position(|step| *step == "Give the digest to the migration")
        .unwrap();
    assert_eq!(
        steps[from..from + 3],
        [
            "Give the digest to the migration",
            "Migrate the database",
            "Deploy the digest"
        ]
    );
}

#[test]
fn s2_25_a_person_rolls_back_by_a_tag_and_leaves_the_database_as_it_is() {
    assert!(workflow("ci-cd").contains("      rollback_tag:\n"));
    let rollback = job("ci-cd", "rollback-prod");
    assert!(rollback.contains("if: inputs.environment == 'prod'"), "{rollback}");
    assert!(
        rollback.contains("tag: ${{ inputs.rollback_tag }}") && rollback.contains("migration: \"\""),
        "{rollback}"
    );
}

#[test]
fn s2_26_the_tag_stands_in_the_task_definition_and_in_the_log() {
    let label = &container("prod/service")["DockerLabels"]["org.opencontainers.image.revision"];
    assert_eq!(*label, json!({ "Ref": "ImageTag" }));
    assert!(workflow("deploy").contains("echo \"$STACK gets the image $TAG, which is $DIGEST\""));
}

#[test]
fn s2_28_the_service_scales_on_cpu_and_memory() {
    let policies = S2.all("prod/service", "AWS::ApplicationAutoScaling::ScalingPolicy");
    let metrics = policies.into_iter().map(|policy| {
        let configuration = &policy["TargetTrackingScalingPolicyConfiguration"];
        configuration["PredefinedMetricSpecification"]["PredefinedMetricType"]
            .as_str()
            .unwrap()
    });
    assert_eq!(
        metrics.collect::<Vec<_>>(),
        ["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"]
    );
}

#[test]
fn s2_38_no_secret_reaches_a_workflow() {
    let workflows = ["ci-cd", "deploy", "drift", "infra"].map(workflow);
    let told = workflows
        .iter()
        .filter(|text| text.contains("secrets.") || text.contains("get-secret-value"));
    assert_eq!(told.count(), 0);
}

#[test]
fn no_template_is_near_the_limit_and_nothing_is_found() {
    let open: Vec<_> = S2
        .rendered
        .findings
        .iter()
        .filter(|finding| finding.level != Level::Info)
        .collect();
    assert_eq!(open.len(), 0, "{open:?}");
}
