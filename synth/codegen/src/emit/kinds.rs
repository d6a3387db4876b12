//! What a text refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixups::{ATTRIBUTES, Fixup, PROPERTIES, REFERENCES};

/// The kinds that properties and attributes have, by the formats of the schemas and by the fixups.
pub(crate) struct Kinds {
    /// Resource types that are generated, with the paths of their structs.
    paths: BTreeMap<String, String>,
    /// The fixups that have matched something.
    used: BTreeSet<(&'static str, &'static str)>,
}

impl Kinds {
    pub(crate) fn new<'a>(types: impl IntoIterator<Item = &'a str>) -> Self {
        let paths = types.into_iter().map(|name| (name.to_owned(), path(name))).collect();
        let used = BTreeSet::new();
        Self { paths, used }
    }

    /// `AWS::EC2::VPC.Id` is `Id<crate::aws::ec2::Vpc>`, if that type is generated.
    pub(super) fn of_format(&self, format: &str) -> Option<String> {
        let (name, what) = format.split_once('.')?;
        // The format's name of the service differs from the type's.
        let name = if name == "AWS::ACM::Certificate" {
            "AWS::CertificateManager::Certificate"
        } else {
            name
        };
        let path = self.paths.get(name)?;
        let what = what.strip_suffix('s').unwrap_or(what);
        ["Id", "Arn", "Name"].contains(&what).then(|| format!("{what}<{path}>"))
    }

    /// What a fixup says of a property.
    pub(super) fn of_property(&mut self, resource: &str, path: &str) -> Option<String> {
        let kind = self.find(PROPERTIES, resource, path)?;
        self.of_format(kind)
    }

    /// What a fixup says of an attribute.
    pub(super) fn of_attribute(&mut self, resource: &str, path: &str) -> Option<String> {
        let kind = self.find(ATTRIBUTES, resource, path)?;
        self.of_format(kind)
    }

    /// What a fixup says of `Ref`.
    pub(super) fn of_reference(&mut self, resource: &str) -> Option<&'static str> {
        self.find(REFERENCES, resource, "Ref")
    }

    fn find(&mut self, table: &'static [Fixup], resource: &str, path: &str) -> Option<&'static str> {
        let steps: Vec<_> = path.split('/').filter(|step| *step != "*").collect();
        let path = format!("/{}", steps.join("/"));
        let matches = |fixup: &&Fixup| {
            let service = fixup.resource.ends_with("::") && resource.starts_with(fixup.resource);
            let whole = fixup.property == path;
            (service || fixup.resource == resource) && (whole || path.ends_with(&format!("/{}", fixup.property)))
        };
        let fixup = table.iter().find(matches)?;
        self.used.insert((fixup.resource, fixup.property));
        Some(fixup.kind)
    }

    /// The struct of a type.
    pub(super) fn path(&self, resource: &str) -> String {
        self.paths.get(resource).cloned().unwrap_or_default()
    }

    /// Fixups that nothing has matched, or that name a kind that is not generated.
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let tables = [PROPERTIES, ATTRIBUTES, REFERENCES].into_iter().flatten();
        let idle = tables.filter(|fixup| {
            let kind = !fixup.kind.contains("::") || self.of_format(fixup.kind).is_some();
            !kind || !self.used.contains(&(fixup.resource, fixup.property))
        });
        idle.map(|fixup| format!("{} {}", fixup.resource, fixup.property))
            .collect()
    }
}

fn path(name: &str) -> String {
    let service = name.split("::").nth(1).unwrap_or_default().to_ascii_lowercase();
    format!("crate::aws::{service}::{}", super::names::short(name))
}

#[cfg(test)]
mod tests {
    use super::Kinds;

    #[test]
    fn a_format_of_a_type_that_is_generated_is_a_reference() {
        let kinds = Kinds::new(["AWS::EC2::VPC"]);
        assert_eq!(
            kinds.of_format("AWS::EC2::VPC.Id").as_deref(),
            Some("Id<crate::aws::ec2::Vpc>")
        );
        assert_eq!(kinds.of_format("AWS::EC2::Subnet.Id"), None);
    }

    #[test]
    fn a_fixup_looks_at_the_end_of_a_path_without_indexes() {
        let mut kinds = Kinds::new(["AWS::CloudWatch::Alarm"]);
        let group = "AWS::CodeDeploy::DeploymentGroup";
        let alarm = kinds.of_property(group, "AlarmConfiguration/Alarms/*/Name");
        assert_eq!(alarm.as_deref(), Some("Name<crate::aws::cloudwatch::Alarm>"));
        assert_eq!(kinds.of_property(group, "OtherAlarms/*/Name"), None);
    }

    #[test]
    fn a_fixup_that_nothing_matches_is_told() {
        let kinds = Kinds::new([]);
        assert!(
            kinds
                .unmatched()
                .contains(&"AWS::SNS::Subscription TopicArn".to_owned())
        );
    }
}
