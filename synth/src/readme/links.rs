//! Where to look: pages of GitHub's and AWS's consoles, and the commands that tell the same.

use serde::Serialize;

use super::pipeline::{release_file, rollback_file};
use crate::model::System;
use crate::monitoring::cloudwatch::On;
use crate::render::{Site, Whole};

/// What is to be seen, where, and by which command.
#[derive(Serialize)]
pub(super) struct Row {
    what: String,
    address: String,
    command: String,
}

pub(super) fn rows(whole: &Whole<'_>) -> Vec<Row> {
    let github = &whole.system.owner.github;
    let repository = github.full_name();
    let release = format!("{}{}", whole.pipeline.prefix, release_file(whole.system));
    let run = Row {
        what: "a run of the release".to_owned(),
        address: format!("https://github.com/{repository}/actions/workflows/{release}.yml"),
        command: format!("gh run list --repo {repository} --workflow {release}.yml --limit 5"),
    };
    let back = format!("{}{}", whole.pipeline.prefix, rollback_file(whole.system));
    let form = Row {
        what: "the form that rolls back: Run workflow".to_owned(),
        address: format!("https://github.com/{repository}/actions/workflows/{back}.yml"),
        command: format!("gh workflow run {back}.yml --repo {repository} -f environment=… -f rollback_tag=…"),
    };
    let tag = Row {
        what: "the tag in the log of a run".to_owned(),
        address: format!("https://github.com/{repository}/actions"),
        command: format!("grep 'gets the image' <(gh run view RUN --repo {repository} --log)"),
    };
    let sites = whole.sites.iter().flat_map(|site| of(whole, site));
    let all = local(whole).into_iter().chain([run, form, tag]);
    all.chain(sites).collect()
}

/// The service on one's own machine, where a system has what that takes.
fn local(whole: &Whole<'_>) -> Option<Row> {
    let system = whole.system;
    system.database().map(|_| Row {
        what: "the service on your own machine".to_owned(),
        address: format!("http://127.0.0.1:{}", system.service.port.number()),
        command: format!("docker compose --file out/{}/compose.yaml up --build", system.name),
    })
}

fn of(whole: &Whole<'_>, site: &Site<'_>) -> Vec<Row> {
    let (system, environment) = (whole.system, site.environment);
    let (name, region) = (site.name(), environment.account().region.as_str());
    let cluster = system.cluster(environment);
    let console = match environment.account().region.partition() {
        "aws-cn" => format!("https://{region}.console.amazonaws.cn"),
        "aws-us-gov" => format!("https://{region}.console.amazonaws-us-gov.com"),
        _ => format!("https://{region}.console.aws.amazon.com"),
    };
    let cloudwatch = format!("{console}/cloudwatch/home?region={region}#");
    let runs = match On::of(system) {
        On::Tasks => tasks((name, region), (&cluster, system.name.as_str()), &console),
        On::Pods => pods(system, (name, region), &cluster, &console),
    };
    let watched = [
        Row {
            what: format!("the dashboard of {name}"),
            address: format!("{cloudwatch}dashboards/dashboard/{cluster}"),
            command: format!("aws cloudwatch get-dashboard --region {region} --dashboard-name {cluster}"),
        },
        Row {
            what: format!("the alarms of {name}"),
            address: format!("{cloudwatch}alarmsV2:?search={cluster}"),
            command: format!(
                "aws cloudwatch describe-alarms --region {region} --alarm-name-prefix {cluster} --query 'MetricAlarms[].[AlarmName,StateValue]'"
            ),
        },
        logs((name, region), &system.log_group(environment), &cloudwatch),
    ];
    runs.into_iter().chain(watched).collect()
}

fn tasks((name, region): (&str, &str), (cluster, service): (&str, &str), console: &str) -> Vec<Row> {
    vec![
        Row {
            what: format!("the service and its tasks in {name}"),
            address: format!("{console}/ecs/v2/clusters/{cluster}/services/{service}/tasks?region={region}"),
            command: format!(
                "aws ecs describe-services --region {region} --cluster {cluster} --services {service} --query 'services[0].[status,runningCount,desiredCount]'"
            ),
        },
        Row {
            what: format!("the task definition of {name}, with the tag"),
            address: format!("{console}/ecs/v2/task-definitions/{cluster}?region={region}"),
            command: format!(
                "aws ecs describe-task-definition --region {region} --task-definition {cluster} --query 'taskDefinition.containerDefinitions[0].[image,dockerLabels]'"
            ),
        },
    ]
}

/// The page of a cluster shows its objects to whoever has an access entry, which the console's own person may not have.
fn pods(system: &System, (name, region): (&str, &str), cluster: &str, console: &str) -> Vec<Row> {
    let (service, namespace) = (system.workload(), system.namespace());
    let address = format!("{console}/eks/clusters/{cluster}?region={region}");
    let command = |of: &str| format!("kubectl --context {cluster} --namespace {namespace} {of}");
    vec![
        Row {
            what: format!("the pods in {name}"),
            address: address.clone(),
            command: command("get pods --output wide"),
        },
        Row {
            what: format!("the image that {name} runs, with the tag"),
            address,
            command: command(&format!(
                "get deployment {service} --output 'jsonpath={{.metadata.labels.app\\.kubernetes\\.io/version}} {{..image}}'"
            )),
        },
        Row {
            what: format!("what Container Insights measures in {name}"),
            address: format!("{console}/cloudwatch/home?region={region}#container-insights:infrastructure"),
            command: format!(
                "aws cloudwatch list-metrics --region {region} --namespace ContainerInsights --dimensions Name=ClusterName,Value={cluster} --query 'Metrics[].MetricName'"
            ),
        },
    ]
}

fn logs((name, region): (&str, &str), group: &str, cloudwatch: &str) -> Row {
    // The console wants a slash encoded twice, with `$` for the second percent sign.
    let encoded = group.replace('/', "$252F");
    Row {
        what: format!("the logs of {name}"),
        address: format!("{cloudwatch}logsV2:log-groups/log-group/{encoded}"),
        command: format!("aws logs tail {group} --region {region} --since 15m --follow"),
    }
}
