//! The generated resource types.

use synth::aws::{ec2, ecs, s3, secretsmanager, sns};
use synth::template::{Function, LogicalId, Node, Reference, Resource, StackName, Tagging, Template, ToNode};

fn template() -> Template {
    let stack = StackName::new("demo").expect("a name that AWS takes");
    Template::new(stack, "A demonstration.", Vec::new())
}

#[test]
fn properties_have_the_names_that_aws_gives_them() {
    let topic = sns::Topic {
        fifo_topic: Some(true.into()),
        topic_name: Some("alerts.fifo".into()),
        ..sns::Topic::new()
    };
    let names: Vec<_> = topic.properties().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["FifoTopic", "TopicName"]);
}

#[test]
fn a_value_that_is_newer_than_the_schema_can_be_passed() {
    let new = ecs::ServiceLaunchType::Other("MOON".to_owned());
    assert_eq!(new.to_node(), Node::Text("MOON".to_owned()));
    assert_eq!(
        ecs::ServiceLaunchType::Fargate.to_node(),
        Node::Text("FARGATE".to_owned())
    );
}

#[test]
fn each_type_says_how_it_takes_tags() {
    assert_eq!(ec2::Vpc::TAGGING, Tagging::List("Tags"));
    assert_eq!(synth::aws::ssm::Parameter::TAGGING, Tagging::Map("Tags"));
    assert_eq!(ec2::Route::TAGGING, Tagging::None);
}

/// What a reference names besides the resource: nothing for `Ref`.
fn attribute(reference: &impl ToNode) -> Option<String> {
    match reference.to_node() {
        Node::Function(function) => match *function {
            Function::Reference(Reference::Resource(_, _, attribute)) => attribute.map(Into::into),
            other => panic!("{other:?} is no reference to a resource"),
        },
        other => panic!("{other:?} is no function"),
    }
}

#[test]
fn a_secret_is_known_by_its_arn() {
    let mut template = template();
    let id = LogicalId::new("database", "Secret");
    let secret = template
        .add(id, &secretsmanager::Secret::new())
        .expect("the first of its name");
    assert_eq!(attribute(&secret.arn()), None);
}

#[test]
fn a_bucket_gives_its_name_by_ref_and_its_arn_by_getatt() {
    let mut template = template();
    let id = LogicalId::new("logs", "Bucket");
    let bucket = template.add(id, &s3::Bucket::new()).expect("the first of its name");
    assert_eq!(
        (attribute(&bucket.name()), attribute(&bucket.arn())),
        (None, Some("Arn".to_owned()))
    );
}
