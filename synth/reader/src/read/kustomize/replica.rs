//! How many pods there are of a workload.

use super::fault::Told;
use super::field;
use super::reader::{list, text};
use super::resource::Resource;
use crate::read::Node;

const KINDS: [&str; 4] = ["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"];

/// Sets the replicas of what bears a name, or bore it.
pub(super) fn all(root: &Node, resources: &mut [Resource], told: &mut Told) {
    for replica in list(root, "replicas") {
        let (Some((name, at)), Some(count)) = (text(replica, "name"), replica.get("count")) else {
            continue;
        };
        let mut found = false;
        for resource in resources.iter_mut() {
            let ids = resource.ids();
            if ids
                .iter()
                .any(|id| KINDS.contains(&id.kind.as_str()) && id.name == name)
            {
                found = true;
                field::each(
                    resource.root_mut(),
                    &["spec", "replicas"],
                    Some(count.at),
                    &mut |node| *node = count.clone(),
                );
            }
        }
        if !found && !told.partial {
            told.refused(
                at,
                format!("there is no workload `{name}` to scale"),
                "name one as its file does",
            );
        }
    }
}
