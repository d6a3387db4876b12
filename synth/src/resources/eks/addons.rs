//! What AWS installs into the cluster, each at a version that is written here
//! (`aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name NAME` lists newer ones).

use super::identity::{self, Says};
use crate::aws::eks;
use crate::resources::place::Place;
use crate::template::{Document, Error, Handle, LogicalId, Settings, Statement, Template, sub};

/// Container Insights. From version 6 on it can send metrics under OpenTelemetry's names; alarms and the dashboard look
/// at those of CloudWatch, so that its configuration says which (Amazon CloudWatch user guide, "Enhanced Container
/// Insights (Classic)").
const INSIGHTS: (&str, &str) = ("amazon-cloudwatch-observability", "v6.5.0-eksbuild.1");

/// What autoscaling measures by.
const METRICS_SERVER: (&str, &str) = ("metrics-server", "v0.8.1-eksbuild.5");

/// Where the agent of Container Insights runs, and as whom.
const AGENT: (&str, &str) = ("amazon-cloudwatch", "cloudwatch-agent");

/// What pods need on each kind of machine; it is made after what it runs on.
pub(super) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (cluster, says): (&Handle<eks::Cluster>, Says<'_>),
    ready: &[LogicalId],
) -> Result<(), Error> {
    let after = || Settings::after(ready.iter().cloned());
    let agent = identity::of_pods(
        place,
        (says, AGENT),
        "Sends metrics and logs of the cluster",
        vec![("send", sending(place))],
    );
    let agent = template.add(LogicalId::new("insights", "Role"), &agent)?;
    let insights = eks::Addon {
        configuration_values: Some(insights().to_string().into()),
        ..identity::of_addon(says, (&agent, AGENT.1), addon(INSIGHTS, cluster))
    };
    template.add_with(LogicalId::new("insights", "Addon"), &insights, after())?;
    template.add_with(
        LogicalId::new("metrics-server", "Addon"),
        &addon(METRICS_SERVER, cluster),
        after(),
    )?;
    Ok(())
}

/// How Container Insights is set up: its metrics and the containers' logs, and nothing beside them.
pub(crate) fn insights() -> serde_json::Value {
    serde_json::json!({
        "applicationSignals": { "enabled": false },
        "containerInsights": { "enabled": true },
        "containerLogs": { "enabled": true },
        "otelContainerInsights": { "enabled": false },
    })
}

/// What the agent needs of AWS's policy for it, `CloudWatchAgentServerPolicy`: traces are off, and its settings come with
/// the add-on.
fn sending(place: Place<'_>) -> Document {
    let groups =
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/containerinsights/${cluster}/*";
    let write = [
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
        "logs:PutRetentionPolicy",
    ];
    let look = [
        "cloudwatch:PutMetricData",
        "ec2:DescribeTags",
        "ec2:DescribeVolumes",
        "logs:DescribeLogGroups",
    ];
    Document::new([
        Statement::allow("Measure", look, vec!["*".into()]),
        Statement::allow("Log", write, vec![sub(groups, &[("cluster", &place.prefix())])]),
    ])
}

pub(super) fn addon((name, version): (&str, &str), cluster: &Handle<eks::Cluster>) -> eks::Addon {
    eks::Addon {
        addon_version: Some(version.into()),
        resolve_conflicts: Some(eks::AddonResolveConflicts::Overwrite.into()),
        ..eks::Addon::new(name, cluster.name())
    }
}
