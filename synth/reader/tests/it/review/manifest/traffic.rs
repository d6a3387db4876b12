//! Where traffic goes.

use insta::assert_snapshot;

use super::super::object;
use super::{PODS, of, service};

#[test]
fn traffic_moves_with_the_selector_of_a_service() {
    let (old, new) = (service("app: web") + PODS, service("app: web, version: one") + PODS);
    assert_snapshot!(object(&old, &new), @"
    Service shop/x: updated in place, and traffic moves
      spec.selector.version: - → one; traffic moves to the pods with these labels
    ");
}

#[test]
fn a_selector_that_finds_nothing_any_more_is_told() {
    assert_snapshot!(object(&(service("app: web") + PODS), &(service("app: site") + PODS)), @"
    Service shop/x: updated in place, and traffic moves
      spec.selector.app: web → site; traffic moves to the pods with these labels
      note: no pod of these files has the labels that it looks for any more
    ");
    let pods = PODS.replace("version: one", "version: two");
    assert_snapshot!(object(&(service("app: web, version: one") + PODS), &(service("app: web, version: one") + &pods)), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.metadata.labels.version: one → two; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    Service shop/x: updated in place, and traffic moves
      note: no pod of these files has the labels that it looks for any more
    ");
}

#[test]
fn a_selector_that_found_nothing_before_is_silent() {
    assert_snapshot!(object(&service("app: web"), &service("app: web")), @"");
}

#[test]
fn a_renamed_port_that_a_service_names_is_told() {
    let pods = PODS.replace("name: http,", "name: web,");
    assert_snapshot!(object(&(service("app: web") + PODS), &(service("app: web") + &pods)), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.spec.containers[a].ports[80/TCP].name: http → web; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    Service shop/x: updated in place, and traffic moves
      note: its pods no longer have a port named `http`
    ");
}

#[test]
fn traffic_moves_with_a_backend() {
    let ingress = |service: &str| {
        of(
            "networking.k8s.io/v1",
            "Ingress",
            &format!(
                "spec: {{rules: [{{host: a.example, http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}]}}}}]}}"
            ),
        )
    };
    assert_snapshot!(object(&ingress("a"), &ingress("b")), @"
    Ingress shop/x: updated in place, and traffic moves
      spec.rules[a.example].http.paths[/].backend.service.name: a → b; traffic moves to another service
    ");
    let route = |weight: u8| {
        of(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            &format!("spec: {{rules: [{{backendRefs: [{{name: a, weight: {weight}}}]}}]}}"),
        )
    };
    assert_snapshot!(object(&route(1), &route(2)), @"
    HTTPRoute shop/x: updated in place, and traffic moves
      spec.rules[0].backendRefs[a].weight: 1 → 2; traffic moves between services
    ");
}

#[test]
fn a_budget_that_finds_no_pod_any_more_is_told() {
    let budget = of(
        "policy/v1",
        "PodDisruptionBudget",
        "spec: {maxUnavailable: 1, selector: {matchLabels: {version: one}}}",
    );
    assert_snapshot!(object(&(budget.clone() + PODS), &(budget.clone() + &PODS.replace("version: one", "version: two"))), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.metadata.labels.version: one → two; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    PodDisruptionBudget shop/x: updated in place
      note: no pod of these files has the labels that it looks for any more
    ");
    assert_snapshot!(object(&(budget.clone() + PODS), &(budget + PODS)), @"");
}
