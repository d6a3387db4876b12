//! What the rendered templates of an environment make in an account: resources with their ARNs and tags, and roles.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::schema::iam::{self, ResourceKind, Service};
use synth::schema::{self, Handler};

use super::byproducts;
use super::pattern::Pattern;
use super::policy::Principal;
use super::principals;
use super::refer;
use super::resolve::Stacks;
use super::stack::{Moment, Stack};

/// Something that is there after a deployment.
#[derive(Clone, Debug, Default)]
pub(super) struct Thing {
    /// The stack and the logical id, and what it is of that if it is a by-product.
    pub(super) label: String,
    /// The name of its stack.
    pub(super) stack: String,
    /// Its type in CloudFormation; empty for a by-product.
    pub(super) kind: String,
    /// Its ARN; empty for what is a part of others.
    pub(super) arn: String,
    pub(super) name: String,
    /// The tags that its template gives it.
    pub(super) tags: BTreeMap<String, String>,
    /// Tags that AWS gives it.
    pub(super) system_tags: BTreeMap<String, String>,
    /// Condition keys that look at it, besides its tags.
    pub(super) keys: BTreeMap<String, Vec<String>>,
    /// Its properties without functions.
    pub(super) properties: Json,
    /// Its `DeletionPolicy`.
    pub(super) deletion: String,
    /// The things that its properties name.
    pub(super) refers: Vec<usize>,
    /// The by-products that come with it.
    pub(super) parts: Vec<usize>,
    /// What IAM calls its kind, with the prefix of the service whose kind it is.
    pub(super) kinds: Vec<(&'static str, &'static ResourceKind)>,
    /// The handlers that make and tag a by-product with the rights that they have; others a service makes for itself.
    pub(super) made_by: Vec<Handler>,
}

impl Thing {
    /// The ARNs under which its service looks for a permission: several log groups' actions are on their streams.
    pub(super) fn arns(&self) -> Vec<String> {
        if self.kind == "AWS::Logs::LogGroup" {
            return ["", ":log-stream:", ":*"]
                .iter()
                .map(|end| format!("{}{end}", self.arn))
                .collect();
        }
        vec![self.arn.clone()]
    }

    /// What a service calls its kind, by the service's prefix.
    pub(super) fn kind_in(&self, prefix: &str) -> Option<&'static ResourceKind> {
        self.kinds
            .iter()
            .find(|(service, _)| *service == prefix)
            .map(|(_, kind)| *kind)
    }

    /// All its tags.
    pub(super) fn all_tags(&self) -> impl Iterator<Item = (&String, &String)> {
        self.tags.iter().chain(&self.system_tags)
    }
}

/// The kinds of resource that an ARN is of, with the prefix of the service whose they are. The actions of the firewall
/// are on what it protects.
fn kinds(arn: &str) -> Vec<(&'static str, &'static ResourceKind)> {
    let own = arn.split(':').nth(2).and_then(iam::service);
    let services = own
        .into_iter()
        .chain(iam::service("wafv2").filter(|_| arn.contains(":loadbalancer/")));
    services
        .filter_map(|service| Some((service.prefix, kind(service, arn)?)))
        .collect()
}

/// The kind of a service whose shape says most of an ARN.
fn kind(service: &'static Service, arn: &str) -> Option<&'static ResourceKind> {
    let shapes = service.resources.iter();
    let shapes = shapes.flat_map(|kind| kind.arns.iter().map(move |shape| (kind, shape)));
    let fitting = shapes.filter_map(|(kind, shape)| Some((literal(shape, arn)?, !shape.ends_with('*'), kind)));
    let best = fitting.max_by_key(|(literal, named, _)| (*literal, *named));
    best.map(|(_, _, kind)| kind)
}

/// How many characters of a shape are written out, if an ARN has that shape.
fn literal(shape: &str, arn: &str) -> Option<usize> {
    // Most shapes can be told from the first part of the resource.
    let start = |text: &str| {
        text.split(':')
            .nth(5)
            .map(|resource| resource.split(['/', '$', '*']).next().unwrap_or_default().to_owned())
    };
    let (asked, given) = (start(shape)?, start(arn)?);
    if !given.starts_with(&asked) {
        return None;
    }
    let mut pattern = String::new();
    let mut rest = shape;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        pattern.push('*');
        rest = after.split_once('}')?.1;
    }
    pattern.push_str(rest);
    let fits = Pattern::new(&pattern).covers_arn(arn);
    fits.then(|| pattern.bytes().filter(|byte| *byte != b'*').count())
}

