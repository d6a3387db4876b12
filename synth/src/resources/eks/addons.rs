//! What AWS installs into the cluster, each at a version that is written here
//! (`aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name NAME` lists newer ones).

use super::identity;
use super::nodes::of_aws;
use crate::aws::{eks, iam};
use crate::resources::place::Place;
use crate::resources::role::role;
use crate::template::{Error, Handle, LogicalId, Template};

/// Container Insights. From version 6 on it can send metrics under OpenTelemetry's names; alarms and the dashboard look
/// at those of CloudWatch, so that its configuration says which (Amazon CloudWatch user guide, "Enhanced Container
/// Insights (Classic)").
const INSIGHTS: (&str, &str) = ("amazon-cloudwatch-observability", "v6.5.0-eksbuild.1");

/// What autoscaling measures by.
const METRICS_SERVER: (&str, &str) = ("metrics-server", "v0.8.1-eksbuild.5");

/// Where the agent of Container Insights runs, and as whom.
const AGENT: (&str, &str) = ("amazon-cloudwatch", "cloudwatch-agent");

pub(super) fn expand(place: Place<'_>, template: &mut Template, cluster: &Handle<eks::Cluster>) -> Result<(), Error> {
    let agent = iam::Role {
        managed_policy_arns: Some(of_aws(&["CloudWatchAgentServerPolicy"])),
        ..role(
            place,
            "Sends metrics and logs of the cluster",
            identity::trust(place, AGENT),
            vec![],
        )
    };
    let agent = template.add(LogicalId::new("insights", "Role"), &agent)?;
    let values = serde_json::json!({
        "applicationSignals": { "enabled": false },
        "containerInsights": { "enabled": true },
        "containerLogs": { "enabled": true },
        "otelContainerInsights": { "enabled": false },
    });
    let insights = eks::Addon {
        configuration_values: Some(values.to_string().into()),
        pod_identity_associations: Some([eks::AddonPodIdentityAssociation::new(agent.arn(), AGENT.1)].into()),
        ..addon(INSIGHTS, cluster)
    };
    template.add(LogicalId::new("insights", "Addon"), &insights)?;
    template.add(
        LogicalId::new("metrics-server", "Addon"),
        &addon(METRICS_SERVER, cluster),
    )?;
    Ok(())
}

fn addon((name, version): (&str, &str), cluster: &Handle<eks::Cluster>) -> eks::Addon {
    eks::Addon {
        addon_version: Some(version.into()),
        resolve_conflicts: Some(eks::AddonResolveConflicts::Overwrite.into()),
        ..eks::Addon::new(name, cluster.name())
    }
}
