//! Who may ask the cluster for what. GitHub's roles are mapped to groups, whose rights the manifests say; people take
//! roles of this stack.

use super::arn;
use crate::aws::{eks, iam};
use crate::resources::access::Duty;
use crate::resources::place::Place;
use crate::resources::role::role;
use crate::template::{Arn, Document, Error, Handle, LogicalId, Principal, Statement, Template, Value, sub};

/// The group of whoever releases.
pub(crate) const DEPLOYERS: &str = "deployers";

/// The group of whoever looks at what a change would do, and for drift.
pub(crate) const REVIEWERS: &str = "reviewers";

/// The role that people take to change the cluster ends so.
pub(crate) const OPERATOR: &str = "operator";

/// The role that people take to look into the cluster ends so.
pub(crate) const READER: &str = "reader";

/// What people take: its name, what it is for, and AWS's policy for it inside of the cluster (Amazon EKS user guide,
/// "Review access policy permissions"). The second cannot read secrets.
const PEOPLE: [(&str, &str, &str); 2] = [
    (
        OPERATOR,
        "People change the cluster with it",
        "AmazonEKSClusterAdminPolicy",
    ),
    (READER, "People look into the cluster with it", "AmazonEKSViewPolicy"),
];

pub(super) fn expand(place: Place<'_>, template: &mut Template, cluster: &Handle<eks::Cluster>) -> Result<(), Error> {
    for (duty, group) in [(Duty::Deploy, DEPLOYERS), (Duty::Review, REVIEWERS)] {
        let entry = eks::AccessEntry {
            kubernetes_groups: Some([group].into()),
            ..eks::AccessEntry::new(cluster.name(), of_github(place, duty))
        };
        template.add(LogicalId::new(duty.name(), "AccessEntry"), &entry)?;
    }
    for (name, what, policy) in PEOPLE {
        let role = template.add(LogicalId::new(name, "Role"), &of_people(place, (name, what)))?;
        let policy = eks::AccessPolicy::new(
            eks::AccessScope::new(eks::AccessScopeType::Cluster),
            sub(
                &format!("arn:${{AWS::Partition}}:eks::aws:cluster-access-policy/{policy}"),
                &[],
            ),
        );
        let entry = eks::AccessEntry {
            access_policies: Some([policy].into()),
            ..eks::AccessEntry::new(cluster.name(), role.arn())
        };
        template.add(LogicalId::new(name, "AccessEntry"), &entry)?;
    }
    Ok(())
}

/// One of the roles that a person has made with the first stacks.
fn of_github(place: Place<'_>, duty: Duty) -> Value<Arn<iam::Role>> {
    let arn = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${role}";
    sub(arn, &[("role", &place.named(duty.name()))]).assume()
}

/// Who of the account may take it, the policies of the account's own people say. On AWS it may find the cluster.
fn of_people(place: Place<'_>, (name, what): (&str, &str)) -> iam::Role {
    let root = sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root", &[]);
    let trust = Statement::allow("People", ["sts:AssumeRole"], vec![]).to(Principal::Aws(vec![root]));
    let find = Statement::allow("FindCluster", ["eks:DescribeCluster"], vec![arn(place)]);
    iam::Role {
        role_name: Some(place.named(name).into()),
        ..role(place, what, trust, vec![("find-cluster", Document::new([find]))])
    }
}
