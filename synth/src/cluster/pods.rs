//! The pods: what they run, how it is known that they take requests, and how they stop.

use std::collections::BTreeMap;

use super::secrets;
use crate::k8s::{apps, core, meta};
use crate::manifest::{IntegerOrText, Labels, Name, Quantity};
use crate::model::{Amounts, Reaches, System};

/// The name of the port that requests come to.
pub(super) const PORT: &str = "http";

/// Where the service may write: its image cannot be written to.
const SCRATCH: &str = "scratch";

/// The user of the image, which is nobody else's.
pub(crate) const USER: u32 = 1000;

/// How many MiB it may write there.
pub(crate) const SCRATCH_MIB: u32 = 64;

/// How a pod is asked whether it takes requests: from one question to the next, how many bad answers are too many, and
/// how long an answer may take, which is the shortest of its probes; in seconds.
pub(crate) const READINESS: (u16, u16, u16) = (5, 2, 2);

/// How long pods stay where a machine is away, once the cluster has told so, in seconds. Kubernetes' own five minutes come
/// after the 50 seconds in which it waits for word of the machine
/// (<https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions>).
const AWAY: i64 = 30;

/// What runs in a cluster, whoever's it is.
pub(super) struct Pods<'a> {
    pub(super) system: &'a System,
    pub(super) labels: Labels,
    pub(super) settings: BTreeMap<String, String>,
    pub(super) amounts: Amounts,
    /// How many; nothing where something else says it.
    pub(super) replicas: Option<u32>,
    pub(super) image: String,
    pub(super) over: Over,
}

/// Over what pods of one version are spread.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Over zones, and over machines where that is possible.
    Zones,
    /// Over machines where that is possible: they stand in one zone, and no label says in which.
    Machines,
}

/// What a Deployment says of them.
pub(super) fn deployment(
    pods: &Pods<'_>,
    account: &Name<core::ServiceAccount>,
    config: &Name<core::ConfigMap>,
) -> apps::DeploymentSpec {
    let template = core::PodTemplateSpec {
        metadata: Some(of_template(pods)),
        spec: Some(pod(pods, account, config)),
    };
    let selector = meta::LabelSelector {
        match_labels: Some(pods.labels.selector()),
        ..Default::default()
    };
    let one_more = apps::RollingUpdateDeployment {
        max_surge: Some(1.into()),
        max_unavailable: Some(0.into()),
    };
    apps::DeploymentSpec {
        min_ready_seconds: Some(10),
        progress_deadline_seconds: Some(300),
        replicas: pods.replicas.map(Into::into),
        revision_history_limit: Some(5),
        strategy: Some(apps::DeploymentStrategy {
            rolling_update: Some(one_more),
            r#type: Some(apps::DeploymentStrategyType::RollingUpdate),
        }),
        ..apps::DeploymentSpec::new(selector, template)
    }
}

/// The labels, and what a change of the settings changes.
fn of_template(pods: &Pods<'_>) -> meta::ObjectMeta {
    meta::ObjectMeta {
        annotations: Some(told_by(&pods.settings)),
        labels: Some(pods.labels.all()),
        ..Default::default()
    }
}

/// What settings change in a pod, which reads them only when it starts.
pub(super) fn told_by(settings: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let sum = format!("{:016x}", fingerprint(&format!("{settings:?}")));
    BTreeMap::from([("synth/settings".to_owned(), sum)])
}

/// FNV-1a: the same on every machine, and nobody is kept out by it.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn pod(pods: &Pods<'_>, account: &Name<core::ServiceAccount>, config: &Name<core::ConfigMap>) -> core::PodSpec {
    let service = &pods.system.service;
    core::PodSpec {
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        security_context: Some(core::PodSecurityContext {
            fs_group: Some(USER.into()),
            run_as_group: Some(USER.into()),
            run_as_non_root: Some(true),
            run_as_user: Some(USER.into()),
            seccomp_profile: Some(core::SeccompProfile::new(core::SeccompProfileType::RuntimeDefault)),
            ..Default::default()
        }),
        service_account_name: Some(account.clone()),
        termination_grace_period_seconds: Some(service.stop_timeout().0.into()),
        tolerations: Some(["not-ready", "unreachable"].map(for_a_while).to_vec()),
        topology_spread_constraints: Some(spreads(pods)),
        volumes: Some(volumes(pods)),
        ..core::PodSpec::new(vec![container(pods, config)])
    }
}

/// Where it may write, and the secrets that it has as files.
fn volumes(pods: &Pods<'_>) -> Vec<core::Volume> {
    let scratch = core::Volume {
        empty_dir: Some(core::EmptyDirVolumeSource {
            size_limit: Some(Quantity::Memory(SCRATCH_MIB)),
            ..Default::default()
        }),
        ..core::Volume::new(SCRATCH)
    };
    let secrets = pods.system.secrets_that(Reaches::AsFiles).map(|secret| core::Volume {
        secret: Some(core::SecretVolumeSource {
            secret_name: Some(secrets::target(pods.system, secret)),
            ..Default::default()
        }),
        ..core::Volume::new(secret.name.as_str())
    });
    std::iter::once(scratch).chain(secrets).collect()
}

