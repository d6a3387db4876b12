use crate::checks::{Family, Level, Rule};

/// It is told by the reader of kustomizations.
pub(in crate::checks::manifest) const RULE: Rule = Rule {
    name: "unread-kustomization",
    why: "What lies elsewhere on the network, charts, plugins and variables are not part of what is judged here. \
          Where something is missing, nothing is said about objects that may be there.",
    link: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
    level: Level::Info,
    family: Family::Schema,
    example: r"
--- # kustomization.yaml
resources: [settings.yaml, 'https://github.com/example/base?ref=v1.0.0']
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    instead: r"
--- # kustomization.yaml
resources: [settings.yaml]
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    check: |_, _| {},
};
