//! Permissions that are computed.

mod bind;
mod boundary;
mod execution;
mod machines;
mod pack;
mod sample;
mod told;

use std::fmt::Write;

use serde_json::Value as Json;
use synth::permissions::{Grant, Policy};
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
    let stack = StackName::new("stack").expect("a good name");
    let mut template = Template::new(stack, "A policy", Vec::new());
    let managed = Managed(policy.document.to_node());
    template
        .add(LogicalId::new("the", "Policy"), &managed)
        .expect("the only one");
    let stacks = link(&[template]).expect("nothing to link");
    stacks[0].template["Resources"]["ThePolicy"]["Properties"]["PolicyDocument"].clone()
}

/// The document as an account in a region with the longest names would hold it.
fn substituted(policy: &Policy) -> String {
    let longest = [
        ("${AWS::Partition}", "aws-us-gov"),
        ("${AWS::Region}", "ap-southeast-1"),
        ("${AWS::AccountId}", "123456789012"),
    ];
    let text = rendered(policy).to_string();
    let text = text.replace("{\"Fn::Sub\":", "").replace("\"}", "\"");
    longest
        .into_iter()
        .fold(text, |text, (name, value)| text.replace(name, value))
}

/// Grants in a short form: what, on what, when, why.
fn shown(grants: &[Grant]) -> String {
    let short = |text: &str| {
        let text = text.replace("arn:${AWS::Partition}:", "");
        text.replace("${AWS::Region}", "R").replace("${AWS::AccountId}", "A")
    };
    let mut out = String::new();
    for grant in grants {
        let mut line = |mark: &str, texts: Vec<String>| {
            if !texts.is_empty() {
                let _ = writeln!(out, "{mark}{}", short(&texts.join(" ")));
            }
        };
        line("", grant.actions.iter().cloned().collect());
        line("  on ", grant.resources.iter().cloned().collect());
        for condition in &grant.conditions {
            let values: Vec<_> = condition.values.iter().map(String::as_str).collect();
            line(
                "  if ",
                vec![
                    condition.key.clone(),
                    condition.operator.name().to_owned(),
                    values.join(" or "),
                ],
            );
        }
        line("  for ", grant.needed_by.iter().cloned().collect());
        line("  because ", grant.reasons.iter().cloned().collect());
    }
    out
}
