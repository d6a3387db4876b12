//! What `deploy.sh` does with operators: it installs what somebody looked at, to the byte, and nothing else.

use std::fmt::Write;

use super::{Out, S3};
use crate::files::Temp;
use crate::script::{Ended, Of, run_beside};

/// Helm with charts that all hold one word, which takes values with nothing left open.
const HELM: &str = "\
'pull '*) echo chart >\"$8/$2-$6.tgz\" ;;
'show crds'*) echo 'kind: CustomResourceDefinition' ;;
template*) ! grep '${' \"${@: -1}\" ;;
upgrade*) ! grep '${' \"${@: -1}\" ;;";

/// The sum of such a chart.
const CHART: &str = "d6d05c6c0ef385a06afc1fb04d2b428a07deebe61e8cdcd0845963d7d93a6bf3";

/// AWS as it is when the stacks are there.
const AWS: &str = "\
*AccessLogsBucketName*) echo the-logs ;;
*FirewallArn*) echo arn:aws:wafv2:firewall ;;
*LoadBalancerSecurityGroupId*) echo sg-0123456789abcdef0 ;;
*no-execute-changeset*) echo 'no changes' ;;";

/// The images of operators, each with a digest that the test makes up.
fn sums(chart: &str) -> String {
    let lock: serde_json::Value =
        serde_json::from_str(&S3.rendered.files["out/healthcare-api/operators/lock.json"]).unwrap();
    let mut lines = String::new();
    for operator in lock.as_array().unwrap() {
        let text = |key: &str| operator[key].as_str().unwrap();
        writeln!(lines, "chart {} {} {chart}", text("name"), text("version")).unwrap();
        for image in operator["images"].as_array().unwrap() {
            let image = image.as_str().unwrap();
            let name = image.rsplit_once(':').map_or(image, |(name, _)| name);
            writeln!(lines, "image {name} sha256:{}", "ab".repeat(32)).unwrap();
        }
    }
    lines
}

fn setup(out: &Out, sums: Option<&str>, kubectl: &str) -> Ended {
    let folder = Temp::new();
    let path = folder.put("sums", sums.unwrap_or_default());
    let path = path.to_string_lossy();
    let of = Of {
        files: &out.rendered.files,
        system: "healthcare-api",
        account: "111122223333",
    };
    let env: Vec<(&str, &str)> = sums.map(|_| ("SUMS", &*path)).into_iter().collect();
    let kubectl = format!("{kubectl}\n*matchConditions*) echo of-the-system ;;");
    let others = [("helm", HELM), ("kubectl", &*kubectl)];
    run_beside(&of, &["setup", "production"], &env, AWS, &others)
}

