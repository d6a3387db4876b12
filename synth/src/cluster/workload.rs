//! The pods: what they run, how it is known that they take requests, and how they stop.

use std::collections::BTreeMap;

use super::namespace::size;
use super::{Place, secrets};
use crate::k8s::{apps, core, meta};
use crate::manifest::{Bundle, Error, Given, IntegerOrText, Name, Quantity};
use crate::model::{Capacity, Reaches};

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

/// Its settings, and those that must agree with the load balancer.
pub(super) fn config(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::ConfigMap>, Error> {
    bundle.add(core::ConfigMap {
        data: Some(settings(place)),
        ..core::ConfigMap::new(place.own())
    })
}

fn settings(place: Place<'_>) -> BTreeMap<String, String> {
    let fixed = place.system.service.variables(place.system.own_drain());
    let fixed = fixed.map(|(variable, value)| (variable.name().to_owned(), value));
    let given = place.system.settings(place.environment).into_iter();
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let secrets = place.system.secrets().map(|secret| {
        let told = match secret.reaches {
            Reaches::ByName => place.system.secret(place.environment, secret),
            Reaches::AsFiles => secret.folder(),
        };
        (secret.variable(), told)
    });
    fixed.into_iter().chain(secrets).chain(given).collect()
}

pub(super) fn expand(
    place: Place<'_>,
    bundle: &mut Bundle,
    account: &Name<core::ServiceAccount>,
    config: &Name<core::ConfigMap>,
) -> Result<Name<apps::Deployment>, Error> {
    let labels = place.labels();
    let template = core::PodTemplateSpec {
        metadata: Some(of_template(place)),
        spec: Some(pod(place, account, config)),
    };
    let selector = meta::LabelSelector {
        match_labels: Some(labels.selector()),
        ..Default::default()
    };
    let one_more = apps::RollingUpdateDeployment {
        max_surge: Some(1.into()),
        max_unavailable: Some(0.into()),
    };
    let spec = apps::DeploymentSpec {
        min_ready_seconds: Some(10),
        progress_deadline_seconds: Some(300),
        // Where pods scale, a number here would undo it at each deployment.
        replicas: match place.environment.scale.capacity {
            Capacity::Fixed(count) => Some(count.into()),
            Capacity::Scaling { .. } => None,
        },
        revision_history_limit: Some(5),
        strategy: Some(apps::DeploymentStrategy {
            rolling_update: Some(one_more),
            r#type: Some(apps::DeploymentStrategyType::RollingUpdate),
        }),
        ..apps::DeploymentSpec::new(selector, template)
    };
    // What runs is the digest; the tag tells people which commit that is.
    let version = ("app.kubernetes.io/version".to_owned(), Given::Tag.to_string());
    bundle.add(apps::Deployment::new(place.own().labelled([version]), spec))
}

/// The labels, and what a change of the settings changes: pods read them only when they start.
fn of_template(place: Place<'_>) -> meta::ObjectMeta {
    let settings = format!("{:?}", settings(place));
    meta::ObjectMeta {
        annotations: Some(BTreeMap::from([(
            "synth/settings".to_owned(),
            format!("{:016x}", fingerprint(&settings)),
        )])),
        labels: Some(place.labels().all()),
        ..Default::default()
    }
}

/// FNV-1a: the same on every machine, and nobody is kept out by it.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn pod(place: Place<'_>, account: &Name<core::ServiceAccount>, config: &Name<core::ConfigMap>) -> core::PodSpec {
    let service = &place.system.service;
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
        topology_spread_constraints: Some(vec![
            spread(
                place,
                "topology.kubernetes.io/zone",
                core::TopologySpreadConstraintWhenUnsatisfiable::DoNotSchedule,
            ),
            spread(
                place,
                "kubernetes.io/hostname",
                core::TopologySpreadConstraintWhenUnsatisfiable::ScheduleAnyway,
            ),
        ]),
        volumes: Some(volumes(place)),
        ..core::PodSpec::new(vec![container(place, config)])
    }
}

