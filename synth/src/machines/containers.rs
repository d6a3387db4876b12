//! What the containers that run on machines for others have in common.

use crate::k8s::{core, meta, rbac};
use crate::manifest::{Metadata, Name, Quantity};

/// What a thing is chosen by.
pub(super) fn labels(name: &str) -> [(String, String); 2] {
    [
        ("app.kubernetes.io/name".to_owned(), name.to_owned()),
        ("app.kubernetes.io/managed-by".to_owned(), "synth".to_owned()),
    ]
}

pub(super) fn named(name: &str, thing: &str) -> Metadata {
    Metadata::named(name).labelled(labels(thing))
}

pub(super) fn selector(thing: &str) -> meta::LabelSelector {
    meta::LabelSelector {
        match_labels: Some(labels(thing).into_iter().take(1).collect()),
        ..Default::default()
    }
}

pub(super) fn template(thing: &str, spec: core::PodSpec) -> core::PodTemplateSpec {
    core::PodTemplateSpec {
        metadata: Some(meta::ObjectMeta {
            labels: Some(labels(thing).into_iter().collect()),
            ..Default::default()
        }),
        spec: Some(spec),
    }
}

/// An image by its tag, for people, and by its sum, which is what runs: `setup.sh` puts it in.
pub(super) fn image(tagged: &str) -> String {
    format!("{tagged}@${{digest:{tagged}}}")
}

/// Thousandths of a CPU and MiB: what is kept, and the most.
pub(super) fn resources(least: (u32, u32), most: (u32, u32)) -> core::ResourceRequirements {
    let of = |(cpu, memory)| {
        [("cpu", Quantity::Cpu(cpu)), ("memory", Quantity::Memory(memory))]
            .map(|(name, amount)| (name.to_owned(), amount))
            .into_iter()
            .collect()
    };
    core::ResourceRequirements {
        limits: Some(of(most)),
        requests: Some(of(least)),
        ..Default::default()
    }
}

/// Where a container sees a path of the machine, or a volume.
pub(super) fn mount(name: &str, path: &str) -> core::VolumeMount {
    core::VolumeMount::new(path, name)
}

pub(super) fn path(name: &str, path: &str, kind: core::HostPathVolumeSourceType) -> core::Volume {
    core::Volume {
        host_path: Some(core::HostPathVolumeSource {
            r#type: Some(kind),
            ..core::HostPathVolumeSource::new(path)
        }),
        ..core::Volume::new(name)
    }
}

/// A variable that says something of the pod.
pub(super) fn of_pod(name: &str, field: &str) -> core::EnvVar {
    core::EnvVar {
        value_from: Some(core::EnvVarSource {
            field_ref: Some(core::ObjectFieldSelector::new(field)),
            ..Default::default()
        }),
        ..core::EnvVar::new(name)
    }
}

pub(super) fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> rbac::PolicyRule {
    rbac::PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resources: Some(resources.iter().map(|one| (*one).to_owned()).collect()),
        ..rbac::PolicyRule::new(verbs.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    }
}

pub(super) fn role(kind: rbac::RoleRefKind, name: &str) -> rbac::RoleRef {
    rbac::RoleRef {
        api_group: Some(rbac::RoleRefApiGroup::RbacAuthorizationK8sIo),
        ..rbac::RoleRef::new(kind, name)
    }
}

pub(super) fn account(name: &Name<core::ServiceAccount>, namespace: &str) -> Vec<rbac::Subject> {
    vec![rbac::Subject {
        namespace: Some(namespace.to_owned()),
        ..rbac::Subject::new(rbac::SubjectKind::ServiceAccount, name.as_str())
    }]
}

/// No rights but those of its user, and nothing to write to but what is mounted.
pub(super) fn bare() -> core::SecurityContext {
    core::SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(core::Capabilities {
            drop: Some(vec!["ALL".into()]),
            ..Default::default()
        }),
        read_only_root_filesystem: Some(true),
        ..Default::default()
    }
}
