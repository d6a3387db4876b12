//! The schema of one resource type.

use serde_json::Value as Json;

use super::store::WHOLE;
use super::{Node, Record, Store, field};

/// What AWS says about a resource type.
#[derive(Debug)]
pub struct ResourceSchema {
    name: &'static str,
    absent: u64,
    raw: Json,
}

/// What `CloudFormation` does with a resource; each needs permissions of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are AWS's own")]
pub enum Handler {
    Create,
    Read,
    Update,
    Delete,
    List,
}

impl Handler {
    /// The letter that stands for it in the store.
    fn letter(self) -> char {
        match self {
            Self::Create => 'c',
            Self::Read => 'r',
            Self::Update => 'u',
            Self::Delete => 'd',
            Self::List => 'l',
        }
    }
}

/// Whether a change of a property replaces the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Replacement {
    /// The resource is updated.
    Never,
    /// It depends on the values: AWS lists the property under `conditionalCreateOnlyProperties`.
    Sometimes,
    /// The resource is replaced: the property is create-only.
    Always,
}

/// In which order a resource and the one that replaces it live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The new one is made before the old one is deleted; a fixed name is in the way of this.
    CreateThenDelete,
    /// The old one is deleted before the new one is made, so for a while there is none.
    DeleteThenCreate,
}

/// How a resource type takes tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags<'a> {
    /// The property that holds them.
    pub property: &'a str,
    /// Whether they can be changed without replacing the resource.
    pub updatable: bool,
    /// Whether the resource has them from the moment it is made.
    pub on_create: bool,
}

/// That AWS is going to take a resource type away, or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle<'a> {
    /// `sunset` or `shutdown`.
    pub status: &'a str,
    /// The day, if it is known.
    pub date: Option<&'a str>,
}

/// A rule of cfn-lint about properties that depend on each other, as JSON Schema (draft 7).
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Its id in cfn-lint, such as `E3047`.
    pub id: &'a str,
    /// What it checks, in a sentence.
    pub says: &'a str,
    /// Where it applies: a path for [`Node::find`], empty for the properties as a whole.
    pub path: &'a str,
    /// The schema that what stands there must satisfy; its `$ref`s lead into itself.
    pub schema: &'a Json,
}

impl ResourceSchema {
    pub(super) fn decode(store: &'static Store, record: &'static Record) -> Self {
        let text = store.text(record).expect(WHOLE);
        Self {
            name: &record.name,
            absent: record.absent,
            raw: serde_json::from_str(text).expect(WHOLE),
        }
    }

    /// A type that AWS does not know; it is taken to exist in every region.
    pub(super) fn private(name: &'static str, raw: Json) -> Self {
        Self { name, absent: 0, raw }
    }

    /// Its name, such as `AWS::ECS::Service`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The JSON Schema that the `Properties` of a resource must satisfy, with AWS's further keywords beside it.
    #[must_use]
    pub fn raw(&self) -> &Json {
        &self.raw
    }

