//! Whoever may take a role on is one service for this account, GitHub for one subject, the pods of one account in one
//! cluster, or a person whom the account lets.

use super::condition::Condition;
use super::found::Found;
use super::resolve::ACCOUNT;
use super::sites::LATER;

/// Notes whoever else may take a role on.
pub(super) fn trusts(found: &mut Found) {
    for world in LATER.iter() {
        for role in world.things.iter().filter(|thing| thing.kind == "AWS::IAM::Role") {
            let statements = role.properties["AssumeRolePolicyDocument"]["Statement"]
                .as_array()
                .unwrap();
            for statement in statements {
                let keys: Vec<String> = Condition::all(&statement["Condition"])
                    .iter()
                    .map(|one| one.key().to_owned())
                    .collect();
                let has = |end: &str| keys.iter().any(|key| key.ends_with(end));
                let principal = &statement["Principal"];
                let bound = match principal["Service"].as_str() {
                    _ if principal.get("Federated").is_some() => has(":sub") && has(":aud"),
                    // EKS tells for whom it asks by the tags of the session.
                    Some("pods.eks.amazonaws.com") => {
                        ["eks-cluster-name", "kubernetes-namespace", "kubernetes-service-account"]
                            .iter()
                            .all(|tag| has(&format!("aws:requesttag/{tag}")))
                    }
                    // EC2 tells nothing; who starts a machine has to be allowed to pass the role.
                    Some("ec2.amazonaws.com") => true,
                    Some(_) => has("aws:sourceaccount"),
                    // No role of the pipeline may take any role on: that is asked of each of them.
                    None => principal["AWS"] == format!("arn:aws:iam::{ACCOUNT}:root"),
                };
                if !bound {
                    let name = role.label.rsplit('-').next().unwrap();
                    found
                        .entry(format!("{name} trusts whoever {principal} works for"))
                        .or_insert_with(|| role.label.clone());
                }
            }
        }
    }
}
