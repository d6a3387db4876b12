//! What a person is told.

use synth::model::Kubeadm;

use super::file;
use crate::machines::on_machine;

/// That the words stand in a page, each after the one before it.
fn tells(page: &str, words: &[&str]) {
    let mut rest = file(page);
    for word in words {
        let Some((_, after)) = rest.split_once(word) else {
            panic!("{page} has no `{word}` there");
        };
        rest = after;
    }
}

#[test]
fn s4_8_what_somebody_needs_comes_before_what_is_done_with_it() {
    let needs = [
        "\n## What you need\n",
        "Google Cloud",
        "[gcloud]",
        "SSH key pair",
        "[OpenTofu]",
        "Terraform",
    ];
    tells("DEPLOYMENT.md", &needs);
}

#[test]
fn s4_27_prometheus_is_reached_by_its_port_and_from_anywhere() {
    let ways = [
        "<http://34.100.156.67:30090>",
        "<http://localhost:9090>",
        "kubectl port-forward -n monitoring svc/prometheus 9090:9090\n",
    ];
    tells("README.md", &ways);
}

#[test]
fn s4_34_pods_are_scaled_and_watched_by_hand() {
    let commands = [
        "\n## Scaling\n",
        "kubectl scale deployment/fastapi -n prod --replicas=5\n",
        "kubectl get hpa -n prod",
        "kubectl get pods -n prod --watch\n",
    ];
    tells("README.md", &commands);
}

/// The command that a person would type is what the script does, with a token that is deleted.
#[test]
fn s4_35_a_further_machine_is_like_the_others_and_joins() {
    let steps = [
        "\n## Further machines\n",
        "`Host`",
        "out/fastapi-devops/infra/join.sh",
        "`kubeadm join 10.160.0.3:6443 --token TOKEN --discovery-token-ca-cert-hash sha256:SUM`",
    ];
    tells("CLUSTER.md", &steps);
    let config = on_machine(Kubeadm::V1_30, "devops-instance-2");
    assert!(
        config
            .values()
            .any(|(_, text)| text.contains("apiServerEndpoint: 10.160.0.3:6443")
                || text.contains("apiServerEndpoint: \"10.160.0.3:6443\""))
    );
    assert!(file("infra/join.sh").contains("kubeadm token delete"));
}

#[test]
fn s4_37_an_overlay_is_applied_with_k() {
    let steps = [
        "\n## Deploy by hand\n",
        "`-k`",
        "kubectl apply --server-side",
        "-k \"$copy/k8s/overlays/$place\"\n",
    ];
    tells("DEPLOYMENT.md", &steps);
}

#[test]
fn s4_38_each_environment_is_asked() {
    let asked = [
        "\n## Verify\n",
        "kubectl get pods -A | grep fastapi\n",
        "curl http://34.100.156.67:30080/",
        "curl http://34.100.156.67:30081/",
        "curl http://34.100.156.67:30082/",
    ];
    tells("README.md", &asked);
}

#[test]
fn s4_39_the_page_says_that_images_are_scanned() {
    tells("README.md", &["\n## Security\n", "scanned with Trivy"]);
}

#[test]
fn s4_44_the_page_has_contents_three_drawings_a_tree_and_a_licence() {
    let parts = [
        "- [What it is](#what-it-is)\n",
        "- [Licence](#licence)\n",
        "```mermaid\nflowchart TB\n",
        "```text\nout/fastapi-devops/\n",
        "\n## Release and rollback\n",
        "```mermaid\n",
        "\n## Scaling\n",
        "```mermaid\n",
        "\n## Licence\n",
    ];
    tells("README.md", &parts);
}
