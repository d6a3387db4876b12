//! Programs of other makers, as pods that can do nothing but run.

use super::{Place, named, selector};
use crate::cluster::pods::{bare, resources};
use crate::cluster::waivers::{Checker, Waived, waived};
use crate::k8s::{apps, core, meta};
use crate::manifest::{IntegerOrText, Name, Quantity};
use crate::model::Amounts;

/// What checks object to in an image of somebody else, whose name ends in its digest.
const KEPT: Waived<'_> = (
    Checker::Trivy,
    &["KSV-0125"],
    "Its makers keep it there, and it is named by its digest",
);

/// What they object to in pods that ask the API server.
const ASKS: Waived<'_> = (
    Checker::Checkov,
    &["CKV_K8S_38"],
    "It asks the API server, by an account that may do no more than that",
);

/// What they object to in pods that see their machine.
const SEES: &str = "What it measures stands there, and it only reads it";
const SEES_MACHINE: [Waived<'_>; 3] = [
    KEPT,
    (Checker::Synth, &["host-path"], SEES),
    (Checker::Trivy, &["KSV-0023", "KSV-0121"], SEES),
];

/// Nobody: who programs are that own no file.
const NOBODY: i64 = 65534;

/// A program of somebody else.
pub(super) struct Program {
    pub(super) name: &'static str,
    /// Where it is kept, and its tag: what it is to the byte, whoever applies it says.
    pub(super) image: &'static str,
    pub(super) arguments: Vec<String>,
    pub(super) port: i64,
    /// The path that answers when it is ready.
    pub(super) ready: &'static str,
    pub(super) amounts: Amounts,
    pub(super) mounts: Vec<Mount>,
}

/// What a program finds at a path.
pub(super) enum Mount {
    /// A `ConfigMap`.
    Config(&'static str, &'static str),
    /// A secret, which is optional until somebody gives it.
    Secret(String, String),
    /// So many MiB that it may write.
    Room(&'static str, u32),
    /// Something of the machine: its name, where it is there, and where here.
    Machine(&'static str, &'static str, &'static str),
}

impl Mount {
    fn parts(&self) -> (core::Volume, core::VolumeMount) {
        match self {
            Self::Config(name, path) => {
                let source = core::ConfigMapVolumeSource {
                    name: Some((*name).to_owned()),
                    ..Default::default()
                };
                let volume = core::Volume {
                    config_map: Some(source),
                    ..core::Volume::new("config")
                };
                (volume, only_read(path, "config"))
            }
            Self::Secret(name, path) => {
                let source = core::SecretVolumeSource {
                    optional: Some(true),
                    secret_name: Some(name.clone()),
                    ..Default::default()
                };
                let volume = core::Volume {
                    secret: Some(source),
                    ..core::Volume::new("secrets")
                };
                (volume, only_read(path, "secrets"))
            }
            Self::Room(path, mebibytes) => (room(*mebibytes), core::VolumeMount::new(*path, "room")),
            Self::Machine(name, there, here) => {
                let volume = core::Volume {
                    host_path: Some(core::HostPathVolumeSource::new(*there)),
                    ..core::Volume::new(*name)
                };
                (volume, only_read(here, name))
            }
        }
    }
}

fn only_read(path: &str, name: &str) -> core::VolumeMount {
    core::VolumeMount {
        read_only: Some(true),
        ..core::VolumeMount::new(path, name)
    }
}

fn room(mebibytes: u32) -> core::Volume {
    let source = core::EmptyDirVolumeSource {
        size_limit: Some(Quantity::Memory(mebibytes)),
        ..Default::default()
    };
    core::Volume {
        empty_dir: Some(source),
        ..core::Volume::new("room")
    }
}

/// One pod, somewhere. Two would each remember half, and nothing here has a disk of its own.
pub(super) fn once(
    place: Place<'_>,
    program: &Program,
    account: &Name<core::ServiceAccount>,
    asks: bool,
) -> apps::Deployment {
    let spec = apps::DeploymentSpec {
        replicas: Some(1),
        revision_history_limit: Some(5),
        strategy: Some(apps::DeploymentStrategy {
            r#type: Some(apps::DeploymentStrategyType::Recreate),
            ..Default::default()
        }),
        ..apps::DeploymentSpec::new(
            selector(program.name),
            template(place, program, pod(program, account, asks)),
        )
    };
    let waivers: &[Waived<'_>] = if asks { &[KEPT, ASKS] } else { &[KEPT] };
    apps::Deployment::new(waived(named(place, program.name), waivers), spec)
}

/// One pod on each machine, the control plane's included.
pub(super) fn on_each(place: Place<'_>, program: &Program, account: &Name<core::ServiceAccount>) -> apps::DaemonSet {
    let everywhere = core::Toleration {
        operator: Some(core::TolerationOperator::Exists),
        ..Default::default()
    };
    let pod = core::PodSpec {
        tolerations: Some(vec![everywhere]),
        ..pod(program, account, false)
    };
    let spec = apps::DaemonSetSpec {
        revision_history_limit: Some(5),
        ..apps::DaemonSetSpec::new(selector(program.name), template(place, program, pod))
    };
    apps::DaemonSet::new(waived(named(place, program.name), &SEES_MACHINE), spec)
}

fn template(place: Place<'_>, program: &Program, pod: core::PodSpec) -> core::PodTemplateSpec {
    core::PodTemplateSpec {
        metadata: Some(meta::ObjectMeta {
            labels: Some(named(place, program.name).labels),
            ..Default::default()
        }),
        spec: Some(pod),
    }
}

/// `asks`: whether it asks the API server.
fn pod(program: &Program, account: &Name<core::ServiceAccount>, asks: bool) -> core::PodSpec {
    let (volumes, mounts): (Vec<_>, Vec<_>) = program.mounts.iter().map(Mount::parts).unzip();
    let container = core::Container {
        volume_mounts: (!mounts.is_empty()).then_some(mounts),
        ..container(program)
    };
    core::PodSpec {
        automount_service_account_token: Some(asks),
        enable_service_links: Some(false),
        security_context: Some(core::PodSecurityContext {
            fs_group: Some(NOBODY),
            run_as_group: Some(NOBODY),
            run_as_non_root: Some(true),
            run_as_user: Some(NOBODY),
            seccomp_profile: Some(core::SeccompProfile::new(core::SeccompProfileType::RuntimeDefault)),
            ..Default::default()
        }),
        service_account_name: Some(account.clone()),
        volumes: (!volumes.is_empty()).then_some(volumes),
        ..core::PodSpec::new(vec![container])
    }
}

fn container(program: &Program) -> core::Container {
    let port = core::ContainerPort {
        name: Some("http".into()),
        protocol: Some(core::ContainerPortProtocol::Tcp),
        ..core::ContainerPort::new(program.port)
    };
    let ready = core::Probe {
        http_get: Some(core::HTTPGetAction {
            path: Some(program.ready.into()),
            ..core::HTTPGetAction::new(IntegerOrText::from("http"))
        }),
        period_seconds: Some(10),
        timeout_seconds: Some(3),
        ..Default::default()
    };
    let lives = core::Probe {
        failure_threshold: Some(6),
        ..ready.clone()
    };
    core::Container {
        args: Some(program.arguments.clone()),
        image: Some(format!("{0}@${{digest:{0}}}", program.image)),
        image_pull_policy: Some(core::ContainerImagePullPolicy::IfNotPresent),
        liveness_probe: Some(lives),
        ports: Some(vec![port]),
        readiness_probe: Some(ready),
        resources: Some(resources(program.amounts)),
        security_context: Some(bare()),
        ..core::Container::new(program.name)
    }
}
