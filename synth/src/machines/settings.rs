//! The settings of a machine's programs, file by file.

use serde_json::{Value as Json, json};

use super::view::Packages;
use crate::manifest::yaml;
use crate::model::Kubeadm;

/// What the kernel is told: what the network of pods needs, what the kubelet asks for, and that a machine whose kernel fails
/// starts anew.
pub(super) const KERNEL: &str = "\
net.bridge.bridge-nf-call-iptables = 1
net.bridge.bridge-nf-call-ip6tables = 1
net.ipv4.ip_forward = 1
vm.overcommit_memory = 1
vm.panic_on_oom = 0
kernel.panic = 10
kernel.panic_on_oops = 1
kernel.keys.root_maxkeys = 1000000
kernel.keys.root_maxbytes = 25000000
";

pub(super) const MODULES: &str = "overlay\nbr_netfilter\n";

/// What is logged is bounded by the disk, and kept for a month.
pub(super) const JOURNAL: &str = "[Journal]\nSystemMaxUse=1G\nMaxRetentionSec=1month\n";

/// A machine that is turned off waits for its pods. The kubelet would say so itself, and what Ubuntu says of its updates comes
/// after that and is shorter (<https://github.com/kubernetes/kubernetes/issues/102818>).
pub(super) const SHUTDOWN: &str = "[Login]\nInhibitDelayMaxSec=90\n";

/// Security is mended every day, and no machine starts anew by itself. What Kubernetes is made of goes by `upgrade.sh`.
pub(super) const MENDING: &str = r#"APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "false";
Unattended-Upgrade::Package-Blacklist { "^kube"; "^cri-tools$"; "^containerd"; };
"#;

/// Nobody comes in by a password.
pub(super) const SSH: &str = "PasswordAuthentication no\nPermitRootLogin no\nX11Forwarding no\n";

/// What a key of the user that deploys may do stands where that user cannot change it.
pub(super) const SSH_DEPLOYS: &str = "\
Match User deploy
    AuthorizedKeysFile /etc/ssh/deploy_keys
    AuthenticationMethods publickey
    AllowAgentForwarding no
    AllowTcpForwarding no
    PermitTTY no
    PermitUserRC no
    ClientAliveInterval 30
Match all
";

/// containerd of version 2 takes its settings in the words of the version before, too.
pub(super) fn runtime(version: Kubeadm) -> String {
    format!(
        "version = 2

[plugins.\"io.containerd.grpc.v1.cri\"]
  sandbox_image = \"{}\"

[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc]
  runtime_type = \"io.containerd.runc.v2\"

[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc.options]
  SystemdCgroup = true
",
        version.pause()
    )
}

/// Where packages come from; only the one key is believed.
pub(super) fn sources(packages: &Packages) -> [(&'static str, String); 2] {
    let one = |address: &str, suite: &str, key: &str| {
        format!("Types: deb\nURIs: {address}\nSuites: {suite}\nSigned-By: /etc/apt/keyrings/{key}.gpg\n")
    };
    let kubernetes = one(&packages.kubernetes, "/", "kubernetes");
    let docker = one(packages.docker, "noble", "docker") + "Components: stable\n";
    [
        ("/etc/apt/sources.list.d/kubernetes.sources", kubernetes),
        ("/etc/apt/sources.list.d/docker.sources", docker),
    ]
}

/// What a namespace is held to that does not say it itself: the strictest, but for those of the cluster's own.
pub(super) fn admission(version: Kubeadm) -> String {
    let (level, of) = ("restricted", version.minor());
    yaml(&json!({
        "apiVersion": "apiserver.config.k8s.io/v1",
        "kind": "AdmissionConfiguration",
        "plugins": [{
            "name": "PodSecurity",
            "configuration": {
                "apiVersion": "pod-security.admission.config.k8s.io/v1",
                "kind": "PodSecurityConfiguration",
                "defaults": {
                    "enforce": level, "enforce-version": of,
                    "audit": level, "audit-version": of,
                    "warn": level, "warn-version": of,
                },
                "exemptions": { "usernames": [], "runtimeClasses": [], "namespaces": ["kube-system"] },
            },
        }],
    }))
}

/// Who did what, and never what with: what is in a secret stands in no log. What only looks, and does so all day, is left out.
pub(super) fn audit() -> String {
    let nothing = |rule: Json| {
        let mut all = json!({ "level": "None" });
        if let (Some(all), Json::Object(rule)) = (all.as_object_mut(), rule) {
            all.extend(rule);
        }
        all
    };
    yaml(&json!({
        "apiVersion": "audit.k8s.io/v1",
        "kind": "Policy",
        "omitStages": ["RequestReceived"],
        "rules": [
            nothing(json!({ "nonResourceURLs": ["/healthz*", "/livez*", "/readyz*", "/version", "/metrics"] })),
            nothing(json!({ "resources": [{ "group": "coordination.k8s.io", "resources": ["leases"] }, { "group": "", "resources": ["events"] }] })),
            nothing(json!({
                "verbs": ["get", "list", "watch"],
                "userGroups": ["system:nodes", "system:serviceaccounts:kube-system", "system:serviceaccounts:kube-flannel"],
                "resources": [{ "group": "", "resources": ["configmaps", "endpoints", "namespaces", "nodes", "pods", "services"] }],
            })),
            nothing(json!({ "verbs": ["get", "list", "watch"], "users": ["system:kube-controller-manager", "system:kube-scheduler", "system:kube-proxy", "system:apiserver"] })),
            { "level": "Metadata" },
        ],
    }))
}
