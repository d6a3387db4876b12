//! What is installed of programs that run in a cluster for others: the one table of charts, versions and images.

/// What an operator is installed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Where its maker publishes it.
    pub repository: &'static str,
    /// Its name there, which is that of the installation too.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The namespace that it runs in.
    pub namespace: &'static str,
    /// The namespaces that are made for it, each with what the API server lets run there. None is made for one that every
    /// cluster has.
    pub namespaces: &'static [(&'static str, Standard)],
    /// What it runs.
    pub images: &'static [Image],
    /// What all of it asks the machines for, as its values say, but for its part in what every machine keeps.
    pub asks: Asks,
}

/// What pods ask machines for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// Thousandths of a CPU.
    pub cpu: u32,
    /// MiB.
    pub memory: u32,
    /// How many they are.
    pub pods: u32,
}

impl Asks {
    /// With what others ask for, so many times.
    pub(super) fn and(self, times: u32, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu * times,
            memory: self.memory + other.memory * times,
            pods: self.pods + other.pods * times,
        }
    }
}

/// What the API server lets run in a namespace (Kubernetes, "Pod Security Standards").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Pods that can do nothing but run.
    Restricted,
    /// Pods that may do everything on their machine: what looks at machines must.
    Privileged,
}

/// An image of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is kept.
    pub repository: &'static str,
    /// Its tag, which others may move: what runs is told by its digest. Nothing where only the chart says it.
    pub tag: Option<&'static str>,
    /// The Deployments that run it, by which the pipeline sees whether it is what was installed.
    pub deployments: &'static [&'static str],
    /// Those that run it on each machine: `DaemonSet`s.
    pub on_each: &'static [&'static str],
}

/// Nothing.
pub(super) const NOTHING: Asks = Asks {
    cpu: 0,
    memory: 0,
    pods: 0,
};

impl Standard {
    /// As Kubernetes calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::Privileged => "privileged",
        }
    }
}

impl Image {
    pub(super) const fn new(repository: &'static str, tag: &'static str, deployments: &'static [&'static str]) -> Self {
        Self {
            repository,
            tag: Some(tag),
            deployments,
            on_each: &[],
        }
    }

    /// One that runs on each machine.
    pub(super) const fn on_each(repository: &'static str, tag: &'static str, on_each: &'static [&'static str]) -> Self {
        Self {
            on_each,
            ..Self::new(repository, tag, &[])
        }
    }

    /// One whose version only the chart says.
    const fn of_chart(repository: &'static str, deployments: &'static [&'static str]) -> Self {
        Self {
            repository,
            tag: None,
            deployments,
            on_each: &[],
        }
    }
}

/// Pods that make load balancers stand beside what every cluster has.
pub(super) const LOAD_BALANCERS: Chart = Chart {
    repository: "https://aws.github.io/eks-charts",
    name: "aws-load-balancer-controller",
    version: "3.5.0",
    namespace: "kube-system",
    namespaces: &[],
    images: &[Image::new(
        "public.ecr.aws/eks/aws-load-balancer-controller",
        "v3.5.0",
        &["aws-load-balancer-controller"],
    )],
    asks: NOTHING,
};

/// 0.40.0 takes a way to open what was sealed from whoever may only ask the controller.
pub(super) const SEALED_SECRETS: Chart = Chart {
    repository: "https://bitnami.github.io/sealed-secrets",
    name: "sealed-secrets",
    version: "2.20.0",
    namespace: "sealed-secrets",
    namespaces: &[("sealed-secrets", Standard::Restricted)],
    images: &[Image::new(
        "docker.io/bitnami/sealed-secrets-controller",
        "0.40.0",
        &["sealed-secrets"],
    )],
    asks: Asks {
        cpu: 20,
        memory: 64,
        pods: 1,
    },
};

pub(super) const EXTERNAL_SECRETS: Chart = Chart {
    repository: "https://charts.external-secrets.io",
    name: "external-secrets",
    version: "2.9.0",
    namespace: "external-secrets",
    namespaces: &[("external-secrets", Standard::Restricted)],
    images: &[Image::new(
        "ghcr.io/external-secrets/external-secrets",
        "v2.9.0",
        &["external-secrets"],
    )],
    asks: Asks {
        cpu: 100,
        memory: 256,
        pods: 2,
    },
};

pub(super) const GATEKEEPER: Chart = Chart {
    repository: "https://open-policy-agent.github.io/gatekeeper/charts",
    name: "gatekeeper",
    version: "3.23.0",
    namespace: "gatekeeper-system",
    namespaces: &[("gatekeeper-system", Standard::Restricted)],
    images: &[Image::new(
        "openpolicyagent/gatekeeper",
        "v3.23.0",
        &["gatekeeper-audit", "gatekeeper-controller-manager"],
    )],
    asks: Asks {
        cpu: 400,
        memory: 2_048,
        pods: 4,
    },
};

/// It stays at 1.18: what 1.19.0 no longer reads, `cluster::signatures` says.
pub(super) const KYVERNO: Chart = Chart {
    repository: "https://kyverno.github.io/kyverno",
    name: "kyverno",
    version: "3.8.2",
    namespace: "kyverno",
    namespaces: &[("kyverno", Standard::Restricted)],
    images: &[
        Image::new(
            "reg.kyverno.io/kyverno/kyverno",
            "v1.18.2",
            &["kyverno-admission-controller"],
        ),
        Image::new("reg.kyverno.io/kyverno/kyvernopre", "v1.18.2", &[]),
    ],
    asks: Asks {
        cpu: 300,
        memory: 1_536,
        pods: 3,
    },
};

/// What looks into the kernel of each machine must be let do so; what tells of it stands beside it.
pub(super) const FALCO: Chart = Chart {
    repository: "https://falcosecurity.github.io/charts",
    name: "falco",
    version: "9.1.0",
    namespace: "falco",
    namespaces: &[("falco", Standard::Privileged)],
    images: &[
        Image::new("docker.io/falcosecurity/falco", "0.44.1", &[]),
        Image::new(
            "docker.io/falcosecurity/falcosidekick",
            "2.31.1",
            &["falco-falcosidekick"],
        ),
    ],
    asks: Asks {
        cpu: 40,
        memory: 128,
        pods: 2,
    },
};

/// The agent on each machine looks at the machine itself, so that it has a namespace of its own.
pub(super) const PROMETHEUS: Chart = Chart {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "kube-prometheus-stack",
    version: "88.5.3",
    namespace: "monitoring",
    namespaces: &[
        ("monitoring", Standard::Restricted),
        ("node-exporter", Standard::Privileged),
    ],
    images: &[
        Image::new(
            "quay.io/prometheus-operator/prometheus-operator",
            "v0.93.1",
            &["kube-prometheus-stack-operator"],
        ),
        Image::new("quay.io/prometheus-operator/prometheus-config-reloader", "v0.93.1", &[]),
        Image::of_chart("quay.io/prometheus/prometheus", &[]),
        Image::new("quay.io/prometheus/alertmanager", "v0.34.0", &[]),
        Image::of_chart("docker.io/grafana/grafana", &["grafana"]),
        Image::of_chart("quay.io/kiwigrid/k8s-sidecar", &["grafana"]),
        Image::of_chart(
            "registry.k8s.io/kube-state-metrics/kube-state-metrics",
            &["kube-prometheus-stack-kube-state-metrics"],
        ),
        Image::of_chart("quay.io/prometheus/node-exporter", &[]),
    ],
    asks: Asks {
        cpu: 900,
        memory: 6_912,
        pods: 14,
    },
};
