//! Where to look: pages of GitHub's and AWS's consoles, and the commands that tell the same.

use serde::Serialize;

use super::pipeline::release_file;
use super::{Site, Whole};

/// What is to be seen, where, and by which command.
#[derive(Serialize)]
pub(super) struct Row {
    what: String,
    address: String,
    command: String,
}

pub(super) fn rows(whole: &Whole<'_>) -> Vec<Row> {
    let github = &whole.system.owner.github;
    let repository = format!("{}/{}", github.owner, github.name);
    let release = format!("{}{}", whole.prefix, release_file(whole.system));
    let run = Row {
        what: "a run of the release".to_owned(),
        address: format!("https://github.com/{repository}/actions/workflows/{release}.yml"),
        command: format!("gh run list --repo {repository} --workflow {release}.yml --limit 5"),
    };
    let sites = whole.sites.iter().flat_map(|site| of(whole, site));
    std::iter::once(run).chain(sites).collect()
}

fn of(whole: &Whole<'_>, site: &Site<'_>) -> [Row; 4] {
    let (system, environment) = (whole.system, site.environment);
    let (name, region) = (site.name(), environment.account.region.as_str());
    let (cluster, service) = (system.cluster(environment), system.name.as_str());
    let console = match environment.account.region.partition() {
        "aws-cn" => format!("https://{region}.console.amazonaws.cn"),
        "aws-us-gov" => format!("https://{region}.console.amazonaws-us-gov.com"),
        _ => format!("https://{region}.console.aws.amazon.com"),
    };
    let cloudwatch = format!("{console}/cloudwatch/home?region={region}#");
    let group = system.log_group(environment);
    // The console wants a slash encoded twice, with `$` for the second percent sign.
    let encoded = group.replace('/', "$252F");
    [
        Row {
            what: format!("the service and its tasks in {name}"),
            address: format!("{console}/ecs/v2/clusters/{cluster}/services/{service}/tasks?region={region}"),
            command: format!(
                "aws ecs describe-services --region {region} --cluster {cluster} --services {service} --query 'services[0].[status,runningCount,desiredCount]'"
            ),
        },
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
        Row {
            what: format!("the logs of {name}"),
            address: format!("{cloudwatch}logsV2:log-groups/log-group/{encoded}"),
            command: format!("aws logs tail {group} --region {region} --since 15m --follow"),
        },
    ]
}
