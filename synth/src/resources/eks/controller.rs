//! What the controller of load balancers may do on AWS.
//!
//! It is the published policy of the AWS Load Balancer Controller
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json>), narrowed to one
//! cluster. That one asks whether a thing has the tag of a cluster, of any; this one asks for the tags of the environment, which
//! has one cluster: the controller gives them to everything that it makes, beside that of the cluster. The load balancer
//! has a name, and what listens has the same. Security groups stand in the network, so that it makes none and changes
//! none; certificates are named in the cluster, so that it looks for none. Shield, Cognito, classic WAF, Network Load
//! Balancers, reserved capacity and Outposts are off in its values.

use super::identity::{self, Says};
use crate::aws::iam;
use crate::model::{Environment, Firewall, System};
use crate::resources::place::Place;
use crate::resources::role::Boundary;
use crate::template::{Document, Error, Operator, Statement, Template, Value, sub};

/// Where the controller runs, and as whom.
pub(crate) const CONTROLLER: (&str, &str) = ("kube-system", "aws-load-balancer-controller");

/// The name of its role.
pub(crate) const CONTROLLER_ID: &str = "controller";

/// The most letters of a load balancer's name.
const LONGEST: usize = 32;

/// The name of the load balancer that the controller makes: what listens and what it says are named after it, so that rights
/// can be. One that is too long ends in a sum of itself.
pub(crate) fn balancer(system: &System, environment: &Environment) -> String {
    let name = system.cluster(environment);
    if name.len() <= LONGEST {
        return name;
    }
    let sum = name.bytes().fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{}-{sum:08x}", name[..LONGEST - 9].trim_end_matches('-'))
}

pub(super) fn expand(place: Place<'_>, template: &mut Template, says: Says<'_>) -> Result<(), Error> {
    let document = Document::new(allowed(place));
    let role = iam::Role {
        permissions_boundary: Some(Boundary::Operators.of(place)),
        ..identity::of_pods(
            place,
            (says, CONTROLLER),
            "Makes the load balancer of the cluster",
            vec![("balance", document)],
        )
    };
    identity::give(place, template, (CONTROLLER_ID, says, CONTROLLER), role)
}

fn allowed(place: Place<'_>) -> Vec<Statement> {
    let mut all = vec![look()];
    all.push(balancers(place));
    all.extend(targets(place));
    if matches!(place.environment.firewall(), Firewall::On { .. }) {
        all.extend(firewall(place));
    }
    all
}

fn arn(service: &str, resource: &str) -> Value<String> {
    sub(
        &format!("arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"),
        &[],
    )
}

/// IAM narrows none of these.
fn look() -> Statement {
    let looks = [
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
    ];
    Statement::allow("Look", looks, vec!["*".into()])
}

/// The load balancer, what listens and what it says: all have its name, whether they have tags or not.
fn balancers(place: Place<'_>) -> Statement {
    let balancer = balancer(place.system, place.environment);
    let does = [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetRulePriorities",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
    ];
    let on = ["listener-rule", "listener", "loadbalancer"];
    let on = on.map(|kind| arn("elasticloadbalancing", &format!("{kind}/app/{balancer}/*")));
    Statement::allow("Balance", does, on.into())
}

/// What it leads to: the pods, under names that the controller makes up.
fn targets(place: Place<'_>) -> [Statement; 3] {
    let targets = || vec![arn("elasticloadbalancing", "targetgroup/*/*")];
    let own = [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveTags",
    ];
    let action = "elasticloadbalancing:CreateAction";
    let made_now = place
        .becoming_ours()
        .and(Operator::StringEquals, action, "CreateTargetGroup");
    [
        Statement::allow("MakeTargets", ["elasticloadbalancing:CreateTargetGroup"], targets())
            .when(place.becoming_ours()),
        Statement::allow("TagTargets", ["elasticloadbalancing:AddTags"], targets()).when(made_now),
        Statement::allow("OwnTargets", own, targets()).when(place.only_ours()),
    ]
}

/// The firewall before the load balancer.
fn firewall(place: Place<'_>) -> [Statement; 2] {
    let balancer = balancer(place.system, place.environment);
    let both = vec![
        arn("elasticloadbalancing", &format!("loadbalancer/app/{balancer}/*")),
        arn("wafv2", &format!("regional/webacl/{}/*", place.prefix())),
    ];
    let sets = [
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
    ];
    [
        // IAM takes no resource for it, and it takes nothing without the next.
        Statement::allow("SetProtection", ["elasticloadbalancing:SetWebAcl"], vec!["*".into()]),
        Statement::allow("Protect", sets, both),
    ]
}
