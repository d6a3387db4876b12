use super::facts::{Names, assumed, has_cluster};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "dangling-role",
    why: "A ServiceAccount names the role of its pods by an ARN that nothing looks at before a pod asks for the \
          role. With a slip in it, every call to AWS is refused.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: shop, RoleArn: !ImportValue role, ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}}
  Orders: {Type: AWS::IAM::Role, Properties: {RoleName: shop-orders, AssumeRolePolicyDocument: !Ref Trust}}
Parameters:
  Trust: {Type: String}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/shop-order'}
",
    instead: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: shop, RoleArn: !ImportValue role, ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}}
  Orders: {Type: AWS::IAM::Role, Properties: {RoleName: shop-orders, AssumeRolePolicyDocument: !Ref Trust}}
Parameters:
  Trust: {Type: String}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/shop-orders'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let accounts = assumed(set);
    if accounts.is_empty() || !has_cluster(set) {
        return;
    }
    let roles = Names::of(set, "AWS::IAM::Role", "RoleName");
    for assumed in accounts.iter().filter(|assumed| !roles.has(assumed.role)) {
        // A role that is made by hand is in no template.
        let Some((near, at)) = roles.near(assumed.role) else {
            continue;
        };
        report
            .value(assumed.at, format!("no template makes the role `{}`", assumed.role))
            .sure(near.sure)
            .also(at, format!("`{}` is here", near.value))
            .help(format!("did you mean `{}`?", near.value));
    }
}
