use crate::checks::{Family, Level, Rule};

/// It is told by the reader of kustomizations.
pub(in crate::checks::manifest) const RULE: Rule = Rule {
    name: "idle-patch",
    why: "A patch whose target selects nothing, an image that no container has and a replacement without a place \
          change nothing, and kustomize does not say so: what was to be changed stays as it is.",
    link: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
--- # kustomization.yaml
resources: [settings.yaml]
patches:
  - target: {kind: ConfigMap, name: seting}
    patch: '[{op: replace, path: /data/COLOR, value: green}]'
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    instead: r"
--- # kustomization.yaml
resources: [settings.yaml]
patches:
  - target: {kind: ConfigMap, name: settings}
    patch: '[{op: replace, path: /data/COLOR, value: green}]'
--- # settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: blue}
",
    check: |_, _| {},
};
