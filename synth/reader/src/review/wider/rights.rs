//! What everybody has together: all policies of a role, all policies that stand on a resource.
//!
//! A right that moves from one policy of a role to another is nothing new to the role.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::differ;
use super::super::rename;
use super::super::show::brief;
use super::super::stack::{Item, Stack};
use super::policies::statements;
use super::statement::Statement;
use crate::read::template::json::{target, values};

/// The templates of one side, by file.
pub(in crate::review) type Stacks<'a> = BTreeMap<&'a str, &'a Stack>;

/// Both sides; what they hold together is only worked out where something seems to get wider.
pub(in crate::review) struct Both<'a> {
    old: &'a Stacks<'a>,
    new: &'a Stacks<'a>,
    rights: OnceCell<(Rights<'a>, Rights<'a>)>,
}

impl<'a> Both<'a> {
    pub(in crate::review) fn new(old: &'a Stacks<'a>, new: &'a Stacks<'a>) -> Self {
        Self {
            old,
            new,
            rights: OnceCell::new(),
        }
    }

    pub(super) fn old(&self) -> &Rights<'a> {
        &self.rights().0
    }

    pub(super) fn now(&self) -> &Rights<'a> {
        &self.rights().1
    }

    fn rights(&self) -> &(Rights<'a>, Rights<'a>) {
        self.rights.get_or_init(|| {
            let renamed = renamed(self.old, self.new);
            (Rights::of(self.old, renamed), Rights::of(self.new, BTreeMap::new()))
        })
    }
}

/// Where a resource stands.
type At<'a> = (&'a str, &'a str);

/// The logical ids that resources have now, by file and the id that they had.
fn renamed<'a>(old: &Stacks<'a>, new: &Stacks<'a>) -> BTreeMap<At<'a>, &'a str> {
    let mut found = BTreeMap::new();
    for (file, before) in old {
        let Some(after) = new.get(file) else { continue };
        let without = |one: &'a Stack, other: &Stack| -> Vec<&'a Item> {
            let items = one.items.values();
            items.filter(|item| !other.items.contains_key(&item.id)).collect()
        };
        let (gone, come) = (without(before, after), without(after, before));
        let pairs = rename::pairs(&gone, &come).into_iter();
        found.extend(pairs.map(|(from, to)| ((*file, gone[from].id.as_str()), come[to].id.as_str())));
    }
    found
}

/// Who has a policy, or what it stands on: a resource and the group of its policies, or a name.
pub(super) type Holder = String;

/// The rights of one side.
#[derive(Default)]
pub(super) struct Rights<'a> {
    stacks: Stacks<'a>,
    renamed: BTreeMap<At<'a>, &'a str>,
    /// Roles and policies by the names that their templates give them.
    named: BTreeMap<(&'static str, String), At<'a>>,
    /// Who lists a managed policy among its own.
    attached: BTreeMap<At<'a>, Vec<Holder>>,
    held: BTreeMap<Holder, Vec<Statement>>,
}

/// The types of whoever has policies, and where their names stand.
const WHO: [(&str, &str, &str); 3] = [
    ("AWS::IAM::Role", "RoleName", "Roles"),
    ("AWS::IAM::User", "UserName", "Users"),
    ("AWS::IAM::Group", "GroupName", "Groups"),
];

const MANAGED: &str = "AWS::IAM::ManagedPolicy";

/// What stands for all who have a policy and are not among the files.
const OTHERS: &str = "others";

impl<'a> Rights<'a> {
    fn of(stacks: &Stacks<'a>, renamed: BTreeMap<At<'a>, &'a str>) -> Self {
        let mut rights = Self {
            stacks: stacks.clone(),
            renamed,
            ..Self::default()
        };
        let items = || {
            stacks
                .iter()
                .flat_map(|(file, stack)| stack.items.values().map(|item| (*file, item)))
        };
        for (file, item) in items() {
            rights.learn_name(file, item);
        }
        for (file, item) in items() {
            rights.learn_attached(file, item);
        }
        for (file, item) in items() {
            if WHO.iter().any(|(kind, ..)| *kind == item.kind) {
                rights.held.entry(rights.own(file, &item.id, "Policies")).or_default();
            }
            for (path, statement) in statements(item, true) {
                for holder in rights.holders(file, item, &path) {
                    rights.held.entry(holder).or_default().push(statement.clone());
                }
            }
        }
        rights
    }

    fn learn_name(&mut self, file: &'a str, item: &'a Item) {
        let names = WHO.iter().map(|(kind, name, _)| (*kind, *name));
        let mut names = names.chain([(MANAGED, "ManagedPolicyName")]);
        let name = names.find(|(kind, _)| *kind == item.kind);
        if let Some((kind, value)) = name.and_then(|(kind, name)| Some((kind, item.properties.get(name)?))) {
            self.named.insert((kind, brief(value)), (file, &item.id));
        }
    }

    fn learn_attached(&mut self, file: &'a str, item: &'a Item) {
        for value in item.properties.get("ManagedPolicyArns").into_iter().flat_map(values) {
            if let Some(policy) = self.policy(file, value) {
                let own = self.own(file, &item.id, "Policies");
                self.attached.entry(policy).or_default().push(own);
            }
        }
    }

