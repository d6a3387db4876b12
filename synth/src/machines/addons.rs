//! The network of pods: Flannel, and what holds pods to their network policies, which Flannel does not.
//!
//! As its makers write it for version 0.28.9, with the policies switched on
//! (<https://github.com/flannel-io/flannel/tree/v0.28.9/chart/kube-flannel>), by images that are named by their sums.

use std::collections::BTreeMap;

use serde_json::json;

use super::containers::{account, bare, image, mount, named, of_pod, path, resources, role, rule, selector, template};
use super::{metrics, waivers};
use crate::cluster::waived;
use crate::k8s::{apps, core, rbac};
use crate::manifest::{Bundle, Error, Layout, Metadata, Name, documents};
use crate::model::PODS;

/// The images, by their tags.
pub const IMAGES: [&str; 4] = [DAEMON, PLUG_IN, POLICIES, metrics::IMAGE];

const DAEMON: &str = "ghcr.io/flannel-io/flannel:v0.28.9";
const PLUG_IN: &str = "ghcr.io/flannel-io/flannel-cni-plugin:v1.9.1-flannel3";
const POLICIES: &str = "registry.k8s.io/networking/kube-network-policies:v1.0.0";

/// The namespace of what changes the network of machines, which no restricted pod may.
pub(super) const NAMESPACE: &str = "kube-flannel";

/// What runs on each machine.
pub(super) const FLANNEL: &str = "flannel";

/// The settings of the network, and where a container sees them.
const SETTINGS: &str = "flannel";
const SETTINGS_PATH: &str = "/etc/kube-flannel/";

/// The text of all that is applied to a new cluster.
pub(super) fn objects() -> Result<String, Error> {
    let mut bundle = Bundle::new(NAMESPACE, Layout::ByKind);
    bundle.add(core::Namespace::new(
        waived(Metadata::named(NAMESPACE), &waivers::OF_NAMESPACE).labelled(
            [
                ("enforce", "privileged"),
                ("audit", "privileged"),
                ("warn", "privileged"),
            ]
            .map(|(mode, level)| (format!("pod-security.kubernetes.io/{mode}"), level.to_owned())),
        ),
    ))?;
    let own = bundle.add(core::ServiceAccount::new(named(FLANNEL, FLANNEL)))?;
    rights(&mut bundle, &own)?;
    let settings = bundle.add(core::ConfigMap {
        data: Some(settings()),
        ..core::ConfigMap::new(named(SETTINGS, FLANNEL))
    })?;
    bundle.add(apps::DaemonSet::new(
        waived(named(FLANNEL, FLANNEL), &waivers::OF_NETWORK),
        apps::DaemonSetSpec {
            update_strategy: Some(apps::DaemonSetUpdateStrategy {
                r#type: Some(apps::DaemonSetUpdateStrategyType::RollingUpdate),
                ..Default::default()
            }),
            ..apps::DaemonSetSpec::new(selector(FLANNEL), template(FLANNEL, pod(&own, &settings)))
        },
    ))?;
    metrics::add(&mut bundle)?;
    let all = bundle.objects();
    Ok(documents(all.iter().map(|(_, object)| &object.json)))
}

/// It looks at machines, pods and policies, and says on a machine which addresses its pods have.
fn rights(bundle: &mut Bundle, own: &Name<core::ServiceAccount>) -> Result<(), Error> {
    let all = bundle.add(rbac::ClusterRole {
        rules: Some(vec![
            rule("", &["namespaces", "nodes", "pods"], &["get", "list", "watch"]),
            rule("", &["nodes/status"], &["patch"]),
            rule("networking.k8s.io", &["networkpolicies"], &["list", "watch"]),
        ]),
        ..rbac::ClusterRole::new(named(FLANNEL, FLANNEL))
    })?;
    bundle.add(rbac::ClusterRoleBinding {
        subjects: Some(account(own, NAMESPACE)),
        ..rbac::ClusterRoleBinding::new(
            named(FLANNEL, FLANNEL),
            role(rbac::RoleRefKind::ClusterRole, all.as_str()),
        )
    })?;
    Ok(())
}

fn settings() -> BTreeMap<String, String> {
    let plug_in = json!({
        "name": "cbr0",
        "cniVersion": "0.3.1",
        "plugins": [
            { "type": "flannel", "delegate": { "hairpinMode": true, "isDefaultGateway": true } },
            { "type": "portmap", "capabilities": { "portMappings": true } },
        ],
    });
    let network = json!({ "Network": PODS, "Backend": { "Type": "vxlan" } });
    BTreeMap::from([
        ("cni-conf.json".to_owned(), format!("{plug_in:#}\n")),
        ("net-conf.json".to_owned(), format!("{network:#}\n")),
    ])
}

