//! Where policy documents stand, of which kind each is, and their statements with every branch of `Fn::If`.

use crate::checks::Set;
use crate::read::template::branch::branches;
use crate::read::template::kind::is_open;
use crate::read::template::{Resource, Template};
use crate::read::{Entry, Map, Node};

/// What a policy is about decides which elements its statements must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// What whoever has it may do.
    Identity,
    /// Who may assume a role.
    Trust,
    /// Who may do what with a resource; it names the resource in its statements.
    Resource,
    /// The same of types whose statements need not name the resource, or the principal.
    Loose,
}

/// A document and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Document<'s, 'a> {
    pub(super) template: &'s Template<'a>,
    pub(super) resource: &'s Resource<'a>,
    /// The key and the document behind it.
    pub(super) entry: &'a Entry,
    pub(super) about: About,
}

const PLACES: [(&str, &str, About); 24] = [
    ("AWS::IAM::Policy", "PolicyDocument", About::Identity),
    ("AWS::IAM::ManagedPolicy", "PolicyDocument", About::Identity),
    ("AWS::IAM::RolePolicy", "PolicyDocument", About::Identity),
    ("AWS::IAM::UserPolicy", "PolicyDocument", About::Identity),
    ("AWS::IAM::GroupPolicy", "PolicyDocument", About::Identity),
    ("AWS::SSO::PermissionSet", "InlinePolicy", About::Identity),
    ("AWS::IAM::Role", "AssumeRolePolicyDocument", About::Trust),
    ("AWS::KMS::Key", "KeyPolicy", About::Resource),
    ("AWS::KMS::ReplicaKey", "KeyPolicy", About::Resource),
    ("AWS::S3::BucketPolicy", "PolicyDocument", About::Resource),
    ("AWS::SNS::TopicPolicy", "PolicyDocument", About::Resource),
    ("AWS::SQS::QueuePolicy", "PolicyDocument", About::Resource),
    ("AWS::OpenSearchService::Domain", "AccessPolicies", About::Resource),
    ("AWS::Elasticsearch::Domain", "AccessPolicies", About::Resource),
    ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", About::Resource),
    ("AWS::S3::AccessPoint", "Policy", About::Resource),
    ("AWS::ECR::Repository", "RepositoryPolicyText", About::Loose),
    ("AWS::ECR::RegistryPolicy", "PolicyText", About::Loose),
    ("AWS::EFS::FileSystem", "FileSystemPolicy", About::Loose),
    ("AWS::EC2::VPCEndpoint", "PolicyDocument", About::Loose),
    ("AWS::Backup::BackupVault", "AccessPolicy", About::Loose),
    ("AWS::ApiGateway::RestApi", "Policy", About::Loose),
    ("AWS::S3ObjectLambda::AccessPointPolicy", "PolicyDocument", About::Loose),
    (
        "AWS::CodeArtifact::Repository",
        "PermissionsPolicyDocument",
        About::Loose,
    ),
];

/// Every policy document that is written out in the templates.
pub(super) fn all<'s, 'a>(set: &'s Set<'a>) -> Vec<Document<'s, 'a>> {
    let mut found = Vec::new();
    for template in &set.templates {
        for resource in &template.resources {
            let mut push = |entry, about| {
                found.push(Document {
                    template,
                    resource,
                    entry,
                    about,
                });
            };
            for (_, property, about) in PLACES.iter().filter(|(kind, ..)| *kind == resource.kind) {
                if let Some(entry) = resource.properties.and_then(|map| map.entry(property)) {
                    push(entry, *about);
                }
            }
            if matches!(resource.kind, "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group") {
                let inline = resource.property("Policies").map(branches).unwrap_or_default();
                let inline = inline.into_iter().filter_map(Node::list).flatten();
                for policy in inline.flat_map(branches) {
                    if let Some(entry) = policy.map().and_then(|map| map.entry("PolicyDocument")) {
                        push(entry, About::Identity);
                    }
                }
            }
        }
    }
    found
}

/// The statements of a document, with every branch.
pub(super) fn statements(document: &Node) -> Vec<&Node> {
    let Some(statement) = document.get("Statement") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for node in branches(statement) {
        match node.list() {
            Some(items) => found.extend(items.iter().flat_map(branches)),
            None => found.push(node),
        }
    }
    found
}

/// Every statement of every policy document that is written out, with every branch.
pub(super) fn every_statement<'s, 'a>(set: &'s Set<'a>) -> impl Iterator<Item = (&'s Template<'a>, &'a Node)> {
    all(set).into_iter().flat_map(|policy| {
        let found = branches(&policy.entry.value).into_iter().flat_map(statements);
        found.map(move |statement| (policy.template, statement))
    })
}

/// The conditions of a statement, with every branch: the operator and the key.
pub(super) fn conditions(statement: &Node) -> Vec<(&Entry, &Entry)> {
    let mut found = Vec::new();
    for operators in statement.get("Condition").into_iter().flat_map(branches) {
        for operator in operators.map().into_iter().flat_map(Map::iter) {
            for keys in branches(&operator.value) {
                let keys = keys.map().filter(|map| !is_open(map)).into_iter().flat_map(Map::iter);
                found.extend(keys.map(|key| (operator, key)));
            }
        }
    }
    found
}