fn mounts(pods: &Pods<'_>) -> Vec<core::VolumeMount> {
    let secrets = pods
        .system
        .secrets_that(Reaches::AsFiles)
        .map(|secret| core::VolumeMount {
            read_only: Some(true),
            ..core::VolumeMount::new(secret.folder(), secret.name.as_str())
        });
    std::iter::once(core::VolumeMount::new("/tmp", SCRATCH))
        .chain(secrets)
        .collect()
}

/// Pods go on where a machine is away, but not for long: others take their place elsewhere.
fn for_a_while(state: &str) -> core::Toleration {
    core::Toleration {
        effect: Some(core::TolerationEffect::NoExecute),
        key: Some(format!("node.kubernetes.io/{state}")),
        operator: Some(core::TolerationOperator::Exists),
        toleration_seconds: Some(AWAY),
        ..Default::default()
    }
}

fn spreads(pods: &Pods<'_>) -> Vec<core::TopologySpreadConstraint> {
    use core::TopologySpreadConstraintWhenUnsatisfiable::{DoNotSchedule, ScheduleAnyway};
    let machines = spread(pods, "kubernetes.io/hostname", ScheduleAnyway);
    match pods.over {
        Over::Zones => vec![spread(pods, "topology.kubernetes.io/zone", DoNotSchedule), machines],
        Over::Machines => vec![machines],
    }
}

/// Pods of one version over the zones and over the machines. One that is away does not count, or its zone would be
/// waited for.
fn spread(
    pods: &Pods<'_>,
    over: &str,
    otherwise: core::TopologySpreadConstraintWhenUnsatisfiable,
) -> core::TopologySpreadConstraint {
    core::TopologySpreadConstraint {
        label_selector: Some(meta::LabelSelector {
            match_labels: Some(pods.labels.selector()),
            ..Default::default()
        }),
        match_label_keys: Some(vec!["pod-template-hash".into()]),
        node_taints_policy: Some(core::TopologySpreadConstraintNodeTaintsPolicy::Honor),
        ..core::TopologySpreadConstraint::new(1, over, otherwise)
    }
}

fn container(pods: &Pods<'_>, config: &Name<core::ConfigMap>) -> core::Container {
    let service = &pods.system.service;
    let port = core::ContainerPort {
        name: Some(PORT.into()),
        protocol: Some(core::ContainerPortProtocol::Tcp),
        ..core::ContainerPort::new(i64::from(service.port.number()))
    };
    let settings = core::EnvFromSource {
        config_map_ref: Some(core::ConfigMapEnvSource {
            name: Some(config.clone()),
            ..Default::default()
        }),
        ..Default::default()
    };
    core::Container {
        env_from: Some(vec![settings]),
        image: Some(pods.image.clone()),
        image_pull_policy: Some(core::ContainerImagePullPolicy::IfNotPresent),
        lifecycle: Some(stopping(pods)),
        liveness_probe: Some(probe(pods, 10, 3)),
        ports: Some(vec![port]),
        readiness_probe: Some(probe(pods, READINESS.0.into(), READINESS.1.into())),
        resources: Some(resources(pods.amounts)),
        security_context: Some(bare()),
        // As long as it starts, the others do not count.
        startup_probe: Some(probe(pods, 2, i64::from(service.health.grace.0.div_ceil(2).max(1)))),
        volume_mounts: Some(mounts(pods)),
        ..core::Container::new(pods.system.workload())
    }
}

/// What is kept for a container, and the most that it may use.
pub(super) fn resources(amounts: Amounts) -> core::ResourceRequirements {
    let of = |cpu, memory| {
        Some(BTreeMap::from([
            ("cpu".to_owned(), Quantity::Cpu(cpu)),
            ("memory".to_owned(), Quantity::Memory(memory)),
        ]))
    };
    core::ResourceRequirements {
        limits: of(amounts.cpu.most(), amounts.memory.most()),
        requests: of(amounts.cpu.least(), amounts.memory.least()),
        ..Default::default()
    }
}

/// The load balancer sends requests for a while after a pod is told to go, so that it goes on for as long.
fn stopping(pods: &Pods<'_>) -> core::Lifecycle {
    let delay = pods.system.service.drain_delay().0;
    core::Lifecycle {
        pre_stop: Some(core::LifecycleHandler {
            sleep: Some(core::SleepAction::new(i64::from(delay))),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn probe(pods: &Pods<'_>, period: i64, failures: i64) -> core::Probe {
    core::Probe {
        failure_threshold: Some(failures),
        http_get: Some(core::HTTPGetAction {
            path: Some(pods.system.service.health.path.clone()),
            ..core::HTTPGetAction::new(IntegerOrText::from(PORT))
        }),
        period_seconds: Some(period),
        timeout_seconds: Some(if period > 2 { 3 } else { READINESS.2.into() }),
        ..Default::default()
    }
}

/// A container that can do nothing but run.
pub(super) fn bare() -> core::SecurityContext {
    core::SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(core::Capabilities {
            drop: Some(vec!["ALL".into()]),
            ..Default::default()
        }),
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        ..Default::default()
    }
}
