//! Where something is rendered: a system in one of its environments.

use crate::model::{Checker, Entry, Environment, Keeping, Monitoring, Stack, Standby, System, Waiver};
use crate::permissions::Scope;
use crate::template::{self, Conditions, Operator, Parameter, Policy, Settings, StackName, Template, Value};

/// A system in one of its environments, and the checks that its choices answer for.
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
    fn tags(&self) -> [(&'static str, String); 2] {
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
        let tags = self.tags().into_iter();
        tags.fold(Conditions::none(), |all, (key, value)| {
            all.and(Operator::StringEquals, &format!("aws:ResourceTag/{key}"), value)
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

    /// The waivers of the system for one stack, and those that follow from choices of the environment.
    pub(crate) fn waivers(&self, stack: Stack) -> Vec<Waiver> {
        let mut waivers: Vec<Waiver> = self
            .system
            .waivers
            .iter()
            .filter(|waiver| waiver.stack == stack)
            .cloned()
            .collect();
        waivers.extend(
            self.standing_waivers()
                .into_iter()
                .filter(|waiver| waiver.stack == stack),
        );
        waivers
    }

    fn standing_waivers(&self) -> Vec<Waiver> {
        let waive = |stack, resource: &str, checker, rule: &str, reason: &str| Waiver {
            stack,
            resource: resource.to_owned(),
            checker,
            rule: rule.to_owned(),
            reason: reason.to_owned(),
        };
        let checkov = |stack, resource, rule, reason| waive(stack, resource, Checker::Checkov, rule, reason);
        let mut waivers = vec![checkov(
            Stack::Network,
            "AccessLogsBucket",
            "CKV_AWS_18",
            "this bucket takes the access logs; logging access to it into itself would never end",
        )];
        let open = match &self.environment.entry {
            Entry::Https { .. } => "port 80 is open only to redirect to HTTPS",
            Entry::Http { because } => because,
        };
        waivers.push(checkov(
            Stack::Network,
            "LoadBalancerSecurityGroup",
            "CKV_AWS_260",
            open,
        ));
        if let Entry::Http { because } = &self.environment.entry {
            waivers.push(checkov(Stack::Service, "HttpListener", "CKV_AWS_2", because));
            waivers.push(checkov(Stack::Service, "HttpListener", "CKV_AWS_103", because));
        }
        if self.system.database.is_some() {
            let minor = "RDS takes the major version and chooses the newest minor one; an exact one would be drift as \
                         soon as it is patched";
            waivers.push(waive(Stack::Data, "Database", Checker::CfnLint, "E3691", minor));
            let others = self.database_waivers().into_iter();
            waivers.extend(others.map(|(rule, reason)| checkov(Stack::Data, "Database", rule, reason)));
        }
        waivers
    }

    fn database_waivers(&self) -> Vec<(&'static str, &'static str)> {
        let own = "the service signs in with a password that nobody knows, over TLS; a token of IAM's would have to be \
                   made anew for each connection";
        let mut waivers = vec![("CKV_AWS_161", own)];
        if self.environment.database.standby == Standby::None {
            waivers.push(("CKV_AWS_157", "this environment may be away while its database is"));
        }
        if self.environment.database.monitoring == Monitoring::Basic {
            waivers.push(("CKV_AWS_118", "this environment is watched by its metrics alone"));
        }
        waivers
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
