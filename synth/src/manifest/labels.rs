//! What objects are chosen by.

use std::collections::BTreeMap;

/// The labels of what belongs together (Kubernetes, "Recommended Labels"). What selects has those that never change, since
/// a selector cannot be changed; a version is never among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    name: String,
    system: String,
    /// None where an overlay says it.
    environment: Option<String>,
}

impl Labels {
    /// Of a service of a system in an environment.
    #[must_use]
    pub fn new(name: &str, system: &str, environment: &str) -> Self {
        Self {
            name: name.to_owned(),
            system: system.to_owned(),
            environment: Some(environment.to_owned()),
        }
    }

    /// Of a service of a system in whichever environment an overlay says.
    #[must_use]
    pub fn shared(name: &str, system: &str) -> Self {
        Self {
            name: name.to_owned(),
            system: system.to_owned(),
            environment: None,
        }
    }

    /// What its pods are chosen by, for as long as it lives.
    #[must_use]
    pub fn selector(&self) -> BTreeMap<String, String> {
        BTreeMap::from([("app.kubernetes.io/name".to_owned(), self.name.clone())])
    }

    /// What tells those of one environment from those of another.
    #[must_use]
    pub fn instance(&self) -> Option<(String, String)> {
        let environment = self.environment.as_ref()?;
        let instance = format!("{}-{environment}", self.name);
        Some(("app.kubernetes.io/instance".to_owned(), instance))
    }

    /// What every object and every pod has.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, String> {
        let mut all = self.selector();
        all.extend(self.instance());
        all.insert("app.kubernetes.io/managed-by".into(), "synth".into());
        all.insert("app.kubernetes.io/part-of".into(), self.system.clone());
        all
    }
}
