//! Manifests: what happens to objects.

mod gone;
mod refused;
mod restarts;
mod same;
mod traffic;

use super::object;

/// An object `x` of a kind with some lines below.
fn of(api_version: &str, kind: &str, lines: &str) -> String {
    format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\n{lines}\n")
}

fn changed(api_version: &str, kind: &str, old: &str, new: &str) -> String {
    object(&of(api_version, kind, old), &of(api_version, kind, new))
}

/// A Deployment with some lines of its `spec`, of its pods' and of its container.
fn deployment(spec: &str, pod: &str, container: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: shop}}\nspec: {{selector: {{matchLabels: \
         {{app: web}}}}, {spec} template: {{metadata: {{labels: {{app: web}}}}, spec: {{{pod} containers: [{{name: web, \
         image: 'a:1', {container}}}]}}}}}}\n"
    )
}

fn spec(old: &str, new: &str) -> String {
    object(&deployment(old, "", ""), &deployment(new, "", ""))
}

fn container(old: &str, new: &str) -> String {
    object(&deployment("", "", old), &deployment("", "", new))
}

const PODS: &str = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: one}}, spec: {containers: [{name: a, image: 'a:1', ports: [{name: http, containerPort: 80}]}]}}}\n";

fn service(selector: &str) -> String {
    of(
        "v1",
        "Service",
        &format!("spec: {{selector: {{{selector}}}, ports: [{{port: 80, targetPort: http}}]}}"),
    )
}