/// What helm and kubectl were asked, without the folders.
fn asked(ended: &Ended) -> String {
    let lines = ended.calls.lines();
    // Those of a pipe come in any order.
    let piped = [" --local ", " --dry-run", "--filename -"];
    let lines = lines.filter(|line| line.starts_with("helm upgrade") || line.starts_with("kubectl"));
    let lines = lines.filter(|line| !piped.iter().any(|word| line.contains(word)));
    let short = |line: &str| {
        let words = line.split(' ').map(|word| match word.rsplit_once('/') {
            Some((folder, file)) if folder.starts_with("/tmp") => file,
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let all: Vec<String> = lines.map(short).collect();
    let all = all.join("\n").replace("--server-side --field-manager synth ", "");
    all.replace("--filename ", "")
}

#[test]
fn operators_are_installed_in_order_and_before_what_they_answer_for() {
    let ended = setup(&S3, Some(&sums(CHART)), "");
    assert!(ended.succeeded, "{}", ended.said);
    insta::assert_snapshot!(asked(&ended), @"
    kubectl --namespace healthcare-api get deployment healthcare-prediction-api --ignore-not-found --output jsonpath={.spec.template.spec.containers[?(@.name=='healthcare-prediction-api')].image}
    kubectl get namespace healthcare-api
    kubectl apply namespaces.yaml
    helm upgrade sealed-secrets sealed-secrets-2.20.0.tgz --install --skip-crds --namespace sealed-secrets --wait --timeout 10m --values sealed-secrets-values.yaml
    kubectl get secret healthcare-api-alerting --namespace monitoring
    kubectl get secret grafana-admin --namespace monitoring
    helm upgrade aws-load-balancer-controller aws-load-balancer-controller-3.5.0.tgz --install --skip-crds --namespace kube-system --wait --timeout 10m --values aws-load-balancer-controller-values.yaml
    helm upgrade base base-1.31.1.tgz --install --skip-crds --namespace istio-system --wait --timeout 10m --values base-values.yaml
    helm upgrade istiod istiod-1.31.1.tgz --install --skip-crds --namespace istio-system --wait --timeout 10m --values istiod-values.yaml
    helm upgrade cni cni-1.31.1.tgz --install --skip-crds --namespace istio-system --wait --timeout 10m --values cni-values.yaml
    helm upgrade ztunnel ztunnel-1.31.1.tgz --install --skip-crds --namespace istio-system --wait --timeout 10m --values ztunnel-values.yaml
    helm upgrade gateway gateway-1.31.1.tgz --install --skip-crds --namespace istio-ingress --wait --timeout 10m --values gateway-values.yaml
    helm upgrade external-secrets external-secrets-2.9.0.tgz --install --skip-crds --namespace external-secrets --wait --timeout 10m --values external-secrets-values.yaml
    helm upgrade gatekeeper gatekeeper-3.23.0.tgz --install --skip-crds --namespace gatekeeper-system --wait --timeout 10m --values gatekeeper-values.yaml
    helm upgrade kyverno kyverno-3.8.2.tgz --install --skip-crds --namespace kyverno --wait --timeout 10m --values kyverno-values.yaml
    helm upgrade kube-prometheus-stack kube-prometheus-stack-88.5.3.tgz --install --skip-crds --namespace monitoring --wait --timeout 10m --values kube-prometheus-stack-values.yaml
    helm upgrade falco falco-9.1.0.tgz --install --skip-crds --namespace falco --wait --timeout 10m --values falco-values.yaml
    kubectl get validatingwebhookconfiguration gatekeeper-validating-webhook-configuration --output jsonpath={.webhooks[*].matchConditions[*].name}
    kubectl apply prometheus-config.yaml
    kubectl apply external-secrets.yaml
    kubectl apply security-policies.yaml
    kubectl wait constrainttemplates --all --for jsonpath={.status.created}=true --timeout 2m
    kubectl apply security-constraints.yaml
    kubectl apply security-scanning.yaml
    kubectl apply 00-namespace.yaml 04-rbac.yaml
    kubectl apply 02-service.yaml 03-ingress.yaml 05-autoscaling.yaml 06-network-policy.yaml
    ");
}

#[test]
fn nothing_is_installed_that_nobody_looked_at() {
    let ended = setup(&S3, None, "");
    let says = "nothing says what chart sealed-secrets 2.20.0 is to the byte: give SUMS, a file with what `deploy.sh sums` prints";
    assert!(!ended.succeeded && ended.said.contains(says), "{}", ended.said);
    let other = setup(&S3, Some(&sums(&"0".repeat(64))), "");
    let says = format!("is another than the one that was looked at: its sum is {CHART}");
    assert!(!other.succeeded && other.said.contains(&says), "{}", other.said);
    let short = sums(CHART).replace(" sha256:", " latest:");
    let image = setup(&S3, Some(&short), "");
    let says = "has no sum of 64 digits and letters in `image docker.io/bitnami/sealed-secrets-controller latest:";
    assert!(!image.succeeded && image.said.contains(says), "{}", image.said);
    let without = sums(CHART).replace("image openpolicyagent/gatekeeper", "image another");
    let lacking = setup(&S3, Some(&without), "");
    let says = "has no line of image openpolicyagent/gatekeeper: `deploy.sh sums` prints it";
    assert!(!lacking.succeeded && lacking.said.contains(says), "{}", lacking.said);
    for ended in [&ended, &other, &image] {
        assert!(!ended.calls.contains("helm upgrade"), "{}", ended.calls);
    }
}

#[test]
fn alertmanager_is_not_installed_before_it_can_tell_somebody() {
    let kubectl = "'get secret healthcare-api-alerting'*) exit 1 ;;";
    let ended = setup(&S3, Some(&sums(CHART)), kubectl);
    let says = "`deploy.sh seal production >FILE` seals what it tells by, give FILE as SEALED";
    assert!(!ended.succeeded && ended.said.contains(says), "{}", ended.said);
    // What opens it is there.
    let installed = ended.calls.lines().filter(|line| line.starts_with("helm upgrade"));
    let installed: Vec<&str> = installed.map(|line| line.split(' ').nth(2).unwrap()).collect();
    assert_eq!(installed, ["sealed-secrets"]);
}

#[test]
fn a_gatekeeper_that_would_look_at_every_namespace_is_told_of() {
    let ended = setup(&S3, Some(&sums(CHART)), "*matchConditions*) echo another ;;");
    let says = "Gatekeeper looks at every namespace, and not at healthcare-api alone";
    assert!(!ended.succeeded && ended.said.contains(says), "{}", ended.said);
    assert!(!ended.calls.contains("security-policies.yaml"), "{}", ended.calls);
}

#[test]
fn a_password_of_grafana_is_made_once() {
    let makes = "create secret generic grafana-admin";
    assert!(!setup(&S3, Some(&sums(CHART)), "").calls.contains(makes));
    let kubectl = "'get secret grafana-admin'*) exit 1 ;;";
    assert!(setup(&S3, Some(&sums(CHART)), kubectl).calls.contains(makes));
}

#[test]
fn the_sums_that_are_asked_for_are_printed_as_the_makers_publish_them() {
    let chart = sums(CHART);
    let images = chart.lines().filter_map(|line| line.strip_prefix("image "));
    let images: Vec<&str> = images.map(|line| line.split(' ').next().unwrap()).collect();
    let printed = |images: &[&str]| format!("template*) printf '%s:1.0@\\n' {} ;;\n{HELM}", images.join(" "));
    let of = Of {
        files: &S3.rendered.files,
        system: "healthcare-api",
        account: "111122223333",
    };
    let docker = format!("*':1.0 --format'*) echo sha256:{} ;;", "ab".repeat(32));
    let print = |helm: &str| run_beside(&of, &["sums"], &[], AWS, &[("helm", helm), ("docker", &docker)]);
    let ended = print(&printed(&images));
    assert!(ended.succeeded, "{}", ended.said);
    assert_eq!(ended.said, chart);
    let ended = print(&printed(&images[..10]));
    let says = "the chart kube-prometheus-stack 88.5.3 runs no quay.io/prometheus-operator/prometheus-operator";
    assert!(!ended.succeeded && ended.said.contains(says), "{}", ended.said);
}

#[test]
fn every_sum_that_a_value_waits_for_is_asked_for() {
    let values = S3
        .rendered
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("-values.yaml"));
    let script = &S3.rendered.files["out/healthcare-api/deploy.sh"];
    let mut open = 0;
    for (path, text) in values {
        for place in text.split("${").skip(1) {
            let (_, image) = place.split_once(':').unwrap();
            let image = image.split('}').next().unwrap();
            assert!(script.contains(&format!(" {image}")), "{path}: {image}");
            open += 1;
        }
    }
    assert_eq!(open, 20);
}