/// An environment of a system, deployed.
pub(super) struct World {
    /// Such as `cars-api dev`.
    pub(super) label: String,
    pub(super) system: String,
    pub(super) things: Vec<Thing>,
    /// Its roles; those that a person makes stand first.
    pub(super) principals: Vec<Principal>,
}

/// The rendered files of an environment.
pub(super) struct Site {
    pub(super) system: String,
    pub(super) environment: String,
    /// By the names of the stacks, in the order of deployment.
    pub(super) templates: Vec<(String, Json)>,
    pub(super) parameters: Json,
}

impl World {
    pub(super) fn new(site: &Site, moment: Moment) -> Self {
        let stacks = site
            .templates
            .iter()
            .map(|(name, template)| Stack::new(name, template.clone(), &site.parameters, moment));
        let stacks = Stacks(stacks.collect());
        let mut things = Vec::new();
        for stack in &stacks.0 {
            things.push(of_stack(stack));
            for (id, resource) in stack.resources() {
                let there = resource["Condition"]
                    .as_str()
                    .is_none_or(|name| stacks.condition(stack, name));
                if there {
                    things.push(thing(&stacks, stack, id, resource));
                }
            }
        }
        refer::all(&mut things);
        byproducts::add(&mut things);
        for thing in &mut things {
            thing.kinds = kinds(&thing.arn);
            assert!(
                thing.arn.is_empty() || !thing.kinds.is_empty(),
                "{}: IAM knows no such kind",
                thing.arn
            );
        }
        let principals = principals::of(&things);
        Self {
            label: format!("{} {}", site.system, site.environment),
            system: site.system.clone(),
            things,
            principals,
        }
    }

    /// A role by the end of its name, such as `deploy`.
    pub(super) fn principal(&self, end: &str) -> &Principal {
        let found = self.principals.iter().find(|one| one.name == end);
        found.unwrap_or_else(|| panic!("{} has no role {end}", self.label))
    }
}

/// The stack itself.
fn of_stack(stack: &Stack) -> Thing {
    Thing {
        label: stack.name.clone(),
        stack: stack.name.clone(),
        arn: stack.arn(),
        name: stack.name.clone(),
        ..Thing::default()
    }
}

fn thing(stacks: &Stacks, stack: &Stack, id: &str, resource: &Json) -> Thing {
    let kind = resource["Type"].as_str().unwrap();
    let physical = stacks.physical(stack, id);
    let properties = stacks.eval(stack, &resource["Properties"]).unwrap_or_default();
    let tags = schema::resource(kind).and_then(|schema| Some(tags(&properties[schema.tags()?.property])));
    let mut tags = tags.unwrap_or_default();
    // A launch template says its own tags beside those of what it starts.
    let said = properties["TagSpecifications"].as_array().into_iter().flatten();
    for own in said.filter(|of| of["ResourceType"] == "launch-template") {
        tags.extend(self::tags(&own["Tags"]));
    }
    let tagging = schema::resource(kind).map_or(&Json::Null, |schema| &schema.raw()["tagging"]);
    let mut system_tags = BTreeMap::new();
    if !tags.is_empty() && tagging["cloudFormationSystemTags"] != false {
        system_tags.insert("aws:cloudformation:stack-name".to_owned(), stack.name.clone());
        system_tags.insert("aws:cloudformation:stack-id".to_owned(), stack.arn());
        system_tags.insert("aws:cloudformation:logical-id".to_owned(), id.to_owned());
    }
    Thing {
        label: format!("{}/{id}", stack.name),
        stack: stack.name.clone(),
        kind: kind.to_owned(),
        arn: physical.arn,
        // What others name it by.
        name: physical.reference,
        tags,
        system_tags,
        properties,
        deletion: resource["DeletionPolicy"].as_str().unwrap_or("Delete").to_owned(),
        ..Thing::default()
    }
}

/// Tags, which are pairs of `Key` and `Value` or an object.
fn tags(json: &Json) -> BTreeMap<String, String> {
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    match json {
        Json::Array(pairs) => pairs
            .iter()
            .map(|pair| (text(&pair["Key"]), text(&pair["Value"])))
            .collect(),
        Json::Object(map) => map.iter().map(|(key, value)| (key.clone(), text(value))).collect(),
        _ => BTreeMap::new(),
    }
}
