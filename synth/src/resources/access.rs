//! Who may do what: GitHub's identity, the roles of pipelines and of CloudFormation, and the boundary of all others.
//! Every permission comes computed; none is written here.

use super::place::Place;
use super::registry;
use super::role::Boundary;
use crate::aws::iam;
use crate::permissions::{Policy, Unbound};
use crate::schema::github::claim::ISSUER;
use crate::template::{Arn, Conditions, Document, Error, Handle, LogicalId, Operator, Principal};
use crate::template::{Statement, Template, Value, pseudo, sub};

/// What the roles of an environment may do, and whom they trust.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// What the roles inside the stacks may do at the most. It fits into one policy.
    pub boundaries: Vec<(Boundary, Policy)>,
    /// What reading the resources of the stacks takes: CloudFormation and reviews both do.
    pub reading: Vec<Policy>,
    /// What CloudFormation may do besides to deploy the stacks.
    pub execution: Vec<Policy>,
    /// What releases and deployments may do.
    pub deploy: Role,
    /// What reviews may do besides: they change nothing.
    pub review: Role,
    /// What the jobs may do that push to the registry; nothing where the registry is not.
    pub publish: Role,
    /// What the jobs may do that look at what the registry holds; nothing where the registry is not.
    pub verify: Role,
    /// What IAM cannot bind of all that to the environment.
    pub unbound: Vec<Unbound>,
}

/// A role of GitHub's jobs.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// What it may do.
    pub policies: Vec<Policy>,
    /// Whom it trusts.
    pub callers: Callers,
}

/// What a role that a person makes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// GitHub releases and deploys with it.
    Deploy,
    /// GitHub publishes and signs images with it.
    Publish,
    /// GitHub verifies images with it.
    Verify,
    /// GitHub reviews pull requests and looks for drift with it.
    Review,
    /// CloudFormation deploys the stacks with it.
    CloudFormation,
}

impl Duty {
    /// All there are.
    pub const ALL: [Self; 5] = [
        Self::Deploy,
        Self::Publish,
        Self::Verify,
        Self::Review,
        Self::CloudFormation,
    ];

    /// What the name of the role ends with.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Publish => "publish",
            Self::Verify => "verify",
            Self::Review => "review",
            Self::CloudFormation => "cloudformation",
        }
    }

    /// The logical id of the role.
    #[must_use]
    pub fn id(self) -> LogicalId {
        LogicalId::new(self.name(), "Role")
    }
}

impl Access {
    /// The policies of a role, besides what all share.
    #[must_use]
    pub fn policies(&self, duty: Duty) -> &[Policy] {
        match duty {
            Duty::Deploy => &self.deploy.policies,
            Duty::Publish => &self.publish.policies,
            Duty::Verify => &self.verify.policies,
            Duty::Review => &self.review.policies,
            Duty::CloudFormation => &self.execution,
        }
    }
}

/// Jobs, as GitHub's tokens tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callers {
    /// Their subjects.
    pub subjects: Vec<String>,
    /// The files of their workflows, each with the branch; any if empty.
    pub files: Vec<String>,
}

/// The two stacks that a person deploys: the registry, GitHub's identity and its roles, and what no role may pass; then
/// the role of CloudFormation, whose policies alone can fill a template.
pub(crate) fn expand(
    place: Place<'_>,
    bootstrap: &mut Template,
    permissions: &mut Template,
    access: &Access,
) -> Result<(), Error> {
    if place.system.is_first(place.environment) {
        let registry = registry::expand(place, bootstrap)?;
        bootstrap.output("RegistryUri", "Where images are pushed to.", registry.uri())?;
    }
    let provider = provider(place, bootstrap)?;
    boundaries(place, bootstrap, &access.boundaries)?;
    let reading = "Reads the resources of the stacks";
    let reading = policies(place, bootstrap, ("reading", reading), &access.reading)?;
    // Some are made in one environment only.
    let made = JOBS.iter().map(|(duty, what, of)| (*duty, what, of(access)));
    for (duty, what, given) in made.filter(|(.., given)| !given.policies.is_empty()) {
        let trust = from_github(&provider, &given.callers);
        let attached = policies(place, bootstrap, (duty.name(), what), &given.policies)?;
        role(place, bootstrap, (duty, what), trust, attached)?;
    }
    let review = "GitHub reviews pull requests and looks for drift with it; it changes nothing";
    let trust = from_github(&provider, &access.review.callers);
    let mut attached = policies(place, bootstrap, (Duty::Review.name(), review), &access.review.policies)?;
    attached.extend(reading);
    role(place, bootstrap, (Duty::Review, review), trust, attached)?;
    of_cloudformation(place, permissions, access)
}

