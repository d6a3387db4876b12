//! The template language: what a typed value becomes.

mod functions;
mod links;
mod names;
mod overrides;
mod pretty;
mod settings;
mod tags;

use serde_json::Value as Json;
use synth::template::{
    Error, Handle, LogicalId, Node, Resource, Stack, StackName, Tagging, Template, ToNode, Value, link,
};

/// A resource with one property, `It`.
struct Thing(Node);

impl Resource for Thing {
    const TYPE: &'static str = "Test::The::Thing";
    const TAGGING: Tagging = Tagging::None;

    fn properties(&self) -> Vec<(&'static str, Node)> {
        vec![("It", self.0.clone())]
    }
}

fn thing<T>(value: &Value<T>) -> Thing {
    Thing(value.to_node())
}

fn name(text: &str) -> StackName {
    StackName::new(text).unwrap()
}

fn id(role: &str) -> LogicalId {
    LogicalId::new(role, "")
}

/// A template without tags.
fn template(stack: &str) -> Template {
    Template::new(name(stack), "A test", Vec::new())
}

/// The one template that these make, as JSON.
fn json(template: Template) -> Json {
    stack(template).template
}

fn stack(template: Template) -> Stack {
    let mut stacks = link(&[template]).unwrap();
    assert_eq!(stacks.len(), 1);
    stacks.remove(0)
}

/// A value as it stands in a template that has the VPC `Vpc`, the parameter `Count` and the condition `Always`.
fn shown<T>(value: impl FnOnce(&Known) -> Value<T>) -> String {
    let mut template = template("here");
    let known = Known::new(&mut template);
    template.add(id("thing"), &thing(&value(&known))).unwrap();
    json(template)["Resources"]["Thing"]["Properties"]["It"].to_string()
}

struct Known {
    vpc: Handle<synth::aws::ec2::Vpc>,
    count: Value<String>,
    always: synth::template::Condition,
}

impl Known {
    fn new(template: &mut Template) -> Self {
        let vpc = synth::aws::ec2::Vpc::new();
        Self {
            vpc: template.add(id("vpc"), &vpc).unwrap(),
            count: template
                .parameter("Count", synth::template::Parameter::text("How many"))
                .unwrap(),
            always: template
                .condition("Always", synth::template::Test::equals(&"a".into(), "a"))
                .unwrap(),
        }
    }
}

fn refused(templates: &[Template]) -> Error {
    link(templates).unwrap_err()
}
