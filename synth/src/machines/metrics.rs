//! What measures machines and pods for whoever scales and looks: metrics-server 0.8.1
//! (<https://github.com/kubernetes-sigs/metrics-server/tree/v0.8.1/manifests>). It asks kubelets, and believes them because of
//! the cluster's own certificates.

use super::containers::{account, bare, image, labels, mount, named, resources, role, rule, selector, template};
use super::waivers;
use crate::cluster::waived;
use crate::k8s::{apiregistration, apps, core, rbac};
use crate::manifest::{Bundle, Error, Metadata, Name};

pub(super) const IMAGE: &str = "registry.k8s.io/metrics-server/metrics-server:v0.8.1";
const NAME: &str = "metrics-server";
const NAMESPACE: &str = "kube-system";
/// Who its image is made for.
const NOBODY: i64 = 65534;
const PORT: i64 = 10250;

pub(super) fn add(bundle: &mut Bundle) -> Result<(), Error> {
    let own = bundle.add_in(NAMESPACE, core::ServiceAccount::new(named(NAME, NAME)))?;
    rights(bundle, &own)?;
    bundle.add_in(
        NAMESPACE,
        core::Service::new(
            waived(named(NAME, NAME), &waivers::OF_ITS_SERVICE),
            core::ServiceSpec {
                ports: Some(vec![core::ServicePort {
                    name: Some("https".into()),
                    target_port: Some("https".into()),
                    ..core::ServicePort::new(443)
                }]),
                selector: Some(labels(NAME).into_iter().take(1).collect()),
                ..Default::default()
            },
        ),
    )?;
    bundle.add_in(
        NAMESPACE,
        apps::Deployment::new(
            waived(named(NAME, NAME), &waivers::OF_METRICS),
            apps::DeploymentSpec {
                replicas: Some(1),
                strategy: Some(apps::DeploymentStrategy {
                    rolling_update: Some(apps::RollingUpdateDeployment {
                        max_unavailable: Some(0.into()),
                        ..Default::default()
                    }),
                    r#type: Some(apps::DeploymentStrategyType::RollingUpdate),
                }),
                ..apps::DeploymentSpec::new(selector(NAME), template(NAME, pod(&own)))
            },
        ),
    )?;
    bundle.add(answers())?;
    Ok(())
}

/// The API server hands questions for figures on to it. It makes its own certificate anew at each start, so that nobody can say
/// beforehand which one is right; the way between them is inside of the network.
fn answers() -> apiregistration::APIService {
    apiregistration::APIService::new(
        Metadata::named("v1beta1.metrics.k8s.io").labelled(labels(NAME)),
        apiregistration::APIServiceSpec {
            group: Some("metrics.k8s.io".into()),
            insecure_skip_tls_verify: Some(true),
            service: Some(apiregistration::ServiceReference {
                name: Some(NAME.into()),
                namespace: Some(NAMESPACE.into()),
                port: Some(443),
            }),
            version: Some("v1beta1".into()),
            ..apiregistration::APIServiceSpec::new(100, 100)
        },
    )
}

fn rights(bundle: &mut Bundle, own: &Name<core::ServiceAccount>) -> Result<(), Error> {
    let reads = ["get", "list", "watch"];
    let mut readers = named("system:aggregated-metrics-reader", NAME);
    readers.labels.extend(
        ["view", "edit", "admin"].map(|of| (format!("rbac.authorization.k8s.io/aggregate-to-{of}"), "true".into())),
    );
    bundle.add(rbac::ClusterRole {
        rules: Some(vec![rule("metrics.k8s.io", &["nodes", "pods"], &reads)]),
        ..rbac::ClusterRole::new(readers)
    })?;
    let all = bundle.add(rbac::ClusterRole {
        rules: Some(vec![
            rule("", &["nodes/metrics"], &["get"]),
            rule("", &["nodes", "pods"], &reads),
        ]),
        ..rbac::ClusterRole::new(named("system:metrics-server", NAME))
    })?;
    for (name, of) in [
        ("system:metrics-server", all.as_str()),
        ("metrics-server:system:auth-delegator", "system:auth-delegator"),
    ] {
        bundle.add(rbac::ClusterRoleBinding {
            subjects: Some(account(own, NAMESPACE)),
            ..rbac::ClusterRoleBinding::new(named(name, NAME), role(rbac::RoleRefKind::ClusterRole, of))
        })?;
    }
    let reader = role(rbac::RoleRefKind::Role, "extension-apiserver-authentication-reader");
    bundle.add_in(
        NAMESPACE,
        rbac::RoleBinding {
            subjects: Some(account(own, NAMESPACE)),
            ..rbac::RoleBinding::new(named("metrics-server-auth-reader", NAME), reader)
        },
    )?;
    Ok(())
}

fn pod(own: &Name<core::ServiceAccount>) -> core::PodSpec {
    core::PodSpec {
        priority_class_name: Some("system-cluster-critical".into()),
        security_context: Some(core::PodSecurityContext {
            run_as_group: Some(NOBODY),
            run_as_non_root: Some(true),
            run_as_user: Some(NOBODY),
            seccomp_profile: Some(core::SeccompProfile::new(core::SeccompProfileType::RuntimeDefault)),
            ..Default::default()
        }),
        service_account_name: Some(own.clone()),
        volumes: Some(vec![core::Volume {
            empty_dir: Some(core::EmptyDirVolumeSource::default()),
            ..core::Volume::new("scratch")
        }]),
        ..core::PodSpec::new(vec![container()])
    }
}

fn container() -> core::Container {
    let arguments = [
        "--cert-dir=/tmp".to_owned(),
        format!("--secure-port={PORT}"),
        "--kubelet-preferred-address-types=InternalIP".to_owned(),
        "--kubelet-certificate-authority=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt".to_owned(),
        "--kubelet-use-node-status-port".to_owned(),
        "--metric-resolution=15s".to_owned(),
    ];
    let probe = |path: &str, first: i64| core::Probe {
        http_get: Some(core::HTTPGetAction {
            path: Some(path.to_owned()),
            scheme: Some(core::HTTPGetActionScheme::Https),
            ..core::HTTPGetAction::new("https")
        }),
        initial_delay_seconds: Some(first),
        period_seconds: Some(10),
        failure_threshold: Some(3),
        ..Default::default()
    };
    core::Container {
        image: Some(image(IMAGE)),
        args: Some(arguments.to_vec()),
        ports: Some(vec![core::ContainerPort {
            name: Some("https".into()),
            ..core::ContainerPort::new(PORT)
        }]),
        liveness_probe: Some(probe("/livez", 0)),
        readiness_probe: Some(probe("/readyz", 20)),
        resources: Some(resources((100, 200), (500, 400))),
        security_context: Some(bare()),
        volume_mounts: Some(vec![mount("scratch", "/tmp")]),
        ..core::Container::new(NAME)
    }
}
