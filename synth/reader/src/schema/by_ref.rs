//! What a reference to a resource gives.

use super::ResourceSchema;

/// Types whose `Ref` gives something else than their identifier (CloudFormation template reference, "Return values" on the
/// page of each).
const BY_REF: [(&str, &str); 7] = [
    ("AWS::AppSync::ApiKey", "Arn"),
    ("AWS::AppSync::DataSource", "DataSourceArn"),
    ("AWS::AppSync::FunctionConfiguration", "FunctionArn"),
    ("AWS::AppSync::GraphQLApi", "Arn"),
    ("AWS::AppSync::Resolver", "ResolverArn"),
    ("AWS::ECS::Service", "ServiceArn"),
    ("AWS::Events::Rule", "Name"),
];

impl ResourceSchema {
    /// What `Ref` gives: the identifier, or what the page of the type says that it gives instead, which no schema tells.
    pub fn by_ref(&self) -> impl Iterator<Item = &str> {
        let other = BY_REF.iter().find(|(kind, _)| *kind == self.name());
        let identifier = self.primary_identifier().filter(move |_| other.is_none());
        identifier.chain(other.map(|(_, name)| *name))
    }

    /// What `Ref` gives, if that is certainly no ARN: a name, an URL, or an id of a thing that has an ARN besides.
    #[must_use]
    pub fn ref_beside_arn(&self) -> Option<&str> {
        let mut identifier = self.by_ref();
        let only = identifier.next().filter(|_| identifier.next().is_none())?;
        let plain = only.ends_with("Name") || only.ends_with("Url");
        let id = (only.ends_with("Id") || only.ends_with("Identifier")) && only != "Id";
        let has_arn = || self.attributes().iter().any(|attribute| attribute == "Arn");
        (plain || (id && has_arn())).then_some(only)
    }
}
