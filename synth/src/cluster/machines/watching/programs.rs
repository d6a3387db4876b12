//! The programs that measure, each with its account, its port and its flows.

use super::program::{Mount, Program, on_each, once};
use super::{ALERTMANAGER, KEEPS, MACHINES, NODE_PORT, PROMETHEUS, Place, ROOM, STATE, flows, rights, service};
use crate::cluster::machines::base::MEASURES;
use crate::manifest::{Bundle, Error};
use crate::model::Amounts;
use crate::monitoring::prometheus::alertmanager;

/// The images of all, by their tags.
pub(crate) const IMAGES: [&str; 4] = [PROMETHEUS_IMAGE, ALERTMANAGER_IMAGE, STATE_IMAGE, MACHINES_IMAGE];

const PROMETHEUS_IMAGE: &str = "quay.io/prometheus/prometheus:v3.14.0";
const ALERTMANAGER_IMAGE: &str = "quay.io/prometheus/alertmanager:v0.34.0";
const STATE_IMAGE: &str = "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0";
const MACHINES_IMAGE: &str = "quay.io/prometheus/node-exporter:v1.11.1";

/// Prometheus remembers for some days; it forgets when its pod is moved to another machine.
pub(super) fn measures(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let name = "prometheus";
    let account = rights::prometheus(place, bundle)?;
    let (time, size) = KEEPS;
    let program = Program {
        name,
        image: PROMETHEUS_IMAGE,
        arguments: vec![
            "--config.file=/etc/prometheus/prometheus.yml".to_owned(),
            "--storage.tsdb.path=/prometheus".to_owned(),
            format!("--storage.tsdb.retention.time={time}"),
            format!("--storage.tsdb.retention.size={size}"),
        ],
        port: PROMETHEUS,
        ready: "/-/ready",
        amounts: Amounts::exactly(250, 768),
        mounts: vec![
            Mount::Config("prometheus", "/etc/prometheus"),
            Mount::Room("/prometheus", ROOM),
        ],
    };
    bundle.add(once(place, &program, &account, true))?;
    bundle.add(service(place, name, PROMETHEUS, Some(NODE_PORT)))?;
    bundle.add(flows::of_prometheus(place, name))?;
    Ok(())
}

/// What counts objects of the namespaces of the system.
pub(super) fn counts(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let name = "kube-state-metrics";
    let account = rights::state(place, bundle)?;
    let namespaces = place
        .machines
        .namespaces
        .iter()
        .map(|namespace| namespace.name.as_str());
    let namespaces: Vec<&str> = namespaces.chain([MEASURES.0]).collect();
    let program = Program {
        name,
        image: STATE_IMAGE,
        arguments: vec![
            format!(
                "--resources={}",
                rights::COUNTED.map(|(_, resource)| resource).join(",")
            ),
            format!("--namespaces={}", namespaces.join(",")),
        ],
        port: STATE,
        ready: "/livez",
        amounts: Amounts::exactly(50, 128),
        mounts: Vec::new(),
    };
    bundle.add(once(place, &program, &account, true))?;
    bundle.add(service(place, name, STATE, None))?;
    bundle.add(flows::of_state(place, name))?;
    Ok(())
}

/// Who tells people.
pub(super) fn tells(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let name = "alertmanager";
    let account = rights::nothing(place, bundle, name)?;
    let secret = alertmanager::secret(place.system);
    let program = Program {
        name,
        image: ALERTMANAGER_IMAGE,
        arguments: vec![
            "--config.file=/etc/alertmanager/config/alertmanager.yml".to_owned(),
            "--storage.path=/alertmanager".to_owned(),
            // There is no other to agree with.
            "--cluster.listen-address=".to_owned(),
        ],
        port: ALERTMANAGER,
        ready: "/-/ready",
        amounts: Amounts::exactly(20, 64),
        mounts: vec![
            Mount::Config("alertmanager", "/etc/alertmanager/config"),
            Mount::Secret(secret.clone(), format!("/etc/alertmanager/secrets/{secret}")),
            Mount::Room("/alertmanager", 64),
        ],
    };
    bundle.add(once(place, &program, &account, false))?;
    bundle.add(service(place, name, ALERTMANAGER, None))?;
    bundle.add(flows::of_alertmanager(place, name))?;
    Ok(())
}

/// What looks at each machine.
pub(super) fn looks(place: Place<'_>, bundle: &mut Bundle) -> Result<(), Error> {
    let name = "node-exporter";
    let account = rights::nothing(place, bundle, name)?;
    let program = Program {
        name,
        image: MACHINES_IMAGE,
        arguments: [
            "--path.procfs=/host/proc",
            "--path.sysfs=/host/sys",
            "--path.rootfs=/host/root",
            "--collector.disable-defaults",
            "--collector.cpu",
            "--collector.filesystem",
            "--collector.loadavg",
            "--collector.meminfo",
            "--collector.netdev",
            "--collector.uname",
        ]
        .map(str::to_owned)
        .to_vec(),
        port: MACHINES,
        ready: "/",
        amounts: Amounts::exactly(20, 64),
        mounts: vec![
            Mount::Machine("proc", "/proc", "/host/proc"),
            Mount::Machine("sys", "/sys", "/host/sys"),
            Mount::Machine("root", "/", "/host/root"),
        ],
    };
    bundle.add(on_each(place, &program, &account))?;
    bundle.add(flows::of_machines(place, name))?;
    Ok(())
}
