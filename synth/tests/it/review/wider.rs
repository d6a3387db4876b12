//! What gets wider.

use super::{one, review};

/// What gets wider between two properties of one resource, a line each.
fn wider(kind: &str, old: &str, new: &str) -> String {
    let review = review(&one(kind, old), &one(kind, new));
    let lines = review
        .wider
        .iter()
        .map(|wider| format!("{}: {}", wider.what.words(), wider.text));
    lines.collect::<Vec<_>>().join("\n")
}

fn policy(old: &str, new: &str) -> String {
    let document = |statement: &str| format!("{{PolicyDocument: {{Statement: {statement}}}}}");
    wider("AWS::IAM::ManagedPolicy", &document(old), &document(new))
}

#[test]
fn a_statement_that_is_added_is_told() {
    assert_eq!(
        policy("[]", "{Effect: Allow, Action: 's3:*', Resource: '*'}"),
        "permission: added"
    );
}

#[test]
fn a_statement_is_loosened_by_action_resource_and_condition() {
    let base =
        "{Effect: Allow, Action: s3:GetObject, Resource: arn:a, Condition: {Bool: {'aws:SecureTransport': 'true'}}}";
    for (from, to, told) in [
        (
            "Action: s3:GetObject",
            "Action: [s3:GetObject, s3:PutObject]",
            "loosened: actions + s3:PutObject",
        ),
        ("Resource: arn:a", "Resource: arn:*", "loosened: resources + arn:*"),
        (
            ", Condition: {Bool: {'aws:SecureTransport': 'true'}}",
            "",
            "loosened: condition Bool aws:securetransport gone",
        ),
    ] {
        assert_eq!(policy(base, &base.replace(from, to)), format!("permission: {told}"));
        assert_eq!(policy(&base.replace(from, to), base), "", "{told}");
    }
}

#[test]
fn statements_that_say_the_same_in_another_way_are_not_wider() {
    let split =
        "[{Effect: Allow, Action: s3:GetObject, Resource: '*'}, {Effect: Allow, Action: s3:PutObject, Resource: '*'}]";
    let merged = "{Effect: Allow, Action: [S3:putobject, s3:GetObject], Resource: ['*']}";
    assert_eq!(policy(split, merged), "");
    assert_eq!(policy(merged, split), "");
}

#[test]
fn a_pattern_covers_what_it_matches() {
    let allow = |action: &str| format!("{{Effect: Allow, Action: '{action}', Resource: '*'}}");
    assert_eq!(policy(&allow("s3:Get*"), &allow("s3:GetObject")), "");
    assert_ne!(policy(&allow("s3:GetObject"), &allow("s3:Get*")), "");
    assert_ne!(policy(&allow("s3:Get?bject"), &allow("s3:Get*")), "");
}

#[test]
fn all_but_some_actions_cover_what_is_not_among_them() {
    let not = |action: &str| format!("{{Effect: Allow, NotAction: {action}, Resource: '*'}}");
    assert_eq!(
        policy(
            &not("['iam:*']"),
            "{Effect: Allow, Action: s3:GetObject, Resource: '*'}"
        ),
        ""
    );
    assert_eq!(policy(&not("['iam:*']"), &not("['iam:*', 's3:*']")), "");
    assert_ne!(policy(&not("['iam:*', 's3:*']"), &not("['iam:*']")), "");
}

#[test]
fn a_principal_that_is_added_is_told() {
    let trust = |principal: &str| {
        format!(
            "{{AssumeRolePolicyDocument: {{Statement: [{{Effect: Allow, Action: sts:AssumeRole, Principal: {principal}}}]}}}}"
        )
    };
    assert_eq!(
        wider("AWS::IAM::Role", &trust("{AWS: arn:x}"), &trust("{AWS: '*'}")),
        "permission: loosened: principals + *"
    );
    assert_eq!(wider("AWS::IAM::Role", &trust("'*'"), &trust("{AWS: '*'}")), "");
}

#[test]
fn a_denial_that_goes_is_told() {
    let deny = "{Effect: Deny, Action: 's3:*', Resource: '*'}";
    assert_eq!(policy(deny, "[]"), "permission: denied before, and no longer as much");
    assert_eq!(policy("[]", deny), "");
}

#[test]
fn a_managed_policy_that_is_attached_is_told() {
    assert_eq!(
        wider(
            "AWS::IAM::Role",
            "{ManagedPolicyArns: [arn:a]}",
            "{ManagedPolicyArns: [arn:a, arn:b]}"
        ),
        "permission: managed policy arn:b attached"
    );
}

#[test]
fn a_permission_of_lambda_is_a_statement() {
    let permission =
        |more: &str| format!("{{Action: lambda:InvokeFunction, FunctionName: f, Principal: sns.amazonaws.com{more}}}");
    assert_ne!(
        wider(
            "AWS::Lambda::Permission",
            &permission(", SourceArn: a"),
            &permission("")
        ),
        ""
    );
    assert_eq!(
        wider(
            "AWS::Lambda::Permission",
            &permission(""),
            &permission(", SourceArn: a")
        ),
        ""
    );
}

fn group(old: &str, new: &str) -> String {
    let rules = |rules: &str| format!("{{GroupDescription: d, SecurityGroupIngress: {rules}}}");
    wider("AWS::EC2::SecurityGroup", &rules(old), &rules(new))
}

