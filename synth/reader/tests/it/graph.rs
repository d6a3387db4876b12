//! What does not fit together, and what only looks so.

use super::found;

const WEB: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: a, ports: [{name: http, containerPort: 8080}]}]}
---
";

#[test]
fn idle_selector_is_silent_about_what_other_files_may_have() {
    let service = |namespace: &str, more: &str| {
        format!(
            "{WEB}apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: {namespace}}}\nspec: {{selector: {{app: \
             api}}}}\n{more}"
        )
    };
    assert_eq!(found("idle-selector", &service("other", "")), "");
    assert!(found("idle-selector", &service("shop", "")).contains("Service `a` finds no pod"));
    let database = "---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a, namespace: shop}\n";
    assert_eq!(found("idle-selector", &service("shop", database)), "");
}

#[test]
fn a_service_without_a_selector_is_somebody_elses() {
    let text = format!(
        "{WEB}apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: shop}}\nspec: {{ports: [{{port: 1}}]}}\n"
    );
    assert_eq!(found("idle-selector", &text), "");
    assert_eq!(found("closed-port", &text), "");
}

#[test]
fn closed_port_tells_a_number_apart_from_a_name() {
    let text = |target: &str| {
        format!(
            "{WEB}apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: shop}}\nspec: {{selector: {{app: web}}, \
             ports: [{{port: 80, targetPort: {target}}}]}}\n"
        )
    };
    assert_eq!(found("closed-port", &text("8080")), "");
    assert_eq!(found("closed-port", &text("'8080'")), "");
    assert!(found("closed-port", &text("80")).contains("warning: no container behind Service `a` has the port `80`"));
    assert!(found("closed-port", &text("web")).contains("error: "));
}

#[test]
fn dangling_object_is_silent_about_what_is_optional_given_or_made() {
    let text = |volume: &str, more: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: other}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: \
             a}}\nspec: {{volumes: [{{name: v, secret: {volume}}}]}}\n{more}"
        )
    };
    assert!(found("dangling-object", &text("{secretName: tls}", "")).contains("info: "));
    assert!(found("dangling-object", &text("{secretName: othr}", "")).contains("warning: "));
    assert_eq!(
        found("dangling-object", &text("{secretName: tls, optional: true}", "")),
        ""
    );
    let certificate =
        "---\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: x}\nspec: {secretName: tls}\n";
    assert_eq!(found("dangling-object", &text("{secretName: tls}", certificate)), "");
}

#[test]
fn dangling_key_looks_at_items_and_at_ports_of_ingresses() {
    let volume = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n---\napiVersion: v1\nkind: Pod\nspec: \
                  {volumes: [{name: v, configMap: {name: c, items: [{key: a, path: p}, {key: b, path: p}]}}]}\n";
    assert!(found("dangling-key", volume).contains("ConfigMap `c` has no key `b`"));
    let ingress = |port: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\nspec: {{ports: [{{name: http, port: 80}}]}}\n---\napiVersion: \
             networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: i}}\nspec: {{defaultBackend: {{service: {{name: s, port: \
             {port}}}}}}}\n"
        )
    };
    assert_eq!(found("dangling-key", &ingress("{name: http}")), "");
    assert_eq!(found("dangling-key", &ingress("{number: 80}")), "");
    assert!(found("dangling-key", &ingress("{number: 8080}")).contains("Service `s` lacks"));
    assert_eq!(found("dangling-key", &ingress("{name: use-annotation}")), "");
}

#[test]
fn node_ports_of_two_protocols_do_not_clash() {
    let text = |protocol: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {{ports: [{{port: 53, nodePort: 30053, protocol: \
             UDP}}, {{port: 53, nodePort: 30053, protocol: {protocol}}}]}}\n"
        )
    };
    assert_eq!(found("clashing-node-port", &text("TCP")), "");
    assert!(found("clashing-node-port", &text("UDP")).contains("30053"));
}
