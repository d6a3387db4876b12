//! What a service changes behind CloudFormation, and what an update cuts off.

use synth::review::FailOn;

use super::{lines, one, review};

/// The verdicts of a change between two lists of resources, without the values.
fn verdicts(old: &str, new: &str) -> String {
    let template = |resources: &str| format!("Resources:\n{resources}\n");
    let all = lines(&review(&template(old), &template(new)));
    let heads = all.lines().filter(|line| !line.starts_with(' '));
    heads.collect::<Vec<_>>().join(", ")
}

/// A listener rule, and a service that may shift what it carries.
fn rule(group: &str, service: &str) -> String {
    format!(
        "  R: {{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {{ListenerArn: l, Priority: 1, Actions: [{{Type: \
         forward, TargetGroupArn: {group}}}]}}}}\n  S: {{Type: AWS::ECS::Service, Properties: {{LoadBalancers: \
         [{{ContainerName: c{service}}}]}}}}"
    )
}

#[test]
fn weights_that_a_deployment_sets_are_written_over() {
    let shifted = ", AdvancedConfiguration: {ProductionListenerRule: !Ref R}";
    assert_eq!(verdicts(&rule("a", shifted), &rule("b", shifted)), "overwrite R");
    assert_eq!(verdicts(&rule("a", ""), &rule("b", "")), "update R");
}

#[test]
fn weights_that_code_deploy_sets_are_written_over() {
    let listener = |port: u16, route: &str| {
        format!(
            "  L: {{Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{LoadBalancerArn: b, Port: {port}}}}}\n  D: {{Type: \
             AWS::CodeDeploy::DeploymentGroup, Properties: {{LoadBalancerInfo: {{TargetGroupPairInfoList: \
             [{{{route}: {{ListenerArns: [!Ref L]}}}}]}}}}}}"
        )
    };
    let of = |port| listener(port, "ProdTrafficRoute");
    assert_eq!(verdicts(&of(80), &of(81)), "overwrite L");
}

/// A service of so many tasks, and a target of scaling.
fn service(count: &str, resource: &str) -> String {
    format!(
        "  S: {{Type: AWS::ECS::Service, Properties: {{{count}}}}}\n  T: {{Type: AWS::ApplicationAutoScaling::ScalableTarget, \
         Properties: {{ScalableDimension: 'ecs:service:DesiredCount', ResourceId: !Sub 'service/c/{resource}'}}}}"
    )
}

#[test]
fn a_count_that_is_scaled_is_written_over() {
    let (old, new) = ("DesiredCount: 2", "DesiredCount: 3");
    let scaled = |count| service(count, "${S.Name}");
    assert_eq!(verdicts(&scaled(old), &scaled(new)), "overwrite S");
    assert_eq!(verdicts(&service(old, "other"), &service(new, "other")), "update S");
}

#[test]
fn every_update_of_what_is_scaled_writes_its_count() {
    let notes = |count: &str| {
        let of = |version: &str| {
            let properties = format!("{count}PlatformVersion: {version}");
            format!("Resources:\n{}\n", service(&properties, "${S.Name}"))
        };
        review(&of("1.3.0"), &of("1.4.0")).resources[0].notes.join("\n")
    };
    assert!(
        notes("DesiredCount: 2, ").contains("leave `DesiredCount` out"),
        "{}",
        notes("DesiredCount: 2, ")
    );
    assert_eq!(notes(""), "");
}

#[test]
fn storage_that_grows_is_written_over() {
    let store = |size: u16, most: &str| {
        let properties = format!("{{Engine: mysql, AllocatedStorage: '{size}'{most}}}");
        one("AWS::RDS::DBInstance", &properties)
    };
    let said = |most| lines(&review(&store(20, most), &store(30, most)));
    assert!(
        said(", MaxAllocatedStorage: 100").contains("AllocatedStorage: overwrite"),
        "{}",
        said(", MaxAllocatedStorage: 100")
    );
    assert!(!said("").contains("overwrite"), "{}", said(""));
    // It cannot have grown.
    assert!(!said(", MaxAllocatedStorage: 20").contains("overwrite"));
}

#[test]
fn a_secret_that_rotates_is_written_over() {
    let secret = |length: u16, schedule: &str| {
        format!(
            "  S: {{Type: AWS::SecretsManager::Secret, Properties: {{GenerateSecretString: {{PasswordLength: \
             {length}}}}}}}{schedule}"
        )
    };
    let rotated = "\n  T: {Type: AWS::SecretsManager::RotationSchedule, Properties: {SecretId: !Ref S}}";
    assert_eq!(verdicts(&secret(20, rotated), &secret(30, rotated)), "overwrite S");
    assert_eq!(verdicts(&secret(20, ""), &secret(30, "")), "update S");
}

/// A security group, and a rule out that stands by itself.
fn group(rules: &str, apart: &str) -> String {
    format!(
        "  G: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: d{rules}}}}}\n  T: {{Type: \
         AWS::SNS::Topic}}{apart}"
    )
}

#[test]
fn the_first_rule_out_cuts_the_rest_off() {
    let inline = ", SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]";
    let apart = "\n  E: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref G, IpProtocol: tcp, FromPort: 1, \
                 ToPort: 1, CidrIp: 10.0.0.0/8}}";
    assert_eq!(verdicts(&group("", ""), &group(inline, "")), "interrupt G");
    assert_eq!(verdicts(&group("", ""), &group("", apart)), "interrupt G, create E");
    // It is not the first one.
    assert_eq!(verdicts(&group(inline, ""), &group(inline, apart)), "create E");
    let all = ", SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]";
    assert_eq!(verdicts(&group("", ""), &group(all, "")), "update G");
}

#[test]
fn a_rule_that_is_described_anew_is_gone_for_a_moment() {
    let rule = |text: &str, port: u16| {
        let rule =
            format!("{{IpProtocol: tcp, FromPort: {port}, ToPort: {port}, CidrIp: 10.0.0.0/8, Description: {text}}}");
        let properties = format!("{{GroupDescription: d, SecurityGroupIngress: [{rule}]}}");
        one("AWS::EC2::SecurityGroup", &properties)
    };
    let said = review(&rule("a", 1), &rule("b", 1));
    assert!(lines(&said).starts_with("interrupt R"), "{}", lines(&said));
    assert!(!said.fails_on(FailOn::Wider));
}
