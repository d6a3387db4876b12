//! Groups of the cluster: who is in them, templates say; what they may do, manifests.

use crate::checks::Set;
use crate::read::Node;
use crate::read::manifest::Object;

/// The groups that bindings give rights to: the binding, and where it names the group.
pub(in crate::checks::across) fn bound<'a>(set: &Set<'a>) -> Vec<(Object<'a>, &'a Node)> {
    let bindings = set
        .manifests
        .of("RoleBinding")
        .chain(set.manifests.of("ClusterRoleBinding"));
    let mut found = Vec::new();
    for binding in bindings {
        let subjects = binding.dig(&["subjects"]).and_then(Node::list).unwrap_or_default();
        let groups = subjects
            .iter()
            .filter(|subject| subject.get("kind").and_then(Node::text) == Some("Group"));
        found.extend(groups.filter_map(|group| Some((binding, group.get("name")?))));
    }
    found
}
