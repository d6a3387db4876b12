//! What a reference to a resource gives.

use super::ResourceSchema;

/// Types whose `Ref` gives something else than their identifier (CloudFormation template reference, "Return values" on the
/// page of each).
const BY_REF: [(&str, &str); 2] = [("AWS::ECS::Service", "ServiceArn"), ("AWS::Events::Rule", "Name")];

impl ResourceSchema {
    /// What `Ref` gives: the identifier, or what the page of the type says that it gives instead, which no schema tells.
    pub fn by_ref(&self) -> impl Iterator<Item = &str> {
        let other = BY_REF.iter().find(|(kind, _)| *kind == self.name());
        let identifier = self.primary_identifier().filter(move |_| other.is_none());
        identifier.chain(other.map(|(_, name)| *name))
    }
}