fn pod(own: &Name<core::ServiceAccount>, settings: &Name<core::ConfigMap>) -> core::PodSpec {
    use core::HostPathVolumeSourceType::{Directory, DirectoryOrCreate, FileOrCreate};
    let of_settings = core::Volume {
        config_map: Some(core::ConfigMapVolumeSource {
            name: Some(settings.as_str().to_owned()),
            ..Default::default()
        }),
        ..core::Volume::new("settings")
    };
    core::PodSpec {
        host_network: Some(true),
        init_containers: Some(vec![plug_in(), plug_in_settings()]),
        node_selector: Some(BTreeMap::from([("kubernetes.io/os".to_owned(), "linux".to_owned())])),
        priority_class_name: Some("system-node-critical".into()),
        security_context: Some(core::PodSecurityContext {
            seccomp_profile: Some(core::SeccompProfile::new(core::SeccompProfileType::RuntimeDefault)),
            ..Default::default()
        }),
        service_account_name: Some(own.clone()),
        // Without it no machine is ready for anything else.
        tolerations: Some(vec![core::Toleration {
            operator: Some(core::TolerationOperator::Exists),
            ..Default::default()
        }]),
        volumes: Some(vec![
            path("run", "/run/flannel", DirectoryOrCreate),
            path("plug-ins", "/opt/cni/bin", DirectoryOrCreate),
            path("networks", "/etc/cni/net.d", DirectoryOrCreate),
            path("lock", "/run/xtables.lock", FileOrCreate),
            path("modules", "/lib/modules", Directory),
            of_settings,
        ]),
        ..core::PodSpec::new(vec![daemon(), policies()])
    }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|word| (*word).to_owned()).collect()
}

fn plug_in() -> core::Container {
    core::Container {
        image: Some(image(PLUG_IN)),
        command: Some(words(&["cp", "-f", "/flannel", "/opt/cni/bin/flannel"])),
        resources: Some(resources((10, 16), (100, 64))),
        security_context: Some(bare()),
        volume_mounts: Some(vec![mount("plug-ins", "/opt/cni/bin")]),
        ..core::Container::new("install-plug-in")
    }
}

fn plug_in_settings() -> core::Container {
    core::Container {
        image: Some(image(DAEMON)),
        command: Some(words(&[
            "/opt/bin/install-conf",
            "/etc/kube-flannel/cni-conf.json",
            "/etc/cni/net.d/10-flannel.conflist",
        ])),
        resources: Some(resources((10, 16), (100, 64))),
        security_context: Some(bare()),
        volume_mounts: Some(vec![
            mount("networks", "/etc/cni/net.d"),
            mount("settings", SETTINGS_PATH),
        ]),
        ..core::Container::new("install-settings")
    }
}

/// How it is asked whether it does its work.
fn probe(path: &str, first: i64, period: i64) -> core::Probe {
    core::Probe {
        http_get: Some(core::HTTPGetAction {
            path: Some(path.to_owned()),
            ..core::HTTPGetAction::new("health")
        }),
        initial_delay_seconds: Some(first),
        period_seconds: Some(period),
        ..Default::default()
    }
}

/// Makes a way between the pods of all machines.
fn daemon() -> core::Container {
    core::Container {
        image: Some(image(DAEMON)),
        command: Some(words(&[
            "/opt/bin/flanneld",
            "--ip-masq",
            "--kube-subnet-mgr",
            "--healthz-port=8081",
        ])),
        env: Some(vec![
            of_pod("POD_NAME", "metadata.name"),
            of_pod("POD_NAMESPACE", "metadata.namespace"),
        ]),
        ports: Some(vec![core::ContainerPort {
            name: Some("health".into()),
            ..core::ContainerPort::new(8081)
        }]),
        liveness_probe: Some(probe("/healthz", 10, 30)),
        readiness_probe: Some(probe("/readyz", 5, 10)),
        resources: Some(resources((100, 50), (500, 128))),
        security_context: Some(core::SecurityContext {
            allow_privilege_escalation: Some(false),
            capabilities: Some(core::Capabilities {
                add: Some(words(&["NET_ADMIN", "NET_RAW"])),
                ..Default::default()
            }),
            ..Default::default()
        }),
        volume_mounts: Some(vec![
            mount("run", "/run/flannel"),
            mount("settings", SETTINGS_PATH),
            mount("lock", "/run/xtables.lock"),
        ]),
        ..core::Container::new("flannel")
    }
}

/// Holds pods to their network policies: it looks at the first packet of each connection, and loads what the kernel needs for
/// that, for which its makers give it all rights.
fn policies() -> core::Container {
    core::Container {
        image: Some(image(POLICIES)),
        command: Some(words(&["/bin/netpol", "--hostname-override=$(NODE_NAME)", "--v=2"])),
        env: Some(vec![of_pod("NODE_NAME", "spec.nodeName")]),
        resources: Some(resources((100, 50), (500, 256))),
        security_context: Some(core::SecurityContext {
            privileged: Some(true),
            ..Default::default()
        }),
        volume_mounts: Some(vec![core::VolumeMount {
            read_only: Some(true),
            ..mount("modules", "/lib/modules")
        }]),
        ..core::Container::new("policies")
    }
}
