//! Stacks that know each other: what a reference leads to, and what a text says before it is deployed.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value as Json;

use super::item::{Item, items};
use super::memo::{Folded, Question, Things};
use super::texts::{product, tidy};
use super::things::{self, Thing, arn, naming, plain};
use crate::read::template::json::{self, values};
use crate::template::Stack;

/// A reference that leads further than this leads in a circle.
pub(super) const FAR: u8 = 16;

/// Stacks and what they export.
pub(super) struct World<'a> {
    pub(super) stacks: Vec<&'a Stack>,
    pub(super) exports: BTreeMap<&'a str, (&'a Stack, &'a Json)>,
    kinds: BTreeMap<Cow<'static, str>, Vec<Item<'a>>>,
    /// The ARNs of all things of a kind, once somebody has asked: every action on the kind does.
    found: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// What binding needs to know of the things of a kind, once somebody has asked.
    pub(super) things: RefCell<BTreeMap<String, Rc<Things>>>,
    /// The ARNs that actions act on.
    pub(super) answers: RefCell<BTreeMap<Question<'a>, Folded>>,
    /// Whether there is a load balancer that is not an application's, so that the table of things is wrong for it.
    other_balancers: bool,
}

impl<'a> World<'a> {
    pub(super) fn new(stacks: impl IntoIterator<Item = &'a Stack>) -> Self {
        let stacks: Vec<&Stack> = stacks.into_iter().collect();
        let mut world = Self {
            stacks: stacks.clone(),
            exports: BTreeMap::new(),
            kinds: BTreeMap::new(),
            found: RefCell::default(),
            things: RefCell::default(),
            answers: RefCell::default(),
            other_balancers: stacks.iter().copied().flat_map(items).any(is_other_balancer),
        };
        for stack in stacks {
            let outputs = stack.template.get("Outputs").and_then(Json::as_object);
            for output in outputs.into_iter().flat_map(|outputs| outputs.values()) {
                let name = output.get("Export").and_then(|export| export.get("Name")?.as_str());
                world.exports.extend(
                    name.zip(output.get("Value"))
                        .map(|(name, value)| (name, (stack, value))),
                );
            }
            for item in items(stack) {
                let own = world.thing(item.kind).into_iter().flat_map(|thing| thing.own);
                let mut kinds: BTreeSet<Cow<'static, str>> = own.map(|(kind, _)| Cow::Borrowed(*kind)).collect();
                if things::of(item.kind).is_none() {
                    kinds.extend(things::alike(item.kind).map(Cow::Owned));
                }
                for kind in kinds {
                    world.kinds.entry(kind).or_default().push(item);
                }
            }
        }
        world
    }