/// What jobs do with their role, and which one that is.
type Job = (Duty, &'static str, fn(&Access) -> &Role);

const JOBS: [Job; 3] = [
    (Duty::Deploy, "GitHub releases and deploys with it", |access| {
        &access.deploy
    }),
    (
        Duty::Publish,
        "GitHub publishes and signs images with it in the registry, and nothing else",
        |access| &access.publish,
    ),
    (
        Duty::Verify,
        "GitHub verifies images with it in the registry, and nothing else",
        |access| &access.verify,
    ),
];

/// What no role of the stacks may pass, whoever writes its policies.
fn boundaries(place: Place<'_>, template: &mut Template, policies: &[(Boundary, Policy)]) -> Result<(), Error> {
    for (boundary, policy) in policies {
        let policy = iam::ManagedPolicy {
            description: Some(format!("The most that {} of {} may do", boundary.whose(), place.prefix()).into()),
            managed_policy_name: Some(boundary.name(place).into()),
            ..iam::ManagedPolicy::new(policy.document.clone())
        };
        template.add(boundary.id(), &policy)?;
    }
    Ok(())
}

fn of_cloudformation(place: Place<'_>, template: &mut Template, access: &Access) -> Result<(), Error> {
    let (duty, what) = (Duty::CloudFormation, "CloudFormation deploys the stacks with it");
    let trust = Statement::allow("CloudFormation", ["sts:AssumeRole"], vec![])
        .to(Principal::service("cloudformation.amazonaws.com"))
        .when(Conditions::none().and(Operator::StringEquals, "aws:SourceAccount", pseudo::account()));
    let mut attached = by_name(place, "reading", access.reading.len());
    attached.extend(policies(place, template, (duty.name(), what), &access.execution)?);
    role(place, template, (duty, what), trust, attached)?;
    Ok(())
}

/// GitHub's identity provider. An account has one, so it is made unless it is there. Gives its ARN, which is the same whoever made it.
fn provider(place: Place<'_>, template: &mut Template) -> Result<Value<String>, Error> {
    if !place.system.makes_provider(place.environment) {
        let existing = "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/${issuer}";
        return Ok(sub(existing, &[("issuer", &ISSUER)]));
    }
    // AWS checks GitHub's certificate against its own list of authorities, so no thumbprint is needed.
    let provider = iam::OidcProvider {
        client_id_list: Some(["sts.amazonaws.com"].into()),
        url: Some(format!("https://{ISSUER}").into()),
        ..iam::OidcProvider::new()
    };
    let id = LogicalId::new("git-hub", "IdentityProvider");
    let provider = template.add_with(id, &provider, super::place::kept())?;
    Ok(provider.arn().text())
}

/// Trust in jobs of the repository. Subjects are compared as a whole: there is no pattern to get wrong. Every token has
/// the file of the workflow in which its job stands (IAM user guide, "Available keys for AWS OIDC federation").
fn from_github(provider: &Value<String>, callers: &Callers) -> Statement {
    let values = |all: &[String]| all.iter().map(|one| one.as_str().into()).collect();
    let conditions = Conditions::none()
        .and(Operator::StringEquals, &format!("{ISSUER}:aud"), "sts.amazonaws.com")
        .and_any(
            Operator::StringEquals,
            &format!("{ISSUER}:sub"),
            values(&callers.subjects),
        );
    let file = format!("{ISSUER}:job_workflow_ref");
    let conditions = match callers.files.as_slice() {
        [] => conditions,
        files => conditions.and_any(Operator::StringEquals, &file, values(files)),
    };
    Statement::allow("GitHub", ["sts:AssumeRoleWithWebIdentity"], vec![])
        .to(Principal::Federated(provider.clone()))
        .when(conditions)
}

type Attached = Vec<Value<Arn<iam::ManagedPolicy>>>;

/// Policies that are attached to roles. Each has a name, so that another stack can name it without an export, which
/// would hold it fast: what a role may do changes with nearly every change of a system.
fn policies(
    place: Place<'_>,
    template: &mut Template,
    (name, description): (&str, &str),
    policies: &[Policy],
) -> Result<Attached, Error> {
    let mut attached = Vec::new();
    for (number, policy) in (1..).zip(policies) {
        let policy = iam::ManagedPolicy {
            description: Some(description.into()),
            managed_policy_name: Some(numbered(place, name, number).into()),
            ..iam::ManagedPolicy::new(policy.document.clone())
        };
        let id = LogicalId::new(&format!("{name}-{number}"), "Policy");
        attached.push(template.add(id, &policy)?.arn());
    }
    Ok(attached)
}

/// `cars-api-dev-reading-1`.
fn numbered(place: Place<'_>, name: &str, number: usize) -> String {
    place.named(&format!("{name}-{number}"))
}

/// So many policies of another stack.
fn by_name(place: Place<'_>, name: &str, count: usize) -> Attached {
    let arn = |number| {
        let name = numbered(place, name, number);
        let arn = format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{name}");
        sub(&arn, &[]).assume()
    };
    (1..=count).map(arn).collect()
}

fn role(
    place: Place<'_>,
    template: &mut Template,
    (duty, description): (Duty, &str),
    trust: Statement,
    attached: Attached,
) -> Result<Handle<iam::Role>, Error> {
    let role = iam::Role {
        description: Some(description.into()),
        managed_policy_arns: (!attached.is_empty()).then(|| attached.into()),
        role_name: Some(place.named(duty.name()).into()),
        ..iam::Role::new(Document::new([trust]))
    };
    template.add(duty.id(), &role)
}
