//! What a change of a property does, and who says so.

use super::{effect, lines, one, review};

#[test]
fn a_create_only_property_replaces() {
    insta::assert_snapshot!(effect("AWS::EC2::VPC", "{CidrBlock: 10.0.0.0/16}", "{CidrBlock: 10.1.0.0/16}"), @r"
    replace R
      CidrBlock: replace (schema-create-only)
    ");
}

#[test]
fn a_property_that_no_source_lists_is_updated() {
    insta::assert_snapshot!(effect("AWS::SQS::Queue", "{DelaySeconds: 1}", "{DelaySeconds: 2}"), @r"
    update R
      DelaySeconds: update (schema)
    ");
}

#[test]
fn a_conditional_property_may_replace() {
    insta::assert_snapshot!(
        effect("AWS::EC2::Instance", "{InstanceType: t3.small}", "{InstanceType: t3.large}"),
        @r"
    may-replace R
      InstanceType: may-replace (schema-conditional)
    "
    );
}

#[test]
fn a_property_that_only_the_service_specification_knows_replaces() {
    insta::assert_snapshot!(effect("AWS::RDS::DBInstance", "{Port: '3306'}", "{Port: '3307'}"), @r"
    replace R
      Port: replace (service-specification)
    ");
    insta::assert_snapshot!(effect("AWS::EC2::EIP", "{Domain: vpc}", "{Domain: standard}"), @r"
    replace R
      Domain: replace (service-specification)
    ");
}

#[test]
fn a_property_that_restarts_interrupts() {
    insta::assert_snapshot!(
        effect("AWS::RDS::DBInstance", "{DBInstanceClass: db.t3.small}", "{DBInstanceClass: db.t3.large}"),
        @r"
    interrupt R
      DBInstanceClass: interrupt (user-guide)
    "
    );
}

#[test]
fn a_type_that_deletes_first_says_so() {
    let review = review(
        &one(
            "AWS::ApiGatewayV2::RouteResponse",
            "{ApiId: a, RouteId: b, RouteResponseKey: c}",
        ),
        &one(
            "AWS::ApiGatewayV2::RouteResponse",
            "{ApiId: a, RouteId: b, RouteResponseKey: d}",
        ),
    );
    assert_eq!(lines(&review).lines().count(), 2);
    let kinds = synth::schema::types().filter(|name| {
        let schema = synth::schema::resource(name).unwrap();
        schema.order() == synth::schema::Order::DeleteThenCreate
    });
    let kind = kinds
        .filter(|name| {
            synth::schema::resource(name)
                .unwrap()
                .create_only()
                .any(|path| !path.contains('/'))
        })
        .find(|name| name.starts_with("AWS::EC2::"));
    let kind = kind.unwrap();
    let schema = synth::schema::resource(kind).unwrap();
    let property = schema.create_only().find(|path| !path.contains('/')).unwrap();
    let (old, new) = (format!("{{{property}: a}}"), format!("{{{property}: b}}"));
    let review = super::review(&one(kind, &old), &one(kind, &new));
    assert!(review.resources[0].delete_first, "{kind} {property}");
}

#[test]
fn spellings_of_the_same_value_are_no_change() {
    for (old, new) in [
        (
            "{QueueName: !Sub 'a-${AWS::Region}'}",
            "{QueueName: !Join ['-', [a, !Ref AWS::Region]]}",
        ),
        ("{QueueName: !Sub '${AWS::Region}'}", "{QueueName: !Ref AWS::Region}"),
        ("{DelaySeconds: 1}", "{DelaySeconds: '1'}"),
        ("{FifoQueue: true}", "{FifoQueue: 'true'}"),
        (
            "{KmsMasterKeyId: !GetAtt K.Arn}",
            "{KmsMasterKeyId: {'Fn::GetAtt': [K, Arn]}}",
        ),
        ("{}", "{DelaySeconds: !Ref AWS::NoValue}"),
        ("{DelaySeconds: 1}", "{DelaySeconds: !If [C, 1, 1]}"),
        ("{QueueName: a-b}", "{QueueName: !Join ['-', [a, b]]}"),
    ] {
        assert_eq!(effect("AWS::SQS::Queue", old, new), "", "{old} {new}");
    }
}

// The CDK takes these for the same number.
#[test]
fn a_version_as_text_is_not_a_number() {
    assert_ne!(
        effect(
            "AWS::RDS::DBInstance",
            "{EngineVersion: '5.1'}",
            "{EngineVersion: '5.10'}"
        ),
        ""
    );
}

#[test]
fn a_number_that_is_written_as_a_name_is_not_that_number() {
    let kind = "AWS::Serverless::Function";
    for (old, new) in [
        ("7", "'007'"),
        ("12345678901234567", "'12345678901234568'"),
        ("100", "'1e2'"),
    ] {
        let variable = |value: &str| format!("{{Environment: {{Variables: {{A: {value}}}}}}}");
        assert_ne!(effect(kind, &variable(old), &variable(new)), "", "{old} {new}");
        assert_eq!(
            effect(kind, &variable(old), &variable(&format!("'{old}'"))),
            "",
            "{old}"
        );
    }
}

// The CDK's specification says that its parts replace; AWS's schema and guide know better.
#[test]
fn what_a_schema_says_of_the_whole_counts_for_its_parts() {
    insta::assert_snapshot!(
        effect(
            "AWS::ElastiCache::ReplicationGroup",
            "{NodeGroupConfiguration: [{ReplicaCount: 1}]}",
            "{NodeGroupConfiguration: [{ReplicaCount: 2}]}"
        ),
        @r"
    may-replace R
      NodeGroupConfiguration[0].ReplicaCount: may-replace (schema-conditional)
    "
    );
}

#[test]
fn a_branch_of_a_condition_is_compared() {
    insta::assert_snapshot!(
        effect("AWS::EC2::VPC", "{CidrBlock: !If [C, 10.0.0.0/16, 10.1.0.0/16]}", "{CidrBlock: !If [C, 10.0.0.0/16, 10.2.0.0/16]}"),
        @r"
    replace R
      CidrBlock: replace (schema-create-only)
    "
    );
}

#[test]
fn a_mapping_is_looked_up() {
    let template = |cidr: &str| {
        format!(
            "Mappings: {{M: {{a: {{b: {cidr}}}}}}}\n{}",
            one("AWS::EC2::VPC", "{CidrBlock: !FindInMap [M, a, b]}")
        )
    };
    insta::assert_snapshot!(lines(&review(&template("10.0.0.0/16"), &template("10.1.0.0/16"))), @r"
    replace R
      CidrBlock: replace (schema-create-only)
    ");
}

#[test]
fn a_nested_create_only_property_replaces_only_if_it_changes() {
    let kind = "AWS::EKS::Cluster";
    insta::assert_snapshot!(
        effect(kind, "{AccessConfig: {BootstrapClusterCreatorAdminPermissions: true}}", "{AccessConfig: {BootstrapClusterCreatorAdminPermissions: false}}"),
        @r"
    replace R
      AccessConfig.BootstrapClusterCreatorAdminPermissions: replace (schema-create-only)
    "
    );
    insta::assert_snapshot!(effect(kind, "{}", "{AccessConfig: {AuthenticationMode: API}}"), @r"
    update R
      AccessConfig: update (schema)
    ");
}

#[test]
fn a_custom_resource_and_an_unknown_type_say_what_is_not_known() {
    insta::assert_snapshot!(effect("Custom::Thing", "{A: 1}", "{A: 2}"), @r"
    update R
      A: update (unknown)
    ");
    insta::assert_snapshot!(effect("Some::Other::Thing", "{A: 1}", "{A: 2}"), @r"
    update R
      A: update (unknown)
    ");
}

#[test]
fn another_order_of_the_same_items_is_told() {
    let review = review(
        &one(
            "AWS::ECS::Service",
            "{CapacityProviderStrategy: [{Base: 1}, {Base: 2}]}",
        ),
        &one(
            "AWS::ECS::Service",
            "{CapacityProviderStrategy: [{Base: 2}, {Base: 1}]}",
        ),
    );
    let reasons = &review.resources[0].changes[0].reasons;
    assert!(
        reasons
            .iter()
            .any(|reason| reason.text == "the same items in another order")
    );
}

#[test]
fn an_item_is_found_again_by_its_name() {
    insta::assert_snapshot!(
        effect(
            "AWS::SQS::Queue",
            "{Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]}",
            "{Tags: [{Key: b, Value: 3}, {Key: a, Value: 1}]}"
        ),
        @r"
    update R
      Tags[0].Value: update (schema)
    "
    );
}

// The CDK has every property of these types as one that replaces.
#[test]
fn a_type_of_sam_does_what_the_type_that_it_becomes_does() {
    insta::assert_snapshot!(effect("AWS::Serverless::Function", "{MemorySize: 1, FunctionName: a}", "{MemorySize: 2, FunctionName: b}"), @r"
    replace R
      FunctionName: replace (transform)
      MemorySize: update (transform)
    ");
    insta::assert_snapshot!(effect("AWS::Serverless::SimpleTable", "{PrimaryKey: {Name: a}}", "{PrimaryKey: {Name: b}}"), @r"
    replace R
      PrimaryKey.Name: replace (transform)
    ");
    insta::assert_snapshot!(effect("AWS::Serverless::Connector", "{Source: {Id: a}}", "{Source: {Id: b}}"), @r"
    update R
      Source.Id: update (transform)
    ");
}

#[test]
fn what_has_no_namesake_is_compared_with_what_stood_in_its_place() {
    insta::assert_snapshot!(
        effect(
            "AWS::DynamoDB::Table",
            "{KeySchema: [{AttributeName: id, KeyType: HASH}]}",
            "{KeySchema: [{AttributeName: pk, KeyType: HASH}]}"
        ),
        @r"
    replace R
      KeySchema[0].AttributeName: replace (service-specification)
    "
    );
}

// The CDK does not look at the policy.
#[test]
fn a_group_of_instances_is_replaced_where_its_update_policy_says_so() {
    let template = |version: u8, policy: &str| {
        format!(
            "Resources: {{R: {{Type: AWS::AutoScaling::AutoScalingGroup, {policy}Properties: {{LaunchTemplate: \
             {{Version: {version}}}}}}}}}\n"
        )
    };
    let verdict = |policy: &str| review(&template(1, policy), &template(2, policy)).resources[0].verdict;
    let policy = |value: &str| format!("UpdatePolicy: {{AutoScalingReplacingUpdate: {{WillReplace: {value}}}}}, ");
    assert_eq!(verdict(""), synth::review::Verdict::Update);
    assert_eq!(verdict(&policy("false")), synth::review::Verdict::Update);
    assert_eq!(verdict(&policy("'true'")), synth::review::Verdict::Replace);
    assert_eq!(
        verdict(&policy("!If [C, true, false]")),
        synth::review::Verdict::MayReplace
    );
}
