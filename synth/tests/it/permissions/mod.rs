//! Permissions that are computed.

mod pack;

use serde_json::Value as Json;
use synth::permissions::Policy;
use synth::template::{LogicalId, Node, Resource, StackName, Tagging, Template, ToNode, link};

/// A managed policy with the document of a packed one, to see it as it is rendered.
struct Managed(Node);

impl Resource for Managed {
    const TYPE: &'static str = "AWS::IAM::ManagedPolicy";
    const TAGGING: Tagging = Tagging::None;

    fn properties(&self) -> Vec<(&'static str, Node)> {
        vec![("PolicyDocument", self.0.clone())]
    }
}

/// The document of a policy as it stands in a template.
fn rendered(policy: &Policy) -> Json {
    let mut template = Template::new(StackName::new("stack").unwrap(), "A policy", Vec::new());
    let managed = Managed(policy.document.to_node());
    template.add(LogicalId::new("the", "Policy"), &managed).unwrap();
    let stacks = link(&[template]).unwrap();
    stacks[0].template["Resources"]["ThePolicy"]["Properties"]["PolicyDocument"].clone()
}

/// The document as an account in a region with the longest names would hold it.
fn substituted(policy: &Policy) -> String {
    let text = rendered(policy).to_string();
    let longest = [
        ("${AWS::Partition}", "aws-us-gov"),
        ("${AWS::Region}", "ap-southeast-1"),
        ("${AWS::AccountId}", "123456789012"),
    ];
    let text = text.replace("{\"Fn::Sub\":", "").replace("\"}", "\"");
    longest
        .into_iter()
        .fold(text, |text, (name, value)| text.replace(name, value))
}
