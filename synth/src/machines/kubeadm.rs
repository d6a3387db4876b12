//! What kubeadm is told, in the words of the version that it is.

use serde_json::{Map, Value as Json, json};

use crate::model::{Host, Kubeadm, Machines, PODS, SERVICES};

/// Where the API server answers, inside of the network only.
const PORT: u16 = 6443;

/// How the kubelet speaks with containerd.
const RUNTIME: &str = "unix:///run/containerd/containerd.sock";

/// What the control plane is made with: how this machine is in the cluster, the cluster, its kubelets and its network.
pub(super) fn control(machines: &Machines) -> Vec<Json> {
    let control = &machines.control;
    vec![
        json!({
            "apiVersion": machines.version.configuration(),
            "kind": "InitConfiguration",
            // kubeadm makes one in any case. Machines join with others.
            "bootstrapTokens": [{ "ttl": "1m0s", "description": "for nobody" }],
            "localAPIEndpoint": { "advertiseAddress": control.inside.to_string(), "bindPort": PORT },
            "nodeRegistration": registration(machines.version, control),
        }),
        cluster(machines),
        kubelet(),
        json!({ "apiVersion": "kubeproxy.config.k8s.io/v1alpha1", "kind": "KubeProxyConfiguration", "mode": "iptables" }),
    ]
}

/// What a worker joins with, but the token and the sum of the cluster's key: they are put in on the machine, for as long as it
/// takes.
pub(super) fn worker(machines: &Machines, host: &Host) -> Json {
    json!({
        "apiVersion": machines.version.configuration(),
        "kind": "JoinConfiguration",
        "discovery": {
            "bootstrapToken": {
                "apiServerEndpoint": endpoint(machines),
                "token": "TOKEN",
                "caCertHashes": ["SUM"],
            },
        },
        "nodeRegistration": registration(machines.version, host),
    })
}

fn endpoint(machines: &Machines) -> String {
    format!("{}:{PORT}", machines.control.inside)
}

fn registration(version: Kubeadm, host: &Host) -> Json {
    json!({
        "name": host.name.as_str(),
        "criSocket": RUNTIME,
        "kubeletExtraArgs": arguments(version, &[("node-ip", &host.inside.to_string())]),
    })
}

/// Arguments of a program: a map at first, and since v1beta4 a list, where one may stand twice.
fn arguments(version: Kubeadm, all: &[(&str, &str)]) -> Json {
    match version {
        Kubeadm::V1_30 => {
            let all = all.iter().map(|(name, value)| ((*name).to_owned(), Json::from(*value)));
            Json::Object(all.collect::<Map<_, _>>())
        }
        Kubeadm::V1_33 | Kubeadm::V1_36 => {
            let all = all.iter().map(|(name, value)| json!({ "name": name, "value": value }));
            Json::Array(all.collect())
        }
    }
}

/// Whoever is nobody may still ask for what the API server lets nobody have, which is its version and whether it is well:
/// kubeadm asks for that to see whether it lives, and machines that join for the cluster's key.
fn cluster(machines: &Machines) -> Json {
    let version = machines.version;
    let quiet = arguments(version, &[("profiling", "false")]);
    json!({
        "apiVersion": version.configuration(),
        "kind": "ClusterConfiguration",
        "clusterName": "kubernetes",
        "kubernetesVersion": format!("v{}", version.patch()),
        "controlPlaneEndpoint": endpoint(machines),
        "networking": { "podSubnet": PODS, "serviceSubnet": SERVICES, "dnsDomain": "cluster.local" },
        "apiServer": {
            // Whoever has a tunnel by SSH asks it on his own computer.
            "certSANs": [machines.control.name.as_str(), machines.control.inside.to_string(), "127.0.0.1", "localhost"],
            "extraArgs": arguments(version, &[
                ("admission-control-config-file", "/etc/kubernetes/admission/admission.yaml"),
                ("audit-log-maxage", "30"),
                ("audit-log-maxbackup", "5"),
                ("audit-log-maxsize", "100"),
                ("audit-log-path", "/var/log/kubernetes/audit/audit.log"),
                ("audit-policy-file", "/etc/kubernetes/audit/policy.yaml"),
                ("encryption-provider-config", "/etc/kubernetes/encryption/encryption.yaml"),
                ("profiling", "false"),
            ]),
            "extraVolumes": [
                volume("admission", "/etc/kubernetes/admission", true),
                volume("audit-policy", "/etc/kubernetes/audit", true),
                volume("encryption", "/etc/kubernetes/encryption", true),
                volume("audit-log", "/var/log/kubernetes/audit", false),
            ],
        },
        "controllerManager": { "extraArgs": quiet },
        "scheduler": { "extraArgs": quiet },
    })
}

fn volume(name: &str, path: &str, reads: bool) -> Json {
    json!({ "name": name, "hostPath": path, "mountPath": path, "readOnly": reads, "pathType": "Directory" })
}

/// The kubelet of each machine. What it keeps is what [`Kind::left`](crate::model::Kind::left) counts on.
fn kubelet() -> Json {
    json!({
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "cgroupDriver": "systemd",
        "failSwapOn": true,
        // Who asks it is known to the API server, and may ask it.
        "authentication": { "anonymous": { "enabled": false }, "webhook": { "enabled": true } },
        "authorization": { "mode": "Webhook" },
        "readOnlyPort": 0,
        // It answers with a certificate of the cluster, so that nobody has to believe one that it made itself.
        "serverTLSBootstrap": true,
        "rotateCertificates": true,
        "protectKernelDefaults": true,
        "seccompDefault": true,
        "podPidsLimit": 1024,
        "systemReserved": { "cpu": "50m", "memory": "200Mi" },
        "kubeReserved": { "cpu": "50m", "memory": "200Mi" },
        // Whoever says one of these says all of them.
        "evictionHard": {
            "memory.available": "100Mi",
            "nodefs.available": "10%",
            "nodefs.inodesFree": "5%",
            "imagefs.available": "15%",
        },
        "containerLogMaxSize": "10Mi",
        "containerLogMaxFiles": 5,
        // A machine that is turned off lets its pods end.
        "shutdownGracePeriod": "60s",
        "shutdownGracePeriodCriticalPods": "15s",
    })
}
