//! What each machine does at its start.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use synth::model::{Kind, Kubeadm};

use super::{documents, files, on_machine};

const CONTROL: &str = "devops-instance-1";
const WORKER: &str = "devops-instance-2";

/// What stands in a file of a machine.
fn text(version: Kubeadm, host: &str, path: &str) -> String {
    on_machine(version, host)[path].1.clone()
}

/// The document of kubeadm's settings with a kind.
fn setting(version: Kubeadm, kind: &str) -> Json {
    let all = documents(&text(version, CONTROL, "/etc/kubernetes/machine/kubeadm.yaml"));
    all.into_iter().find(|one| one["kind"] == kind).unwrap()
}

fn each<T>(of: impl Fn(Kubeadm) -> T) -> Vec<T> {
    Kubeadm::ALL.into_iter().map(of).collect()
}

#[test]
fn packages_come_from_the_repository_of_their_version_and_stay() {
    let source = |version| {
        let text = text(version, WORKER, "/etc/apt/sources.list.d/kubernetes.sources");
        text.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(
        each(source),
        ["v1.30", "v1.33", "v1.36"].map(|minor| format!("URIs: https://pkgs.k8s.io/core:/stable:/{minor}/deb/"))
    );
    for version in Kubeadm::ALL {
        let prepare = text(version, WORKER, "/usr/local/sbin/prepare-machine");
        assert!(prepare.contains(&format!("kubernetes='{}'\n", version.package())));
        assert!(prepare.contains("apt-mark hold containerd.io kubeadm kubectl kubelet"));
    }
}

#[test]
fn the_key_of_packages_is_a_known_one() {
    let prepare = text(Kubeadm::V1_30, WORKER, "/usr/local/sbin/prepare-machine");
    let keys: Vec<&str> = prepare.lines().filter(|line| line.starts_with("    key ")).collect();
    assert_snapshot!(keys.join("\n"), @r"
    key kubernetes DE15B14486CD377B9E876E1A234654DA9A296436 https://pkgs.k8s.io/core:/stable:/v1.30/deb/Release.key
    key docker 9DC858229FC7DD38854AE2D88D81803C0EBFCD88 https://download.docker.com/linux/ubuntu/gpg
    ");
}

#[test]
fn kubeadm_is_told_in_the_words_of_its_version() {
    let of = |version| setting(version, "ClusterConfiguration")["apiVersion"].clone();
    assert_eq!(
        each(of),
        [
            "kubeadm.k8s.io/v1beta3",
            "kubeadm.k8s.io/v1beta4",
            "kubeadm.k8s.io/v1beta4"
        ]
    );
    let quiet = |version| setting(version, "ClusterConfiguration")["scheduler"]["extraArgs"].clone();
    let list = json!([{ "name": "profiling", "value": "false" }]);
    assert_eq!(each(quiet), [json!({ "profiling": "false" }), list.clone(), list]);
    let version = |version| setting(version, "ClusterConfiguration")["kubernetesVersion"].clone();
    assert_eq!(
        each(version),
        Kubeadm::ALL.map(|version| format!("v{}", version.patch()))
    );
}

#[test]
fn a_worker_joins_in_the_words_of_its_version() {
    let join = |version| documents(&text(version, WORKER, "/etc/kubernetes/machine/join.yaml"))[0].clone();
    let one = join(Kubeadm::V1_30);
    assert_eq!(
        one["discovery"]["bootstrapToken"]["apiServerEndpoint"],
        "10.160.0.3:6443"
    );
    assert_eq!(
        one["nodeRegistration"]["kubeletExtraArgs"],
        json!({ "node-ip": "10.160.0.4" })
    );
    assert_eq!(
        join(Kubeadm::V1_36)["nodeRegistration"]["kubeletExtraArgs"],
        json!([{ "name": "node-ip", "value": "10.160.0.4" }])
    );
}

#[test]
fn containerd_keeps_namespaces_by_the_image_that_kubeadm_names() {
    for version in Kubeadm::ALL {
        let settings = text(version, WORKER, "/etc/kubernetes/machine/containerd.toml");
        assert!(settings.contains(&format!("sandbox_image = \"{}\"", version.pause())));
        assert!(settings.contains("SystemdCgroup = true"));
    }
}

#[test]
fn the_kubelet_keeps_what_the_model_counts_on() {
    let kubelet = setting(Kubeadm::V1_30, "KubeletConfiguration");
    let number = |pointer: &str, unit: &str| -> u32 {
        let text = kubelet.pointer(pointer).unwrap().as_str().unwrap();
        text.strip_suffix(unit).unwrap().parse().unwrap()
    };
    let cpu = number("/systemReserved/cpu", "m") + number("/kubeReserved/cpu", "m");
    let memory = number("/systemReserved/memory", "Mi")
        + number("/kubeReserved/memory", "Mi")
        + number("/evictionHard/memory.available", "Mi");
    assert_eq!(Kind::E2Custom2Cpus4Gib.left(), (2_000 - cpu, 4_096 - memory));
}

#[test]
fn kubelets_answer_with_certificates_of_the_cluster() {
    let kubelet = setting(Kubeadm::V1_36, "KubeletConfiguration");
    assert_eq!(
        (&kubelet["serverTLSBootstrap"], &kubelet["readOnlyPort"]),
        (&json!(true), &json!(0))
    );
    assert!(!files(Kubeadm::V1_36)["cluster/addons.yaml"].contains("--kubelet-insecure-tls"));
}

#[test]
fn the_api_server_answers_inside_of_the_network_and_by_a_tunnel() {
    let api = setting(Kubeadm::V1_30, "ClusterConfiguration")["apiServer"].clone();
    assert_eq!(
        api["certSANs"],
        json!(["devops-instance-1", "10.160.0.3", "127.0.0.1", "localhost"])
    );
    let all = files(Kubeadm::V1_30);
    assert!(!all["cloud-init/devops-instance-1.yaml"].contains("34.14.169.168"));
}

#[test]
fn every_file_that_the_api_server_reads_is_on_the_machine_or_made_there() {
    let api = setting(Kubeadm::V1_30, "ClusterConfiguration")["apiServer"].clone();
    let on_machine = on_machine(Kubeadm::V1_30, CONTROL);
    let made = &on_machine["/usr/local/sbin/make-control-plane"].1;
    let seen: BTreeSet<&str> = api["extraVolumes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["mountPath"].as_str().unwrap())
        .collect();
    for (name, value) in api["extraArgs"].as_object().unwrap() {
        let path = value.as_str().unwrap();
        let Some((folder, _)) = path.rsplit_once('/') else {
            continue;
        };
        assert!(
            on_machine.contains_key(path) || made.contains(path) || made.contains(folder),
            "{name}"
        );
        assert!(seen.contains(folder), "{name}");
    }
}

#[test]
fn nothing_that_a_machine_is_told_is_secret() {
    for version in Kubeadm::ALL {
        for (name, text) in files(version) {
            for word in [
                "BEGIN",
                "PRIVATE KEY",
                "password:",
                " passwd:",
                "token: \"",
                "certificateKey",
                "unsafe-skip",
            ] {
                assert!(!text.contains(word), "{name} has {word}");
            }
            // A token of kubeadm's own form.
            let is_token = |word: &str| {
                let parts = word.split_once('.').map(|(id, secret)| (id.len(), secret.len()));
                parts == Some((6, 16))
                    && word
                        .chars()
                        .all(|c| c == '.' || c.is_ascii_lowercase() || c.is_ascii_digit())
            };
            assert!(
                !text
                    .split(|c: char| c != '.' && !c.is_ascii_alphanumeric())
                    .any(is_token),
                "{name}"
            );
        }
    }
}

#[test]
fn only_who_administers_a_machine_changes_what_runs_there() {
    for host in [CONTROL, WORKER] {
        for (path, (rights, _)) in on_machine(Kubeadm::V1_30, host) {
            let wanted = match path.as_str() {
                "/usr/local/bin/deploy" => "0755",
                path if path.starts_with("/usr/local/sbin/") => "0700",
                _ => "0644",
            };
            assert_eq!(rights, wanted, "{path}");
        }
    }
}

#[test]
fn a_machine_fits_into_its_metadata() {
    for (name, text) in files(Kubeadm::V1_36) {
        assert!(text.len() < 200_000, "{name}: Google Cloud takes 256 KiB");
    }
}
