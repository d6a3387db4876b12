//! Who comes in from outside, and what machines say to each other: whatever no firewall opens is closed.

use super::network::Parts;
use super::{CONTROL, WORKER, label, named};
use crate::cluster::machines::NODE_PORT;
use crate::google::compute;
use crate::model::{Machines, Open, System};
use crate::tofu::{Checker, Error, Module, Settings, Validation, Value, Variable};

/// From where Google's Identity-Aware Proxy reaches machines for whoever may use it
/// (<https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule>).
const TUNNELS: &str = "35.235.240.0/20";

/// Everybody.
const EVERYBODY: &str = "0.0.0.0/0";

/// A door: its role, what comes in by it, and by which machines.
struct Door {
    role: String,
    /// Why it is there, in a sentence.
    says: String,
    protocol: &'static str,
    ports: Vec<String>,
    from: From,
    to: &'static [&'static str],
}

/// Who comes in by a door.
enum From {
    /// A range of addresses.
    Range(String),
    /// Those who keep the machines.
    Operators,
    /// Everybody, with the reason, and with the check of another program that forbids it.
    Everybody(&'static str, (Checker, &'static str)),
}

pub(super) fn expand(system: &System, machines: &Machines, module: &mut Module, ground: &Parts) -> Result<(), Error> {
    let operators = Variable {
        default: Some(machines.cloud.operators.iter().map(ToString::to_string).collect()),
        validations: vec![Validation::narrow_ranges(
            "Name ranges of addresses that operators come from; none of them is everybody's.",
        )],
        ..Variable::<Vec<String>>::new("Where those come from who keep the machines.")
    };
    let operators = module.variable(&label("operators")?, &operators)?;
    let all = within(machines).into_iter().chain(ssh(machines)).chain(ports(machines));
    for door in all {
        add(system, module, (ground, &operators), door)?;
    }
    Ok(())
}

/// Every machine.
const ALL: &[&str] = &[CONTROL, WORKER];

/// What machines say to each other: the API server of the control plane, the kubelet of each, and the packets of pods, which
/// Flannel wraps (<https://github.com/flannel-io/flannel/blob/v0.28.9/Documentation/backends.md#vxlan>).
fn within(machines: &Machines) -> [Door; 3] {
    let door = |role: &str, says: &str, protocol, port: &str, to| Door {
        role: role.to_owned(),
        says: says.to_owned(),
        protocol,
        ports: vec![port.to_owned()],
        from: From::Range(machines.ground.addresses().to_string()),
        to,
    };
    let api = "Machines ask the API server; nobody outside does.";
    let kubelet = "The API server and Prometheus ask each machine.";
    let pods = "Pods of different machines talk by packets within packets.";
    [
        door("api", api, "tcp", "6443", &[CONTROL]),
        door("kubelet", kubelet, "tcp", "10250", ALL),
        door("pods", pods, "udp", "8472", ALL),
    ]
}

fn ssh(machines: &Machines) -> Vec<Door> {
    let door = |role: &str, says: String, from, to| Door {
        role: role.to_owned(),
        says,
        protocol: "tcp",
        ports: vec!["22".to_owned()],
        from,
        to,
    };
    let keep = "Operators keep the machines.".to_owned();
    let tunnels = "Operators come through Google's Identity-Aware Proxy, which asks who they are.".to_owned();
    let mut doors = vec![
        door("ssh", keep, From::Operators, ALL),
        door("ssh-tunnels", tunnels, From::Range(TUNNELS.to_owned()), ALL),
    ];
    if let Open::ToAnybody { because } = machines.deploys {
        let from = From::Everybody(because, (Checker::Checkov, "CKV_GCP_2"));
        doors.push(door("deployments", open(because), from, &[CONTROL]));
    }
    doors
}

/// The ports under which machines answer for environments, and for Prometheus.
fn ports(machines: &Machines) -> Vec<Door> {
    let door = |role: String, says: String, ports, from| Door {
        role,
        says,
        protocol: "tcp",
        ports,
        from,
        to: &[WORKER],
    };
    let mut closed = vec![NODE_PORT.number().to_string()];
    let mut doors = Vec::new();
    for namespace in &machines.namespaces {
        let port = namespace.port.number().to_string();
        match namespace.open {
            Open::ToOperators => closed.push(port),
            Open::ToAnybody { because } => {
                let role = format!("users-{}", namespace.name);
                let from = From::Everybody(because, (Checker::Trivy, "GCP-0073"));
                doors.push(door(role, open(because), vec![port], from));
            }
        }
    }
    closed.sort();
    let says = "Prometheus, and the environments that are for operators only.".to_owned();
    doors.push(door("operators".to_owned(), says, closed, From::Operators));
    doors
}

fn open(because: &str) -> String {
    format!("Open to everybody: {because}.")
}

fn add(
    system: &System,
    module: &mut Module,
    (ground, operators): (&Parts, &Value<Vec<String>>),
    door: Door,
) -> Result<(), Error> {
    let allowed = compute::FirewallAllow {
        ports: Some(door.ports.into()),
        ..compute::FirewallAllow::new(door.protocol)
    };
    let to: Vec<String> = door.to.iter().map(|tag| named(system, tag)).collect();
    let mut settings = Settings::default();
    let from = match door.from {
        From::Range(range) => vec![range].into(),
        From::Operators => operators.clone(),
        From::Everybody(because, (checker, check)) => {
            let own = (Checker::Synth, "open-firewall");
            settings.allowed = [own, (checker, check)]
                .map(|(checker, check)| (checker, check, because.to_owned()))
                .to_vec();
            vec![EVERYBODY.to_owned()].into()
        }
    };
    let firewall = compute::Firewall {
        allow: Some(vec![allowed]),
        description: Some(door.says.into()),
        direction: Some(compute::FirewallDirection::Ingress.into()),
        source_ranges: Some(from),
        target_tags: Some(to.into()),
        ..compute::Firewall::new(named(system, &door.role), ground.network.clone())
    };
    module.add_with(label(&door.role)?, &firewall, &settings)?;
    Ok(())
}
