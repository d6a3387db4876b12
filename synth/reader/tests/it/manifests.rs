//! What objects say.

use synth_reader::read::manifest::{Image, Labels, Object, Objects, Pods, Quantity, Role, Selector};

use super::{documents, found};

#[test]
fn pods_of_every_kind_of_workload_are_found() {
    let pod = "spec: {containers: [{name: a}]}";
    let with = |kind: &str, api: &str, spec: &str| {
        format!("---\napiVersion: {api}\nkind: {kind}\nmetadata: {{name: a}}\n{spec}\n")
    };
    let template = format!("spec: {{template: {{{pod}}}}}");
    let job = format!("spec: {{jobTemplate: {{spec: {{template: {{{pod}}}}}}}}}");
    let mut text = with("Pod", "v1", pod) + &with("CronJob", "batch/v1", &job) + &with("Job", "batch/v1", &template);
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"] {
        text += &with(kind, "apps/v1", &template);
    }
    let all = documents(&text);
    assert_eq!(Objects::new(&all).pods().len(), 7);
}

#[test]
fn containers_say_what_they_are_for() {
    let all = documents(
        "apiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{name: a}, {name: b, restartPolicy: Always}]\n  containers: \
         [{name: c}]\n  ephemeralContainers: [{name: d}]\n",
    );
    let pods = Pods::of(Object::new(&all[0], &all[0].root).unwrap()).unwrap();
    let roles: Vec<Role> = pods.containers().map(|container| container.role).collect();
    assert_eq!(roles, [Role::Init, Role::Sidecar, Role::Main, Role::Ephemeral]);
}

#[test]
fn selectors_match_as_the_server_does() {
    let fits = |selector: &str, labels: &str| {
        let all = documents(&format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{labels: {labels}}}\nselector: {selector}\n"
        ));
        let object = Object::new(&all[0], &all[0].root).unwrap();
        let labels: Labels<'_> = object.labels();
        Selector::of(object.dig(&["selector"]).unwrap()).matches(labels)
    };
    assert!(fits("{matchLabels: {a: b}}", "{a: b, c: d}"));
    assert!(!fits("{matchLabels: {a: b}}", "{a: c}"));
    assert!(fits(
        "{matchExpressions: [{key: a, operator: In, values: [b, c]}]}",
        "{a: c}"
    ));
    assert!(fits(
        "{matchExpressions: [{key: a, operator: NotIn, values: [b]}]}",
        "{}"
    ));
    assert!(!fits("{matchExpressions: [{key: a, operator: Exists}]}", "{}"));
    assert!(fits("{matchExpressions: [{key: a, operator: DoesNotExist}]}", "{}"));
    assert!(fits("{}", "{}"));
    assert!(fits("{matchLabels: {a: '${name}'}}", "{}"));
}

#[test]
fn images_are_taken_apart() {
    let parts = |text| Image::of(text).map(|it| (it.registry, it.name, it.tag, it.digest));
    assert_eq!(parts("nginx"), Some((None, "nginx", None, None)));
    assert_eq!(
        parts("localhost:5000/a/b:1"),
        Some((Some("localhost:5000"), "a/b", Some("1"), None))
    );
    assert_eq!(parts("a/b@sha256:00"), Some((None, "a/b", None, Some("sha256:00"))));
    assert_eq!(parts("${image}"), None);
}

#[test]
fn quantities_are_exact_to_a_billionth() {
    let amount = |text: &str| Quantity::parse(text);
    for (one, other) in [
        ("0.3", "300m"),
        ("1e-3", "1m"),
        ("1E3", "1k"),
        ("1.5Ki", "1536"),
        (".5", "500m"),
        ("5.", "+5"),
        ("-1.5", "-1500m"),
        ("0.0000000001", "1n"),
        ("-0", "0e9"),
        ("1000000000000000000000000n", "1P"),
        ("9Ei", "10E"),
        ("1e2000000000", "9223372036854775807"),
        ("1e-2000000000", "1n"),
    ] {
        assert_eq!(amount(one).unwrap(), amount(other).unwrap(), "{one} and {other}");
    }
    for (less, more) in [
        ("1G", "1Gi"),
        ("-1", "1n"),
        ("0.123456788", "0.123456789"),
        ("7Ei", "8Ei"),
    ] {
        assert!(amount(less).unwrap() < amount(more).unwrap(), "{less} and {more}");
    }
    for none in [
        "", ".", "-", "Gi", "1.2.3", "1KI", "1 Gi", "+-1", "1e", "1e3.5", "1mi", "0x1", "1_0", "١",
    ] {
        assert!(amount(none).is_none(), "{none}");
    }
}

#[test]
fn an_object_allows_a_rule_with_a_reason() {
    let twice = |reason: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {{name: a, \
             annotations: {{allow.synth/twice-named: '{reason}'}}}}\n"
        )
    };
    assert_eq!(found("twice-named", &twice("the second wins")), "");
    assert_ne!(found("twice-named", &twice(" ")), "");
}

#[test]
fn an_object_of_a_list_allows_a_rule_for_itself() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n- apiVersion: v1\n  \
                kind: Secret\n  metadata: {name: a, annotations: {allow.synth/twice-named: for a test}}\n";
    assert_eq!(found("twice-named", text), "");
}