#[test]
fn a_security_group_that_opens_is_told() {
    let rule =
        |port: u16, cidr: &str| format!("[{{IpProtocol: tcp, FromPort: {port}, ToPort: {port}, CidrIp: {cidr}}}]");
    assert_eq!(
        group(&rule(22, "10.0.0.0/8"), &rule(22, "0.0.0.0/0")),
        "network: tcp, port 22, in from 0.0.0.0/0 (everyone)"
    );
    assert_eq!(group(&rule(22, "10.0.0.0/8"), &rule(22, "10.1.0.0/16")), "");
    assert_ne!(group(&rule(22, "10.0.0.0/8"), &rule(23, "10.0.0.0/8")), "");
    let all = "[{IpProtocol: '-1', CidrIp: 10.0.0.0/8}]";
    assert_eq!(group(all, &rule(22, "10.0.0.0/8")), "");
}

#[test]
fn an_ipv6_block_holds_a_smaller_one() {
    let rule = |cidr: &str| format!("[{{IpProtocol: '-1', CidrIpv6: '{cidr}'}}]");
    assert_eq!(group(&rule("::/0"), &rule("2001:db8::/32")), "");
    assert_ne!(group(&rule("2001:db8::/32"), &rule("::/0")), "");
}

#[test]
fn a_rule_of_its_own_counts_as_one_of_its_group() {
    let inline = "Resources:\n  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d, \
                  SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 9, CidrIp: 10.0.0.0/8}]}}\n";
    let own = "Resources:\n  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d}}\n  I: {Type: \
               AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt G.GroupId, IpProtocol: tcp, FromPort: 2, \
               ToPort: 3, CidrIp: 10.0.0.0/8}}\n";
    assert!(review(inline, own).wider.is_empty());
    assert_eq!(review(&own.replace("FromPort: 2", "FromPort: 3"), own).wider.len(), 1);
}

#[test]
fn public_exposure_is_told() {
    for (kind, off, on) in [
        (
            "AWS::RDS::DBInstance",
            "{PubliclyAccessible: false}",
            "{PubliclyAccessible: true}",
        ),
        (
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "{Scheme: internal}",
            "{Scheme: internet-facing}",
        ),
        ("AWS::ElasticLoadBalancingV2::LoadBalancer", "{Scheme: internal}", "{}"),
        ("AWS::S3::Bucket", "{}", "{AccessControl: PublicRead}"),
        ("AWS::Lambda::Url", "{AuthType: AWS_IAM}", "{AuthType: NONE}"),
    ] {
        assert!(wider(kind, off, on).starts_with("public exposure: "), "{kind} {on}");
        assert_eq!(wider(kind, on, off), "", "{kind} {off}");
    }
}

#[test]
fn a_bucket_that_no_longer_blocks_the_public_is_told() {
    let all = "{PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, \
               RestrictPublicBuckets: true}}";
    assert_eq!(wider("AWS::S3::Bucket", all, "{}").lines().count(), 4);
    let three = all.replace("BlockPublicPolicy: true", "BlockPublicPolicy: false");
    assert_eq!(wider("AWS::S3::Bucket", all, &three).lines().count(), 1);
    assert_eq!(wider("AWS::S3::Bucket", "{}", all), "");
}

/// A type, its properties with something on and with it off, and what gets wider then.
const GUARDS: &[(&str, &str, &str, &str)] = &[
    (
        "AWS::RDS::DBInstance",
        "{StorageEncrypted: true}",
        "{StorageEncrypted: false}",
        "encryption",
    ),
    ("AWS::SQS::Queue", "{KmsMasterKeyId: k}", "{}", "encryption"),
    ("AWS::RDS::DBCluster", "{DeletionProtection: true}", "{}", "protection"),
    (
        "AWS::RDS::DBInstance",
        "{BackupRetentionPeriod: 7}",
        "{BackupRetentionPeriod: 1}",
        "protection",
    ),
    (
        "AWS::S3::Bucket",
        "{VersioningConfiguration: {Status: Enabled}}",
        "{VersioningConfiguration: {Status: Suspended}}",
        "protection",
    ),
    (
        "AWS::ECR::Repository",
        "{ImageTagMutability: IMMUTABLE}",
        "{}",
        "protection",
    ),
    (
        "AWS::S3::Bucket",
        "{LoggingConfiguration: {LogFilePrefix: x}}",
        "{}",
        "logging",
    ),
    (
        "AWS::Logs::LogGroup",
        "{RetentionInDays: 30}",
        "{RetentionInDays: 3}",
        "logging",
    ),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "{Scheme: internal, LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: 'true'}]}",
        "{Scheme: internal, LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: 'false'}]}",
        "protection",
    ),
];

#[test]
fn encryption_protection_and_logging_that_go_are_told() {
    for (kind, on, off, what) in GUARDS {
        assert!(wider(kind, on, off).starts_with(what), "{kind} {off}");
        assert_eq!(wider(kind, off, on), "", "{kind} {on}");
    }
}

#[test]
fn a_guard_that_is_removed_is_told() {
    let review = review(&one("AWS::EC2::FlowLog", "{}"), "Resources: {}\n");
    assert_eq!(review.wider.len(), 1);
}
