//! Manifests: what gets wider.

mod guards;
mod network;
mod outside;
mod pods;
mod rights;

use super::object;

/// What gets wider by a change of an object `x`.
fn changed(api_version: &str, kind: &str, old: &str, new: &str) -> String {
    let of = |lines: &str| {
        format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\n{lines}\n")
    };
    wider(&of(old), &of(new))
}

/// What gets wider by a change of a file.
fn wider(old: &str, new: &str) -> String {
    let told = object(old, new);
    let lines = told.lines().filter(|line| line.starts_with("wider"));
    lines.collect::<Vec<_>>().join("\n")
}

fn role(old: &str, new: &str) -> String {
    changed("rbac.authorization.k8s.io/v1", "Role", old, new)
}

fn pod(old: &str, new: &str) -> String {
    let of = |lines: &str| {
        format!(
            "spec: {{selector: {{matchLabels: {{a: b}}}}, template: {{metadata: {{labels: {{a: b}}}}, spec: {{{lines}}}}}}}"
        )
    };
    changed("apps/v1", "Deployment", &of(old), &of(new))
}

fn container(old: &str, new: &str) -> String {
    let of = |lines: &str| format!("containers: [{{name: a, image: 'a:1', {lines}}}]");
    pod(&of(old), &of(new))
}

const READ: &str = "rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]";

fn binding(subjects: &str) -> String {
    format!("subjects: [{subjects}]\nroleRef: {{kind: Role, name: reader}}")
}

fn bound(old: &str, new: &str) -> String {
    changed(
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        &binding(old),
        &binding(new),
    )
}

const ONE: &str = "{kind: ServiceAccount, name: a, namespace: shop}";

const BOUND: &str = "securityContext: {privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}, capabilities: {drop: [ALL]}}";

fn policy(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{{spec}}}\n"
    )
}

const CLOSED: &str = "podSelector: {}, policyTypes: [Ingress, Egress]";
