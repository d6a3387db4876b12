//! What checks object to in what is applied to a new cluster, and why it is so.

use crate::cluster::{Checker, Waived};

/// It makes the network of a machine, which nobody can who may not change one.
const CHANGES: &str =
    "it makes the network of the machine: interfaces, routes, rules and the plug-in that the kubelet calls";
const MAKERS: &str = "its makers write it so and try it so: whether it works with less nobody has tried";
const ASKS: &str = "it asks the API server, by an account that may do no more than that";
const KEPT: &str = "its makers keep it there, and it is named by its digest";
const UNASKED: &str =
    "what holds pods to their policies has nothing to be asked by; the daemon of the network is asked";
const SERVES: &str = "it serves the whole cluster, and stands where its makers put it";
const ONE: &str =
    "without it for a minute nothing scales and everything runs; a second one would take room on two small machines";

/// The pods of the network.
pub(super) const OF_NETWORK: [Waived<'_>; 9] = [
    (
        Checker::Synth,
        &["host-namespace", "host-path", "added-capability", "root-container"],
        CHANGES,
    ),
    (
        Checker::Trivy,
        &[
            "KSV-0009", "KSV-0012", "KSV-0020", "KSV-0021", "KSV-0022", "KSV-0023", "KSV-0119",
        ],
        CHANGES,
    ),
    (
        Checker::Checkov,
        &[
            "CKV_K8S_19",
            "CKV_K8S_23",
            "CKV_K8S_25",
            "CKV_K8S_28",
            "CKV_K8S_37",
            "CKV_K8S_40",
        ],
        CHANGES,
    ),
    (
        Checker::Synth,
        &[
            "privileged-container",
            "escalating-container",
            "kept-capabilities",
            "writable-container",
        ],
        MAKERS,
    ),
    (
        Checker::Trivy,
        &["KSV-0001", "KSV-0003", "KSV-0004", "KSV-0014", "KSV-0017", "KSV-0106"],
        MAKERS,
    ),
    (Checker::Checkov, &["CKV_K8S_16", "CKV_K8S_20", "CKV_K8S_22"], MAKERS),
    (Checker::Checkov, &["CKV_K8S_38"], ASKS),
    (Checker::Checkov, &["CKV_K8S_8", "CKV_K8S_9"], UNASKED),
    (Checker::Trivy, &["KSV-0125"], KEPT),
];

/// The namespace of the network.
pub(super) const OF_NAMESPACE: [Waived<'_>; 2] = [
    (Checker::PodSecurity, &["privileged"], CHANGES),
    (
        Checker::Trivy,
        &["KSV-0039", "KSV-0040"],
        "nothing stands in it but the network, each container with a limit of its own",
    ),
];

/// What measures.
pub(super) const OF_METRICS: [Waived<'_>; 4] = [
    (Checker::Synth, &["single-replica"], ONE),
    (Checker::Trivy, &["KSV-0037"], SERVES),
    (Checker::Trivy, &["KSV-0125"], KEPT),
    (Checker::Checkov, &["CKV_K8S_38"], ASKS),
];

/// What leads to it.
pub(super) const OF_ITS_SERVICE: [Waived<'_>; 1] = [(Checker::Trivy, &["KSV-0037"], SERVES)];