    /// What is known of a type.
    pub(super) fn thing(&self, kind: &str) -> Option<&'static Thing> {
        let known = !(self.other_balancers && kind.starts_with("AWS::ElasticLoadBalancingV2::"));
        things::of(kind).filter(|_| known)
    }

    /// All resources of these stacks.
    pub(super) fn items(&self) -> impl Iterator<Item = Item<'a>> {
        self.stacks.iter().copied().flat_map(items)
    }

    /// The resources that are things of a kind, such as `ec2:vpc`.
    pub(super) fn items_of_kind(&self, kind: &str) -> impl Iterator<Item = Item<'a>> {
        self.kinds.get(kind).into_iter().flatten().copied()
    }

    /// The ARNs of all things of a kind that these stacks make.
    pub(super) fn arns_of_kind(&self, kind: &str) -> BTreeSet<String> {
        if let Some(found) = self.found.borrow().get(kind) {
            return found.clone();
        }
        let items = self.kinds.get(kind).into_iter().flatten();
        let arns: BTreeSet<String> = items.flat_map(|item| self.arns(*item, kind)).collect();
        self.found.borrow_mut().insert(kind.to_owned(), arns.clone());
        arns
    }

    /// The ARNs of a resource as a thing of a kind.
    pub(super) fn arns(&self, item: Item<'a>, kind: &str) -> BTreeSet<String> {
        self.arns_far(item, kind, 0)
    }

    pub(super) fn arns_far(&self, item: Item<'a>, kind: &str, far: u8) -> BTreeSet<String> {
        let own = things::of(item.kind).into_iter().flat_map(|thing| thing.own);
        let shapes = own.filter(|(own, _)| *own == kind);
        shapes
            .flat_map(|(_, shape)| self.filled(item, shape, far))
            .map(|arn| tidy(&arn))
            .collect()
    }

    /// A shape with its properties filled in. A property that holds a foreign ARN is the ARN.
    fn filled(&self, item: Item<'a>, shape: &str, far: u8) -> BTreeSet<String> {
        let mut texts = BTreeSet::from([arn(shape.split('{').next().unwrap_or_default())]);
        let alone = shape.matches('{').count() == 1 && (shape.ends_with('}') || shape.ends_with("}-??????"));
        for piece in shape.split('{').skip(1) {
            let (property, after) = piece.split_once('}').unwrap_or((piece, ""));
            let values = self.named(item, property, far);
            if alone && values.iter().all(|value| value.starts_with("arn:")) && !values.is_empty() {
                return values;
            }
            let values = values
                .iter()
                .map(|value| if value.starts_with("arn:") { "*" } else { value });
            texts = product(&texts, &values.map(|value| format!("{value}{after}")).collect());
        }
        texts
    }

    /// What a property says that names a resource: its own name or that of another.
    fn named(&self, item: Item<'a>, property: &str, far: u8) -> BTreeSet<String> {
        if let Some(optional) = property.strip_prefix('?') {
            return item
                .one(optional)
                .map(|_| self.named(item, optional, far))
                .unwrap_or_default();
        }
        if let Some(by_product) = property.strip_prefix('!') {
            return BTreeSet::from([things::left_behind(by_product, item.stack.name.as_str(), item.id)]);
        }
        let Some(value) = item.one(property).filter(|_| far < FAR) else {
            return match property {
                "Path" => BTreeSet::from(["/".to_owned()]),
                _ => BTreeSet::from([things::made_up(item.kind, item.stack.name.as_str(), item.id)]),
            };
        };
        let texts = values(value)
            .into_iter()
            .flat_map(|value| match self.target(item.stack, value, far) {
                Some((other, Some(attribute))) if things::issued(other.kind, &attribute).is_some() => {
                    self.texts_far(item.stack, value, far + 1)
                }
                Some((other, attribute)) if !attribute.as_ref().is_some_and(|attribute| attribute.contains('.')) => {
                    self.names(other, far + 1)
                }
                _ => self.texts_far(item.stack, value, far + 1),
            });
        texts.map(|text| plain(item.kind, property, &text)).collect()
    }

    /// The names of a resource; several where a condition chooses.
    pub(super) fn names(&self, item: Item<'a>, far: u8) -> BTreeSet<String> {
        match naming(item.kind) {
            Some(property) => self.named(item, property, far),
            None => BTreeSet::from(["*".to_owned()]),
        }
    }

    /// The resource that a reference leads to, and the attribute that it asks for.
    pub(super) fn target(&self, stack: &'a Stack, value: &'a Json, far: u8) -> Option<(Item<'a>, Option<String>)> {
        if far >= FAR {
            return None;
        }
        if let Some((id, attribute)) = json::target(value) {
            return Some((Item::of(stack, id)?, attribute.map(str::to_owned)));
        }
        let ("Fn::ImportValue", name) = json::function(value)? else {
            return None;
        };
        let (stack, value) = self.exports.get(name.as_str()?)?;
        self.target(stack, value, far + 1)
    }
}

fn is_other_balancer(item: Item<'_>) -> bool {
    item.kind == "AWS::ElasticLoadBalancingV2::LoadBalancer"
        && item
            .one("Type")
            .is_some_and(|kind| kind.as_str() != Some("application"))
}
