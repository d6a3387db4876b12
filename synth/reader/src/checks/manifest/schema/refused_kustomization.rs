use crate::checks::{Family, Level, Rule};

/// It is told by the reader of kustomizations.
pub(in crate::checks::manifest) const RULE: Rule = Rule {
    name: "refused-kustomization",
    why: "kustomize ends with an error at a field that it does not have, a file that is missing or lies outside of \
          the folder, a patch whose object is not there, two objects of one name, or a kustomization that leads back \
          to itself: nothing is applied.",
    link: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
--- # kustomization.yaml
resources: [settings.yaml]
configMapGenerators:
  - {name: more, literals: [SIZE=1]}
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    instead: r"
--- # kustomization.yaml
resources: [settings.yaml]
configMapGenerator:
  - {name: more, literals: [SIZE=1]}
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    check: |_, _| {},
};