/// Where it may write, and the secrets that it has as files.
fn volumes(place: Place<'_>) -> Vec<core::Volume> {
    let scratch = core::Volume {
        empty_dir: Some(core::EmptyDirVolumeSource {
            size_limit: Some(Quantity::Memory(SCRATCH_MIB)),
            ..Default::default()
        }),
        ..core::Volume::new(SCRATCH)
    };
    let secrets = place.system.secrets_that(Reaches::AsFiles).map(|secret| core::Volume {
        secret: Some(core::SecretVolumeSource {
            secret_name: Some(secrets::target(place.system, secret)),
            ..Default::default()
        }),
        ..core::Volume::new(secret.name.as_str())
    });
    std::iter::once(scratch).chain(secrets).collect()
}

fn mounts(place: Place<'_>) -> Vec<core::VolumeMount> {
    let secrets = place
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

/// Pods of one version over the zones and over the machines. One that is away does not count, or its zone would be
/// waited for.
fn spread(
    place: Place<'_>,
    over: &str,
    otherwise: core::TopologySpreadConstraintWhenUnsatisfiable,
) -> core::TopologySpreadConstraint {
    core::TopologySpreadConstraint {
        label_selector: Some(meta::LabelSelector {
            match_labels: Some(place.labels().selector()),
            ..Default::default()
        }),
        match_label_keys: Some(vec!["pod-template-hash".into()]),
        node_taints_policy: Some(core::TopologySpreadConstraintNodeTaintsPolicy::Honor),
        ..core::TopologySpreadConstraint::new(1, over, otherwise)
    }
}

fn container(place: Place<'_>, config: &Name<core::ConfigMap>) -> core::Container {
    let service = &place.system.service;
    let (cpu, memory) = size(place);
    let amounts = || {
        Some(BTreeMap::from([
            ("cpu".to_owned(), Quantity::Cpu(cpu)),
            ("memory".to_owned(), Quantity::Memory(memory)),
        ]))
    };
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
        image: Some(image(place)),
        image_pull_policy: Some(core::ContainerImagePullPolicy::IfNotPresent),
        lifecycle: Some(stopping(place)),
        liveness_probe: Some(probe(place, 10, 3)),
        ports: Some(vec![port]),
        readiness_probe: Some(probe(place, READINESS.0.into(), READINESS.1.into())),
        resources: Some(core::ResourceRequirements {
            limits: amounts(),
            requests: amounts(),
            ..Default::default()
        }),
        security_context: Some(bare()),
        // As long as it starts, the others do not count.
        startup_probe: Some(probe(place, 2, i64::from(service.health.grace.0.div_ceil(2).max(1)))),
        volume_mounts: Some(mounts(place)),
        ..core::Container::new(place.system.workload())
    }
}

/// The image by its digest, in the registry of the first environment.
fn image(place: Place<'_>) -> String {
    let home = place
        .system
        .registry_account()
        .unwrap_or_else(|| place.environment.account());
    format!("{}@{}", home.image(place.system.name.as_str()), Given::Digest)
}

/// The load balancer sends requests for a while after a pod is told to go, so that it goes on for as long.
fn stopping(place: Place<'_>) -> core::Lifecycle {
    let delay = place.system.service.drain_delay().0;
    core::Lifecycle {
        pre_stop: Some(core::LifecycleHandler {
            sleep: Some(core::SleepAction::new(i64::from(delay))),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn probe(place: Place<'_>, period: i64, failures: i64) -> core::Probe {
    core::Probe {
        failure_threshold: Some(failures),
        http_get: Some(core::HTTPGetAction {
            path: Some(place.system.service.health.path.clone()),
            ..core::HTTPGetAction::new(IntegerOrText::from(PORT))
        }),
        period_seconds: Some(period),
        timeout_seconds: Some(if period > 2 { 3 } else { READINESS.2.into() }),
        ..Default::default()
    }
}

/// A container that can do nothing but run.
fn bare() -> core::SecurityContext {
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
