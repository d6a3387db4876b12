//! What `deploy.sh` does with the cluster: as the pipeline does, with kubectl.

use super::{Out, S1};
use crate::script::{Ended, Of, run_beside};

const OLD: &str = "sha256:00000000000000000000000000000000000000000000000000000000000000aa";
const NEW: &str = "sha256:00000000000000000000000000000000000000000000000000000000000000bb";

/// AWS as it is when the stacks and the load balancer are there.
const AWS: &str = "\
*describe-images*imageDigest=*) echo 'abc1234 deployed' ;;
*describe-images*) echo sha256:00000000000000000000000000000000000000000000000000000000000000bb ;;
*AccessLogsBucketName*) echo the-logs ;;
*FirewallArn*) echo arn:aws:wafv2:firewall ;;
*describe-load-balancers*) echo arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/k8s-predictor/0123456789abcdef ;;
*describe-target-groups*) echo arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/k8s-predictor/0123456789abcdef ;;
*no-execute-changeset*) echo 'no changes' ;;";

/// A cluster that runs the old image.
const RUNS: &str = "\
*containers*) echo registry/predictor@sha256:00000000000000000000000000000000000000000000000000000000000000aa ;;
*labels.app*) echo 0ld ;;
*'get ingress'*) echo a.elb.amazonaws.com ;;
diff*) exit 1 ;;";

fn script(out: &Out, words: &[&str], tag: &str, aws: &str, kubectl: &str) -> Ended {
    let of = Of {
        files: &out.rendered.files,
        system: "predictor",
        account: "111122223333",
    };
    let env: Vec<(&str, &str)> = [("IMAGE_TAG", tag)]
        .into_iter()
        .filter(|(_, tag)| !tag.is_empty())
        .collect();
    let aws = format!("{aws}\n{AWS}");
    run_beside(&of, words, &env, &aws, &[("kubectl", kubectl), ("curl", "")])
}

/// What kubectl and curl were asked.
fn asked(ended: &Ended) -> Vec<&str> {
    let lines = ended.calls.lines();
    lines
        .filter(|line| line.starts_with("kubectl ") || line.starts_with("curl "))
        .collect()
}

fn applies(ended: &Ended) -> Vec<&str> {
    asked(ended)
        .into_iter()
        .filter(|line| line.starts_with("kubectl apply"))
        .collect()
}

