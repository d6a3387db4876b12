//! Where something is rendered: a system in one of its environments.

use crate::model::{Environment, Keeping, Stack, System};
use crate::monitoring::cloudwatch::On;
use crate::permissions::Scope;
use crate::template::{self, Conditions, Operator, Parameter, Policy, Settings, StackName, Template, Value};

/// A system in one of its environments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) system: &'a System,
    pub(crate) environment: &'a Environment,
}

impl Place<'_> {
    /// An empty template for one of the stacks, with the tags that everything in it has.
    pub(crate) fn template(&self, stack: Stack, description: &str) -> Result<Template, template::Error> {
        let more = [("stack", stack.name().to_owned()), ("managed-by", "synth".to_owned())];
        let tags = self.tags().into_iter().chain(more);
        let tags = tags.map(|(key, value)| (key.to_owned(), value)).collect();
        let description = format!("{} {}: {description}", self.system.name, self.environment.name);
        Ok(Template::new(
            StackName::new(self.system.stack(self.environment, stack))?,
            &description,
            tags,
        ))
    }

    /// The tags that tell what is here from what another system or environment has.
    pub(crate) fn tags(&self) -> [(&'static str, String); 2] {
        [
            ("system", self.system.name.to_string()),
            ("environment", self.environment.name.to_string()),
        ]
    }

    /// What permissions are bound to.
    pub(crate) fn scope(&self) -> Scope {
        Scope::new(&self.prefix(), self.tags())
    }

    /// That what somebody acts on has the tags of what is here.
    pub(crate) fn only_ours(&self) -> Conditions {
        self.tagged("ResourceTag")
    }

    /// That what somebody makes gets the tags of what is here.
    pub(crate) fn becoming_ours(&self) -> Conditions {
        self.tagged("RequestTag")
    }

    fn tagged(&self, of: &str) -> Conditions {
        let tags = self.tags().into_iter();
        tags.fold(Conditions::none(), |all, (key, value)| {
            all.and(Operator::StringEquals, &format!("aws:{of}/{key}"), value)
        })
    }

    /// `predict-api-dev-ROLE`.
    pub(crate) fn named(&self, role: &str) -> String {
        self.system.named(self.environment, role)
    }

    /// The start of all names here: `predict-api-dev`.
    pub(crate) fn prefix(&self) -> String {
        self.system.cluster(self.environment)
    }

    /// What one copy of the service is called here.
    pub(crate) fn copy(&self) -> &'static str {
        On::of(self.system).unit()
    }

    pub(crate) fn keeps(&self) -> bool {
        self.environment.keeping == Keeping::Keep
    }

    /// What happens to a resource that holds data when its stack is deleted. `RetainExceptOnCreate`, so that a first
    /// deployment that fails leaves nothing behind that would block the second.
    pub(crate) fn holding_data(&self) -> Settings {
        if self.keeps() {
            kept()
        } else {
            Settings::keep(Policy::Delete)
        }
    }
}

/// The parameter that says whether nobody can delete what a stack keeps.
pub(crate) const DELETION_PROTECTION: &str = "DeletionProtection";

/// Whether a load balancer or a database is protected from deletion, in an environment that keeps what it holds. It is
/// not while its stack comes to be: a creation that fails is rolled back, and that deletes what it made. What deploys a
/// stack that is there says so with this parameter.
pub(crate) fn protection<T>(template: &mut Template) -> Result<Value<T>, template::Error> {
    template.parameter(
        DELETION_PROTECTION,
        Parameter {
            default: Some("false".into()),
            allowed_values: vec!["false".into(), "true".into()],
            ..Parameter::text(
                "Whether nobody can delete what this stack keeps. What deploys it says true as soon as it is there: \
                 a creation that fails must be able to go.",
            )
        },
    )
}

/// Kept for ever, whatever the environment.
pub(crate) fn kept() -> Settings {
    Settings {
        replacement: Some(Policy::Retain),
        ..Settings::keep(Policy::RetainExceptOnCreate)
    }
}
