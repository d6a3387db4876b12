//! The machines and what stands on them.

use serde_json::{Value as Json, json};
use synth::model::Kubeadm;

use super::{built, containers, file, object};
use crate::machines::on_machine;

fn module() -> Json {
    serde_json::from_str(file("infra/main.tf.json")).unwrap()
}

#[test]
fn s4_1_a_module_of_opentofu_makes_the_machines() {
    for name in ["main", "variables", "outputs", "provider"] {
        let text = file(&format!("infra/{name}.tf.json"));
        assert!(text.starts_with("{\n") && text.len() > 50, "{name}");
    }
    let makefile = file("Makefile");
    for command in ["init", "plan", "apply"] {
        let target = format!("\ntofu-{command}: ");
        assert!(
            makefile.contains(&target) && makefile.contains(&format!("$(TOFU) {command}")),
            "{command}"
        );
        assert!(
            file("DEPLOYMENT.md").contains(&format!("tofu-{command}\n")),
            "{command}"
        );
    }
}

#[test]
fn s4_2_to_4_containerd_kubeadm_of_1_30_and_flannel() {
    for host in ["devops-instance-1", "devops-instance-2", "devops-instance-3"] {
        let text = file(&format!("infra/cloud-init/{host}.yaml"));
        for word in ["containerd", "core:/stable:/v1.30/deb/", "1.30.14-1.1"] {
            assert!(text.contains(word), "{host} has no {word}");
        }
    }
    let control = on_machine(Kubeadm::V1_30, "devops-instance-1");
    let config = control.iter().find(|(path, _)| path.ends_with("kubeadm.yaml")).unwrap();
    assert!(
        config.1.1.contains("kubernetesVersion: v1.30.14") || config.1.1.contains("kubernetesVersion: \"v1.30.14\"")
    );
    assert!(config.1.1.contains("kubeadm.k8s.io/v1beta3"));
    assert!(file("infra/cluster/addons.yaml").contains("kind: DaemonSet\nmetadata:\n  name: flannel\n"));
}

#[test]
fn s4_5_each_environment_is_reached_by_a_port_of_the_machines() {
    for name in ["dev", "stage", "prod"] {
        let objects = built(&format!("overlays/{name}"));
        assert_eq!(
            object(&objects, "Service", "fastapi")["spec"]["type"],
            "NodePort",
            "{name}"
        );
    }
}

#[test]
fn s4_6_three_machines_with_two_cpus_and_4_gib_have_the_addresses_that_were_asked_for() {
    let module = module();
    let resources = &module["resource"];
    let machines = resources["google_compute_instance"].as_object().unwrap();
    let told: Vec<String> = machines
        .iter()
        .map(|(name, it)| {
            let door = &it["network_interface"][0];
            let inside = &resources["google_compute_address"][format!("{name}-inside")]["address"];
            let place = format!("${{google_compute_address.{name}-inside.address}}");
            assert_eq!(door["network_ip"], place);
            let outside = &door["access_config"][0]["nat_ip"];
            format!("{name} {} {inside} {outside}", it["machine_type"]).replace('"', "")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    devops-instance-1 e2-custom-2-4096 10.160.0.3 34.14.169.168
    devops-instance-2 e2-custom-2-4096 10.160.0.4 34.100.156.67
    devops-instance-3 e2-custom-2-4096 10.160.0.5 34.14.213.230
    ");
}

#[test]
fn s4_7_pods_run_on_workers_only_and_the_page_says_what_runs_where() {
    // kubeadm taints the machine of the control plane; nothing of ours tolerates that but what runs on each machine.
    for folder in ["overlays/dev", "overlays/stage", "overlays/prod", "monitoring"] {
        for it in built(folder).iter().filter(|it| it["kind"] != "DaemonSet") {
            let pod = it["spec"]["template"]["spec"]["tolerations"].to_string();
            assert!(!pod.contains("control-plane"), "{folder}: {}", it["metadata"]["name"]);
        }
    }
    let readme = file("README.md");
    assert!(readme.contains("| control plane: API server, etcd, scheduler, controllers | 10.160.0.3 |"));
    for address in ["10.160.0.4", "10.160.0.5"] {
        assert!(readme.contains(&format!("| worker: pods, Flannel, kube-proxy | {address} |")));
    }
}

#[test]
fn s4_9_there_are_four_namespaces_and_what_measures_machines_has_its_own() {
    let mut all = built("cluster");
    all.extend(built("monitoring"));
    let mut names: Vec<&str> = all
        .iter()
        .filter(|it| it["kind"] == "Namespace")
        .map(|it| it["metadata"]["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["dev", "monitoring", "node-exporter", "prod", "stage"]);
}

#[test]
fn s4_10_pods_run_the_image_of_docker_hub_by_its_digest() {
    for name in ["dev", "stage", "prod"] {
        let (_, container) = containers(&built(&format!("overlays/{name}"))).remove(0);
        assert_eq!(
            container["image"], "docker.io/prasannasn/fastapi-devops@${image.digest}",
            "{name}"
        );
    }
}

#[test]
fn s4_40_and_41_no_container_runs_as_root_and_each_has_a_most() {
    for folder in ["overlays/dev", "overlays/stage", "overlays/prod", "monitoring"] {
        let objects = built(folder);
        for it in objects
            .iter()
            .filter(|it| it["spec"]["template"]["spec"]["containers"].is_array())
        {
            let pod = &it["spec"]["template"]["spec"];
            assert_eq!(
                pod["securityContext"]["runAsNonRoot"], true,
                "{folder}: {}",
                it["metadata"]["name"]
            );
        }
        for (name, container) in containers(&objects) {
            let limits = &container["resources"]["limits"];
            assert!(
                limits["cpu"].is_string() && limits["memory"].is_string(),
                "{folder}: {name}"
            );
            assert_eq!(
                container["securityContext"]["allowPrivilegeEscalation"],
                json!(false),
                "{folder}: {name}"
            );
        }
    }
}