    /// The properties as an object.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::new(&self.raw, &self.raw)
    }

    /// The named schemas that its properties share.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, Node<'_>)> {
        let map = field(&self.raw, "definitions").and_then(Json::as_object);
        let named = map.into_iter().flatten();
        named.map(|(name, json)| (name.as_str(), Node::new(&self.raw, json)))
    }

    /// The place at a path such as `LoadBalancers/*/ContainerPort`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Node<'_>> {
        self.root().find(path)
    }

    /// Whether the type exists in a region.
    #[must_use]
    pub fn is_in(&self, region: &str) -> bool {
        let bit = super::regions().position(|known| known == region);
        bit.is_some_and(|bit| self.absent & (1 << bit) == 0)
    }

    /// Properties whose change replaces the resource, as paths.
    pub fn create_only(&self) -> impl Iterator<Item = &str> {
        self.paths("createOnlyProperties")
    }

    /// Properties whose change replaces the resource in some cases, as paths.
    pub fn conditional_create_only(&self) -> impl Iterator<Item = &str> {
        self.paths("conditionalCreateOnlyProperties")
    }

    /// Properties that only AWS sets, as paths.
    pub fn read_only(&self) -> impl Iterator<Item = &str> {
        self.paths("readOnlyProperties")
    }

    /// Properties that AWS never shows again, such as passwords, as paths.
    pub fn write_only(&self) -> impl Iterator<Item = &str> {
        self.paths("writeOnlyProperties")
    }

    /// Properties that AWS advises against, as paths.
    pub fn deprecated(&self) -> impl Iterator<Item = &str> {
        self.paths("deprecatedProperties")
    }

    /// The properties that identify a resource; `Ref` gives them, joined by `|` if they are several.
    pub fn primary_identifier(&self) -> impl Iterator<Item = &str> {
        self.paths("primaryIdentifier")
    }

    fn paths(&self, key: &str) -> impl Iterator<Item = &str> + use<'_> {
        let list = self.raw.get(key).and_then(Json::as_array);
        let pointers = list.into_iter().flatten().filter_map(Json::as_str);
        pointers.map(|pointer| pointer.strip_prefix("/properties/").unwrap_or(pointer))
    }

    /// What a change at a path such as `Volumes/0/Name` does to the resource.
    #[must_use]
    pub fn replacement(&self, path: &str) -> Replacement {
        if self.create_only().any(|known| touches(known, path)) {
            Replacement::Always
        } else if self.conditional_create_only().any(|known| touches(known, path)) {
            Replacement::Sometimes
        } else {
            Replacement::Never
        }
    }

    /// The order in which a replacement happens.
    #[must_use]
    pub fn order(&self) -> Order {
        if field(&self.raw, "replacementStrategy").and_then(Json::as_str) == Some("delete_then_create") {
            Order::DeleteThenCreate
        } else {
            Order::CreateThenDelete
        }
    }

    /// What `Fn::GetAtt` can name, with dots between the steps, such as `MasterUserSecret.SecretArn`.
    #[must_use]
    pub fn attributes(&self) -> Vec<String> {
        let mut found: Vec<String> = match field(&self.raw, "attributes") {
            Some(Json::Array(more)) => more.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            // These types give every property back, says cfn-lint, which has asked AWS.
            Some(Json::Bool(true)) => {
                let all = self.root().properties().map(|(name, _)| name.to_owned());
                all.filter(|name| self.write_only().all(|path| path != name)).collect()
            }
            _ => Vec::new(),
        };
        let read_only = self.read_only().filter(|path| !path.contains('*'));
        found.extend(read_only.map(|path| path.replace('/', ".")));
        found.sort();
        found.dedup();
        found
    }

    /// How it takes tags; `None` if it takes none.
    #[must_use]
    pub fn tags(&self) -> Option<Tags<'_>> {
        let tagging = field(&self.raw, "tagging");
        let says = |key: &str| tagging.and_then(|tagging| tagging.get(key));
        if says("taggable").or(field(&self.raw, "taggable")) == Some(&Json::Bool(false)) {
            return None;
        }
        let property = says("tagProperty").and_then(Json::as_str).unwrap_or("/properties/Tags");
        let property = property.strip_prefix("/properties/")?;
        self.root().property(property)?;
        Some(Tags {
            property,
            updatable: says("tagUpdatable") != Some(&Json::Bool(false)),
            on_create: says("tagOnCreate") != Some(&Json::Bool(false)),
        })
    }

    /// The actions that changing its tags needs.
    pub fn tag_permissions(&self) -> impl Iterator<Item = &str> {
        self.actions('t')
    }

    /// The actions that `CloudFormation` needs to handle it, such as `ecs:CreateService`, sorted.
    pub fn permissions(&self, handler: Handler) -> impl Iterator<Item = &str> {
        self.actions(handler.letter())
    }

    fn actions(&self, letter: char) -> impl Iterator<Item = &str> {
        let table = field(&self.raw, "permissions")
            .and_then(Json::as_object)
            .into_iter()
            .flatten();
        let needed = table.filter(move |(_, letters)| letters.as_str().is_some_and(|letters| letters.contains(letter)));
        needed.map(|(action, _)| action.as_str())
    }

    /// Whether it is handled by the registry of types; what is not tells no permissions.
    #[must_use]
    pub fn has_handlers(&self) -> bool {
        field(&self.raw, "permissions").is_some()
    }

    /// That AWS takes it away, if so.
    #[must_use]
    pub fn lifecycle(&self) -> Option<Lifecycle<'_>> {
        let lifecycle = field(&self.raw, "lifecycle")?;
        Some(Lifecycle {
            status: lifecycle.get("status")?.as_str()?,
            date: lifecycle.get("date").and_then(Json::as_str),
        })
    }

    /// What must hold between its properties beyond the schema.
    pub fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        let rules = field(&self.raw, "rules").and_then(Json::as_array);
        rules.into_iter().flatten().filter_map(|rule| {
            Some(Rule {
                id: rule.get("id")?.as_str()?,
                says: rule.get("says")?.as_str()?,
                path: rule.get("path")?.as_str()?,
                schema: rule.get("schema")?,
            })
        })
    }
}

/// Whether a change at a path changes what the schema calls by `known`: the same place, one inside it or one around it.
fn touches(known: &str, path: &str) -> bool {
    let is_index = |step: &str| step == "*" || step.bytes().all(|byte| byte.is_ascii_digit());
    // Some schemas leave the `*` of an array out and some do not.
    let steps = |text| str::split(text, '/').filter(move |step| !is_index(step));
    steps(known).zip(steps(path)).all(|(a, b)| a == b)
}
