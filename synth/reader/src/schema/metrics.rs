//! Who tells which metric, with which labels.
//!
//! One file of `schemas/metrics` for each; that of kube-state-metrics tells how they are written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One that tells metrics.
#[derive(Debug, Default)]
pub struct Exporter {
    /// What it is called.
    pub name: &'static str,
    /// What its metrics begin with.
    prefixes: Vec<&'static str>,
    /// What begins only with these: whatever else begins so is told by nobody.
    whole: Vec<&'static str>,
    /// The labels of each metric.
    metrics: BTreeMap<&'static str, Vec<&'static str>>,
    /// What there was once, and what tells the same.
    gone: BTreeMap<&'static str, &'static str>,
}

/// Each with its file.
const FILES: [(&str, &str); 9] = [
    ("cAdvisor", include_str!("../../../schemas/metrics/cadvisor.txt")),
    ("falcosidekick", include_str!("../../../schemas/metrics/falco.txt")),
    ("Gatekeeper", include_str!("../../../schemas/metrics/gatekeeper.txt")),
    ("Istio", include_str!("../../../schemas/metrics/istio.txt")),
    (
        "kube-state-metrics",
        include_str!("../../../schemas/metrics/kube-state-metrics.txt"),
    ),
    ("the kubelet", include_str!("../../../schemas/metrics/kubelet.txt")),
    ("Kyverno", include_str!("../../../schemas/metrics/kyverno.txt")),
    (
        "node-exporter",
        include_str!("../../../schemas/metrics/node-exporter.txt"),
    ),
    ("Prometheus", include_str!("../../../schemas/metrics/prometheus.txt")),
];

/// What Prometheus itself gives the series of whoever it asks, as its operator tells it to; `exported_` begins what it
/// found there (<https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config>).
pub const TARGET: [&str; 13] = [
    "job",
    "instance",
    "namespace",
    "pod",
    "service",
    "endpoint",
    "container",
    "node",
    "cluster",
    "metrics_path",
    "prometheus",
    "prometheus_replica",
    "__name__",
];

/// All of them.
#[must_use]
pub fn exporters() -> &'static [Exporter] {
    static ALL: LazyLock<Vec<Exporter>> =
        LazyLock::new(|| FILES.iter().map(|(name, text)| Exporter::of(name, text)).collect());
    &ALL
}

/// Who tells a metric, and with which labels.
#[must_use]
pub fn teller(metric: &str) -> Option<(&'static Exporter, &'static [&'static str])> {
    exporters()
        .iter()
        .find_map(|exporter| Some((exporter, exporter.labels(metric)?)))
}

/// Who tells the metrics that begin as this one does.
#[must_use]
pub fn owner(metric: &str) -> Option<&'static Exporter> {
    exporters()
        .iter()
        .find(|exporter| exporter.prefixes.iter().any(|prefix| metric.starts_with(prefix)))
}

impl Exporter {
    fn of(name: &'static str, text: &'static str) -> Self {
        let mut exporter = Self {
            name,
            ..Self::default()
        };
        let mut common: Vec<&str> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            match words.next() {
                None => {}
                Some("prefix") => exporter.prefixes.extend(words),
                Some("whole") => exporter.whole.extend(words),
                Some("@") => common = words.collect(),
                Some("gone") => exporter.gone.extend(words.next().zip(words.next())),
                Some(metric) => {
                    let labels = common.iter().copied().chain(words).collect();
                    exporter.metrics.insert(metric, labels);
                }
            }
        }
        exporter
    }

    /// The names of its metrics, each once.
    pub fn metrics(&self) -> impl Iterator<Item = &'static str> {
        self.metrics.keys().copied().filter(|name| !name.ends_with('*'))
    }

    /// The labels of a metric, if it tells it.
    #[must_use]
    pub fn labels(&self, metric: &str) -> Option<&[&'static str]> {
        let begins = |name: &str| name.strip_suffix('*').is_some_and(|start| metric.starts_with(start));
        let found = self.metrics.get(metric);
        let found = found.or_else(|| {
            self.metrics
                .iter()
                .find(|(name, _)| begins(name))
                .map(|(_, labels)| labels)
        });
        found.map(Vec::as_slice)
    }

    /// Whether another of its metrics has a label.
    #[must_use]
    pub fn knows(&self, label: &str) -> bool {
        self.metrics.values().any(|labels| labels.contains(&label))
    }

    /// Whether all metrics that begin as this one does are here.
    #[must_use]
    pub fn is_whole(&self, metric: &str) -> bool {
        self.whole.iter().any(|start| metric.starts_with(start))
    }

    /// What tells the same as a metric that there is no longer.
    #[must_use]
    pub fn instead(&self, metric: &str) -> Option<&'static str> {
        self.gone.get(metric).copied()
    }
}

/// Whether a metric has a label, be it given by whoever asks.
#[must_use]
pub fn has(labels: &[&str], label: &str) -> bool {
    let begins = |known: &str| known.strip_suffix('*').is_some_and(|start| label.starts_with(start));
    TARGET.contains(&label)
        || label.starts_with("exported_")
        || labels.iter().any(|known| *known == label || begins(known))
}