    /// The managed policy that a value names, if it is one of the templates.
    fn policy(&self, file: &'a str, value: &Json) -> Option<At<'a>> {
        if let Some((id, _)) = target(value) {
            let item = self.stacks.get(file)?.items.get(id)?;
            return (item.kind == MANAGED).then_some((file, item.id.as_str()));
        }
        let text = brief(value);
        let (_, name) = text.split_once(":policy/")?;
        let name = name.rsplit('/').next()?.to_owned();
        self.named.get(&(MANAGED, name)).copied()
    }

    /// A resource of the templates as a holder.
    fn own(&self, file: &str, id: &str, group: &str) -> Holder {
        let id = self.renamed.get(&(file, id)).copied().unwrap_or(id);
        format!("{file}\n{id}\n{group}")
    }

    /// What a value names, as a holder.
    fn holder(&self, file: &'a str, value: &Json, kind: &'static str, group: &str) -> Holder {
        let items = self.stacks.get(file).map(|stack| &stack.items);
        if let Some(item) = target(value).and_then(|(id, _)| items?.get(id)) {
            return self.own(file, &item.id, group);
        }
        let name = brief(value);
        match self.named.get(&(kind, name.clone())) {
            Some((file, id)) => self.own(file, id, group),
            None => format!("\n{name}\n{group}"),
        }
    }

    /// Who has a policy that stands at a path of a resource; none if nobody is known.
    pub(super) fn holders(&self, file: &'a str, item: &Item, path: &str) -> Vec<Holder> {
        let first = differ::first(path);
        let named = |property: &str, kind: &'static str, group: &str| -> Vec<Holder> {
            let all = item.properties.get(property).into_iter().flat_map(values);
            all.map(|value| self.holder(file, value, kind, group)).collect()
        };
        let lists = || WHO.iter().flat_map(|(kind, _, list)| named(list, kind, "Policies"));
        match item.kind.as_str() {
            "AWS::IAM::Policy" => lists().collect(),
            MANAGED => {
                let attached = self
                    .attached
                    .get(&(file, item.id.as_str()))
                    .into_iter()
                    .flatten()
                    .cloned();
                let others = self.is_exported(file, item).then(|| OTHERS.to_owned());
                lists().chain(attached).chain(others).collect()
            }
            "AWS::IAM::RolePolicy" => named("RoleName", WHO[0].0, "Policies"),
            "AWS::IAM::UserPolicy" => named("UserName", WHO[1].0, "Policies"),
            "AWS::IAM::GroupPolicy" => named("GroupName", WHO[2].0, "Policies"),
            "AWS::Lambda::Permission" => named("FunctionName", "", "on"),
            "AWS::Lambda::LayerVersionPermission" => named("LayerVersionArn", "", "on"),
            "AWS::Events::EventBusPolicy" => match item.properties.get("EventBusName") {
                Some(bus) => vec![self.holder(file, bus, "", "on")],
                None => vec!["\ndefault\non".to_owned()],
            },
            kind if kind.ends_with("Policy") => {
                let places = item.properties.iter().filter(|(name, value)| is_place(name, value));
                let all = places.flat_map(|(_, value)| values(value));
                all.map(|value| self.holder(file, value, "", "on")).collect()
            }
            _ => vec![self.own(file, &item.id, first)],
        }
    }

    /// Whether other templates can take a policy from this one.
    fn is_exported(&self, file: &str, item: &Item) -> bool {
        let outputs = self
            .stacks
            .get(file)
            .into_iter()
            .flat_map(|stack| stack.outputs.values());
        let names = |value: &Json| target(value).is_some_and(|(id, _)| id == item.id);
        let mut exported = outputs.filter(|output| output.get("Export").is_some());
        exported.any(|output| output.get("Value").is_some_and(names))
    }

    /// Whether a holder is among the templates, or is named by them.
    pub(super) fn has(&self, holder: &str) -> bool {
        self.held.contains_key(holder)
    }

    /// Whether one of the statements of a holder that allow, or that deny, says all of another.
    pub(super) fn covers(&self, holder: &str, statement: &Statement) -> bool {
        let held = self.held.get(holder).into_iter().flatten();
        let mut of_kind = held.filter(|own| own.deny == statement.deny);
        of_kind.any(|own| own.covers(statement))
    }

    /// Whether a holder has all that a managed policy of the other side allows.
    pub(super) fn has_all_of(&self, other: &Self, file: &'a str, holder: &str, policy: &Json) -> bool {
        let item = other
            .policy(file, policy)
            .and_then(|(file, id)| other.stacks.get(file)?.items.get(id));
        item.is_some_and(|item| {
            let mut allowed = statements(item, true)
                .into_iter()
                .filter(|(_, statement)| !statement.deny);
            allowed.all(|(_, statement)| statement.atoms().iter().all(|atom| self.covers(holder, atom)))
        })
    }

    /// The holder that a value of `Roles`, `Users` or `Groups` names.
    pub(super) fn member(&self, file: &'a str, list: &str, value: &Json) -> Option<Holder> {
        let (kind, ..) = WHO.iter().find(|(_, _, of)| *of == list)?;
        Some(self.holder(file, value, kind, "Policies"))
    }

    /// Someone who has policies, as a holder.
    pub(super) fn owner(&self, file: &str, item: &Item) -> Holder {
        self.own(file, &item.id, "Policies")
    }
}

/// Whether a property of a policy says on what it stands.
fn is_place(name: &str, value: &Json) -> bool {
    const OTHER: [&str; 6] = [
        "PolicyName",
        "PolicyType",
        "Description",
        "Id",
        "Tags",
        "BlockPublicPolicy",
    ];
    let text = |value: &Json| value.is_string() || target(value).is_some() || value.get("Fn::Join").is_some();
    let is_text = text(value) && !value.as_str().is_some_and(|text| text.trim_start().starts_with('{'));
    let is_list = value
        .as_array()
        .is_some_and(|items| !items.is_empty() && items.iter().all(text));
    !OTHER.contains(&name) && (is_text || is_list || value.get("Fn::ImportValue").is_some())
}

/// The name of a holder, as it is shown.
pub(super) fn shown(holder: &str) -> &str {
    holder.split('\n').nth(1).unwrap_or(holder)
}
