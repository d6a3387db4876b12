//! What the service behind a type refuses, whatever the schema says.

use super::super::differ::first;
use super::super::spread::Pair;
use super::super::stack::Item;
use super::super::verdict::{ResourceChange, Verdict};
use super::refuse;

/// Sizes that never get smaller.
///
/// * <https://docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html>
/// * <https://docs.aws.amazon.com/fsx/latest/APIReference/API_UpdateFileSystem.html>
/// * <https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-storage.html>
/// * <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html>
const GROW: [(&str, &str); 4] = [
    ("AWS::EC2::Volume", "Size"),
    ("AWS::FSx::FileSystem", "StorageCapacity"),
    (
        "AWS::MSK::Cluster",
        "BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize",
    ),
    ("AWS::RDS::DBInstance", "AllocatedStorage"),
];

/// What of a service of ECS only a deployment of `CodeDeploy` changes.
///
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>
const DEPLOYED: [&str; 4] = [
    "LoadBalancers",
    "NetworkConfiguration",
    "PlatformVersion",
    "TaskDefinition",
];

pub(super) fn judge(pair: &Pair<'_>, changes: &mut [ResourceChange]) {
    for change in changes {
        let Some(old) = pair.old.items.get(&change.id) else {
            continue;
        };
        if !matches!(
            change.verdict,
            Verdict::Update | Verdict::Overwrite | Verdict::Interrupt
        ) {
            continue;
        }
        if let Some(path) = shrinks(pair, change) {
            let why = format!("`{path}` gets smaller, which the service takes for no storage that is there");
            let ways = vec![
                format!("leave `{path}` as it is"),
                "make a smaller one beside it, and copy what it holds".to_owned(),
            ];
            refuse(change, why, ways);
        } else if let Some(path) = deployed(pair, old, change) {
            let why = format!("CodeDeploy deploys this service, and ECS refuses that anybody else changes `{path}`");
            let ways =
                vec!["create a deployment of CodeDeploy, and put into the template what it has deployed".to_owned()];
            refuse(change, why, ways);
        }
    }
}

/// The path of a size that gets smaller.
fn shrinks(pair: &Pair<'_>, change: &ResourceChange) -> Option<&'static str> {
    let (_, path) = GROW.iter().find(|(kind, _)| *kind == change.kind)?;
    let value = change.changes.iter().find(|value| value.path == *path)?;
    let old = pair.old.number(value.old.as_ref()?)?;
    let new = pair.new.number(value.new.as_ref()?)?;
    (new < old).then_some(path)
}

/// The path of what `CodeDeploy` alone may change.
fn deployed(pair: &Pair<'_>, old: &Item, change: &ResourceChange) -> Option<&'static str> {
    let controller = old.properties.get("DeploymentController")?.get("Type")?;
    // The transform makes a deployment of the update.
    let is_theirs = change.kind == "AWS::ECS::Service"
        && controller == "CODE_DEPLOY"
        && !pair.new.transforms.contains_key("AWS::CodeDeployBlueGreen");
    let changed = |name: &&&str| change.changes.iter().any(|value| first(&value.path) == **name);
    DEPLOYED.iter().find(changed).copied().filter(|_| is_theirs)
}