#[test]
fn a_release_shows_and_applies_what_the_pipeline_applies_and_asks_the_service() {
    let ended = script(&S1, &["deploy", "prod"], "abc1234", "", RUNS);
    assert!(ended.succeeded, "{}", ended.said);
    let steps = asked(&ended).join("\n").replace("--namespace predictor ", "");
    let steps = steps
        .replace("--server-side --field-manager synth ", "")
        .replace("--filename ", "");
    let steps = steps.replace(
        "--fail --silent --show-error --max-time 10 --retry 40 --retry-all-errors --retry-delay 10 ",
        "",
    );
    insta::assert_snapshot!(steps, @"
    kubectl get deployment predictor --ignore-not-found --output jsonpath={.spec.template.spec.containers[?(@.name=='predictor')].image}
    kubectl get deployment predictor --output jsonpath={.metadata.labels.app\\.kubernetes\\.io/version}
    kubectl diff 40-configmap.yaml 45-networkpolicy.yaml 50-service.yaml 55-ingress.yaml 60-poddisruptionbudget.yaml 65-deployment.yaml 70-horizontalpodautoscaler.yaml
    kubectl apply 40-configmap.yaml 45-networkpolicy.yaml 50-service.yaml 55-ingress.yaml 60-poddisruptionbudget.yaml 65-deployment.yaml 70-horizontalpodautoscaler.yaml
    kubectl rollout status deployment/predictor --timeout 15m
    kubectl get ingress predictor --ignore-not-found --output jsonpath={.status.loadBalancer.ingress[0].hostname}
    curl --output /dev/null https://predictor.example.com/health
    curl --output /dev/null https://predictor.example.com/predict
    kubectl get deployment predictor --ignore-not-found --output wide
    kubectl get deployment predictor --ignore-not-found --output jsonpath={.spec.template.spec.containers[?(@.name=='predictor')].image}
    kubectl get deployment predictor --output jsonpath={.metadata.labels.app\\.kubernetes\\.io/version}
    kubectl get ingress predictor --ignore-not-found --output jsonpath={.status.loadBalancer.ingress[0].hostname}
    ");
}

#[test]
fn a_release_whose_pods_take_no_requests_goes_back_to_the_image_before_and_fails() {
    let stalls = format!("*'rollout status'*) exit 1 ;;\n{RUNS}");
    let ended = script(&S1, &["deploy", "prod"], "abc1234", "", &stalls);
    assert!(
        !ended.succeeded && ended.said.contains("predictor runs 0ld again"),
        "{}",
        ended.said
    );
    assert_eq!(applies(&ended).len(), 2, "{}", ended.calls);
    assert!(
        !ended.calls.contains("put-image"),
        "an image that failed is not kept: {}",
        ended.calls
    );
}

#[test]
fn a_first_release_that_fails_has_nothing_to_go_back_to() {
    let empty = "*'rollout status'*) exit 1 ;;\ndiff*) exit 1 ;;\n*'get ingress'*) echo a.elb.amazonaws.com ;;";
    let ended = script(&S1, &["deploy", "dev"], "abc1234", "", empty);
    assert!(
        !ended.succeeded && ended.said.contains("no other image to go back to"),
        "{}",
        ended.said
    );
    assert_eq!(applies(&ended).len(), 1, "{}", ended.calls);
}

#[test]
fn a_change_that_the_cluster_refuses_is_not_applied() {
    let refuses = format!("diff*) exit 2 ;;\n{RUNS}");
    let ended = script(&S1, &["deploy", "prod"], "abc1234", "", &refuses);
    assert!(
        !ended.succeeded && ended.said.contains("the cluster refuses the change"),
        "{}",
        ended.said
    );
    assert_eq!(applies(&ended), Vec::<&str>::new());
}

#[test]
fn a_setup_applies_a_persons_objects_first_and_leaves_the_pods_out_before_there_is_an_image() {
    let ended = script(&S1, &["setup", "dev"], "", "", "");
    assert!(ended.succeeded, "{}", ended.said);
    assert!(
        ended.said.contains("65-deployment.yaml waits for the first image"),
        "{}",
        ended.said
    );
    let applied = applies(&ended)
        .join("\n")
        .replace("--server-side --field-manager synth ", "");
    insta::assert_snapshot!(applied.replace("--filename ", ""), @"
    kubectl apply 00-namespace.yaml 05-resourcequota.yaml 10-limitrange.yaml 15-serviceaccount.yaml 20-role.yaml 25-rolebinding.yaml 30-ingressclassparams.yaml 35-ingressclass.yaml
    kubectl apply 40-configmap.yaml 45-networkpolicy.yaml 50-service.yaml 55-ingress.yaml 60-poddisruptionbudget.yaml
    ");
}

#[test]
fn a_setup_keeps_the_image_that_runs_and_waits_for_its_pods() {
    let ended = script(&S1, &["setup", "prod"], "", "", RUNS);
    assert!(ended.succeeded, "{}", ended.said);
    assert!(applies(&ended)[1].contains("65-deployment.yaml"), "{}", ended.calls);
    assert!(
        ended.calls.contains("rollout status deployment/predictor"),
        "{}",
        ended.calls
    );
}

#[test]
fn whoever_looks_takes_the_role_that_looks_and_whoever_changes_the_one_that_changes() {
    let role = |ended: &Ended| {
        let line = ended
            .calls
            .lines()
            .find(|line| line.contains("update-kubeconfig"))
            .unwrap_or_default();
        line.rsplit('/').next().unwrap().to_owned()
    };
    let looks = script(&S1, &["status", "prod"], "", "", RUNS);
    let changes = script(&S1, &["deploy", "prod"], "abc1234", "", RUNS);
    assert_eq!(
        [role(&looks), role(&changes)],
        ["predictor-prod-reader", "predictor-prod-operator"]
    );
    assert!(
        looks.said.contains("address   https://predictor.example.com"),
        "{}",
        looks.said
    );
}

#[test]
fn a_status_before_there_is_a_cluster_says_so() {
    let none = "*describe-cluster*) echo ResourceNotFoundException >&2 && exit 254 ;;";
    let ended = script(&S1, &["status", "prod"], "", none, "*) exit 1 ;;");
    assert!(
        ended.succeeded && ended.said.contains("is no cluster yet"),
        "{}",
        ended.said
    );
}

#[test]
fn manifests_are_written_with_nothing_left_open() {
    let ended = script(&S1, &["manifests", "prod"], "abc1234", "", "*) exit 1 ;;");
    assert!(ended.succeeded, "{}", ended.said);
    let written: Vec<&(String, String)> = ended.written.iter().collect();
    assert_eq!(
        written.len(),
        15,
        "{:?}",
        written.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    let open: Vec<&String> = written
        .iter()
        .filter(|(_, text)| text.contains("${"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(open, Vec::<&String>::new());
    let all: String = written.iter().map(|(_, text)| text.as_str()).collect();
    assert!(all.contains(NEW) && all.contains("the-logs") && !all.contains(OLD));
}
