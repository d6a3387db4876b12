//! Updates that CloudFormation or a service refuses.

use synth::checks::show::Color;
use synth::review::FailOn;
use synth::review::show::{human, json, markdown};

use super::{lines, one, review, review_all};

/// The verdicts of a change between two lists of resources, without the values.
fn verdicts(old: &str, new: &str) -> String {
    let template = |resources: &str| format!("Resources:\n{resources}\n");
    let all = lines(&review(&template(old), &template(new)));
    let heads = all.lines().filter(|line| !line.starts_with(' '));
    heads.collect::<Vec<_>>().join(", ")
}

fn topic(name: &str, fifo: bool) -> String {
    one(
        "AWS::SNS::Topic",
        &format!("{{{name}DisplayName: d, FifoTopic: {fifo}}}"),
    )
}

#[test]
fn a_replacement_that_keeps_its_name_is_refused() {
    let named = |fifo| topic("TopicName: news, ", fifo);
    let refused = review(&named(false), &named(true));
    assert!(refused.fails_on(FailOn::Refused) && refused.fails_on(FailOn::Replace));
    insta::assert_snapshot!(human(&refused, Color::Never), @r"
    first
    ! 1 change is refused until it goes another way: `R`
        t.yaml

    resources
    ! R  AWS::SNS::Topic  REFUSED, else replaced
        t.yaml:2
        refused: it has to be replaced and keeps its `TopicName`: CloudFormation cannot update a custom-named resource so, as the new one would be made while the old one still has the name
        instead: change `TopicName` in the same update, or leave it out: the new one is made, and the old one is deleted
        FifoTopic: false → true
            replaces: AWS's schema: `FifoTopic` is create-only

    1 refused
    ");
    assert!(markdown(&refused).contains("Instead: change <code>TopicName</code> in the same update"));
    assert!(json(&refused).contains(r#""would": "replace""#));
}

#[test]
fn a_replacement_without_a_name_or_with_a_new_one_goes_through() {
    assert!(!review(&topic("", false), &topic("", true)).fails_on(FailOn::Refused));
    let (old, new) = (topic("TopicName: a, ", false), topic("TopicName: b, ", true));
    assert!(!review(&old, &new).fails_on(FailOn::Refused));
    // Many zones can have the name of one domain.
    let zone = |set| {
        one(
            "AWS::Route53::HostedZone",
            &format!("{{Name: a.example, DelegationSetId: {set}}}"),
        )
    };
    assert!(!review(&zone("N1"), &zone("N2")).fails_on(FailOn::Refused));
}

#[test]
fn what_may_be_replaced_under_its_name_is_told_so() {
    let template = |tier: &str| {
        format!(
            "Parameters: {{P: {{Type: String, Default: {tier}}}}}\nResources: {{R: {{Type: AWS::DynamoDB::Table, Properties: \
             {{TableName: t, KeySchema: [{{AttributeName: !Ref P, KeyType: HASH}}]}}}}}}\n"
        )
    };
    let review = review(&template("a"), &template("b"));
    assert!(!review.fails_on(FailOn::Refused));
    let notes = &review.resources[0].notes;
    assert!(
        notes.iter().any(|note| note.contains("CloudFormation refuses")),
        "{notes:?}"
    );
}

#[test]
fn a_name_is_taken_while_the_old_one_has_it() {
    for (resource, same) in [
        ("AWS::IAM::Role, Properties: {RoleName: r}", true),
        ("AWS::SQS::Queue, Properties: {DelaySeconds: 1}", false),
        (
            "AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {QueueName: q}",
            true,
        ),
        // By what is one of its kind though AWS makes its identifier.
        (
            "AWS::EC2::SecurityGroupIngress, Properties: {GroupId: g, IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}",
            true,
        ),
        (
            "AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 3, Actions: []}",
            true,
        ),
        (
            "AWS::EC2::Route, Properties: {RouteTableId: t, DestinationCidrBlock: 0.0.0.0/0, GatewayId: g}",
            true,
        ),
    ] {
        let of = |id: &str| format!("  {id}: {{Type: {resource}}}");
        let said = verdicts(&of("A"), &of("B"));
        assert_eq!(said.contains("refuse B"), same, "{resource}: {said}");
    }
}

#[test]
fn a_name_passes_from_one_of_sams_types_to_what_it_makes() {
    let old = "  A: {Type: AWS::Serverless::Function, Properties: {FunctionName: f, Handler: h}}";
    let new = "  B: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, Handler: h}}";
    assert_eq!(verdicts(old, new), "delete A, refuse B");
}

#[test]
fn a_name_in_another_place_is_free() {
    let rule = |id: &str, listener: &str| {
        format!(
            "  {id}: {{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {{ListenerArn: {listener}, Priority: 3}}}}"
        )
    };
    assert_eq!(verdicts(&rule("A", "l"), &rule("B", "m")), "delete A, create B");
}

#[test]
fn a_name_is_free_where_conditions_tell_the_two_apart() {
    let of = |id: &str, condition: &str| {
        format!("  {id}: {{Type: AWS::IAM::Role, Condition: {condition}, Properties: {{RoleName: r}}}}")
    };
    assert_eq!(verdicts(&of("A", "X"), &of("B", "Y")), "delete A, create B");
}

/// A balancer, its listener and its group.
fn balancer(scheme: &str, port: u16) -> String {
    format!(
        "  L: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Scheme: {scheme}}}}}\n  E: {{Type: \
         AWS::ElasticLoadBalancingV2::Listener, Properties: {{LoadBalancerArn: !Ref L, Port: 80, DefaultActions: [{{Type: \
         forward, ForwardConfig: {{TargetGroups: [{{TargetGroupArn: !Ref G}}]}}}}]}}}}\n  G: {{Type: \
         AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{Port: {port}}}}}"
    )
}

#[test]
fn a_target_group_cannot_be_under_two_balancers() {
    let (old, new) = (balancer("internal", 1), balancer("internet-facing", 1));
    assert_eq!(verdicts(&old, &new), "replace L, refuse E");
    // A group of its own is replaced with them.
    assert_eq!(
        verdicts(&old, &balancer("internet-facing", 2)),
        "replace G, replace L, replace E"
    );
    assert_eq!(verdicts(&old, &old.replace("Port: 80", "Port: 81")), "update E");
}

#[test]
fn what_is_protected_is_not_deleted() {
    let table = |protection: &str, policy: &str| {
        format!("  T: {{Type: AWS::DynamoDB::Table, {policy}Properties: {{DeletionProtectionEnabled: {protection}}}}}")
    };
    assert_eq!(
        verdicts(&table("true", ""), "  S: {Type: AWS::SNS::Topic}"),
        "refuse T, create S"
    );
    assert_eq!(
        verdicts(&table("false", ""), "  S: {Type: AWS::SNS::Topic}"),
        "delete T, create S"
    );
    let retained = table("true", "DeletionPolicy: Retain, ");
    assert_eq!(
        verdicts(&retained, "  S: {Type: AWS::SNS::Topic}"),
        "retain T, create S"
    );
}

#[test]
fn what_is_protected_stays_where_it_is_replaced() {
    let balancer = |scheme: &str| {
        one(
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            &format!(
                "{{Scheme: {scheme}, LoadBalancerAttributes: [{{Key: deletion_protection.enabled, Value: 'true'}}]}}"
            ),
        )
    };
    let review = review(&balancer("internal"), &balancer("internet-facing"));
    let notes = &review.resources[0].notes;
    assert!(
        notes.iter().any(|note| note.contains("protects the old one")),
        "{notes:?}"
    );
    assert!(!review.fails_on(FailOn::Refused));
}

#[test]
fn a_refused_deletion_fails_on_delete_too() {
    let old = "Resources: {T: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: true}}}\n";
    let review = review(old, "Resources: {S: {Type: AWS::SNS::Topic}}\n");
    assert!(review.fails_on(FailOn::Delete) && review.danger().count() == 1);
}

#[test]
fn an_export_that_is_in_use_is_refused() {
    let exporter = "Resources: {A: {Type: AWS::SNS::Topic}}\nOutputs: {O: {Value: !Ref A, Export: {Name: x}}}\n";
    let gone = "Resources: {A: {Type: AWS::SNS::Topic}}\n";
    let importer = "Resources: {B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue x}}}\n";
    let refused = |reader: &str| review_all(&[("a", exporter, gone), ("b", reader, reader)]).fails_on(FailOn::Refused);
    assert!(refused(importer));
    assert!(!refused(gone));
}

#[test]
fn storage_does_not_get_smaller() {
    let volume = |size: u16| one("AWS::EC2::Volume", &format!("{{AvailabilityZone: a, Size: {size}}}"));
    assert!(review(&volume(20), &volume(10)).fails_on(FailOn::Refused));
    assert!(!review(&volume(10), &volume(20)).fails_on(FailOn::Refused));
}

#[test]
fn what_code_deploy_deploys_nobody_else_changes() {
    let service = |controller: &str, task: &str| {
        one(
            "AWS::ECS::Service",
            &format!("{{DeploymentController: {{Type: {controller}}}, TaskDefinition: {task}}}"),
        )
    };
    let refused =
        |controller| review(&service(controller, "t:1"), &service(controller, "t:2")).fails_on(FailOn::Refused);
    assert!(refused("CODE_DEPLOY"));
    assert!(!refused("ECS"));
}
