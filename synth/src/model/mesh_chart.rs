//! What is installed of a mesh: Istio's charts.

use super::chart::{Asks, Chart, Image, NOTHING, Standard};

/// The one version of all parts of a mesh.
const ISTIO: &str = "1.31.1";

/// Its images without a shell.
const OF_ISTIO: &str = "1.31.1-distroless";

/// The kinds of a mesh: no pods. What runs it may do everything on its machine, since two of it change networks there.
pub(super) const MESH_KINDS: Chart = Chart {
    namespaces: &[("istio-system", Standard::Privileged)],
    ..istio("base", &[])
};

/// What says who is who: two of them.
pub(super) const MESH_CONTROL: Chart = Chart {
    asks: Asks {
        cpu: 500,
        memory: 1_024,
        pods: 2,
    },
    ..istio("istiod", &[Image::new("docker.io/istio/pilot", OF_ISTIO, &["istiod"])])
};

/// What leads calls of pods into it.
pub(super) const MESH_NETWORK: Chart = istio(
    "cni",
    &[Image::on_each(
        "docker.io/istio/install-cni",
        OF_ISTIO,
        &["istio-cni-node"],
    )],
);

/// What encrypts them.
pub(super) const MESH_TUNNEL: Chart = istio(
    "ztunnel",
    &[Image::on_each("docker.io/istio/ztunnel", OF_ISTIO, &["ztunnel"])],
);

/// What takes requests from outside, two for each of three zones at the most. It has a namespace of its own, since whoever may
/// write there may speak for it.
pub(super) const MESH_GATEWAY: Chart = Chart {
    namespace: "istio-ingress",
    namespaces: &[("istio-ingress", Standard::Restricted)],
    asks: Asks {
        cpu: 1_500,
        memory: 1_536,
        pods: 6,
    },
    ..istio(
        "gateway",
        &[Image::new("docker.io/istio/proxyv2", OF_ISTIO, &["gateway"])],
    )
};

/// Since 1.31 its makers publish charts there, and images at Docker's registry only
/// (<https://istio.io/latest/blog/2026/retirement-of-gcp/>).
const fn istio(name: &'static str, images: &'static [Image]) -> Chart {
    Chart {
        repository: "https://blob.istio.io/istio-release/charts",
        name,
        version: ISTIO,
        namespace: "istio-system",
        namespaces: &[],
        images,
        asks: NOTHING,
    }
}
