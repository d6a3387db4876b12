//! All objects of both sides, which tell what a change of one means to others.

use serde_json::{Map, Value as Json};

use super::object::Object;

#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) old: &'a [Object],
    pub(super) new: &'a [Object],
}

impl<'a> World<'a> {
    /// Whether an autoscaler sets the number of pods of a workload.
    pub(super) fn is_scaled(&self, workload: &Object) -> bool {
        let mut scalers = self
            .new
            .iter()
            .filter(|object| object.kind == "HorizontalPodAutoscaler" || object.kind == "ScaledObject");
        scalers.any(|scaler| {
            let target = |key| scaler.text(&["spec", "scaleTargetRef", key]);
            target("name") == Some(&workload.name)
                && target("kind").is_none_or(|kind| kind == workload.kind)
                && scaler.is_beside(workload)
        })
    }

    /// What has pods that a selector of pairs finds, among some objects.
    pub(super) fn found(
        objects: &'a [Object],
        beside: &'a Object,
        pairs: &'a Map<String, Json>,
    ) -> impl Iterator<Item = &'a Object> {
        objects.iter().filter(move |object| {
            let labels = object.pod_labels();
            object.is_beside(beside)
                && object.pod().is_some()
                && pairs
                    .iter()
                    .all(|(key, value)| labels.and_then(|labels| labels.get(key)) == Some(value))
        })
    }

    /// Workloads whose pods have a ConfigMap or Secret among their variables.
    pub(super) fn readers(&self, source: &'a Object) -> Vec<&'a str> {
        let key = if source.kind == "Secret" { "secret" } else { "configMap" };
        let names = |pod: &Json| {
            let containers = ["containers", "initContainers"];
            let lists = containers.iter().filter_map(|list| pod.get(*list)?.as_array());
            lists.flatten().any(|container| {
                let of = |list: &str| {
                    container
                        .get(list)
                        .and_then(Json::as_array)
                        .cloned()
                        .unwrap_or_default()
                };
                let name = |value: &Json| value.get("name").and_then(Json::as_str) == Some(&source.name);
                of("envFrom")
                    .iter()
                    .any(|from| from.get(format!("{key}Ref")).is_some_and(name))
                    || of("env").iter().any(|env| {
                        let from = env.get("valueFrom").and_then(|from| from.get(format!("{key}KeyRef")));
                        from.is_some_and(name)
                    })
            })
        };
        let lasting = ["Deployment", "StatefulSet", "DaemonSet"];
        let workloads = self
            .new
            .iter()
            .filter(|object| object.is(&lasting) && object.is_beside(source));
        let mut found: Vec<&str> = workloads
            .filter(|workload| workload.pod().is_some_and(names))
            .map(|workload| workload.name.as_str())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
