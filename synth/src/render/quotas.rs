//! What an account must allow before the first deployment, and what all environments that stand in it take.

use serde::Serialize;

use crate::model::{Account, Capacity, Environment, System, Systems};

/// A quota of an account in a region.
struct Counted {
    /// What AWS counts.
    what: &'static str,
    /// The service, as Service Quotas names it.
    service: &'static str,
    code: &'static str,
    /// What a new account has (Amazon VPC user guide, "Amazon VPC quotas"; Elastic Load Balancing, "Quotas for your
    /// Application Load Balancers"; AWS General Reference, "AWS Fargate service quotas").
    default: u32,
    /// What an environment takes of it.
    taken: fn(&System, &Environment) -> u32,
}

/// An environment has one NAT gateway in a zone at the most, so that their number in a zone is that of environments.
const QUOTAS: [Counted; 6] = [
    quota("Elastic IP addresses", "ec2", "L-0263D0A3", 5, |_, one| {
        one.network().nat_gateways()
    }),
    quota("VPCs", "vpc", "L-F678F1CE", 5, |_, _| 1),
    quota("NAT gateways in a zone", "vpc", "L-FE5A380F", 5, |_, one| {
        one.network().nat_gateways().min(1)
    }),
    quota(
        "Application Load Balancers",
        "elasticloadbalancing",
        "L-53DA6B97",
        50,
        |_, _| 1,
    ),
    quota("vCPUs of tasks, at the most", "fargate", "L-3032A538", 6, of_tasks),
    quota(
        "vCPUs of machines for pods, at the most",
        "ec2",
        "L-1216C47A",
        5,
        of_machines,
    ),
];

fn of_tasks(system: &System, one: &Environment) -> u32 {
    if system.kubernetes().is_some() { 0 } else { vcpus(one) }
}

/// In Auto Mode what the cluster itself runs takes a machine of two; of a group there may be as many as it says.
fn of_machines(system: &System, one: &Environment) -> u32 {
    match system.node_group() {
        Some(group) => group.count.most() * group.machine.cpus(),
        None if system.kubernetes().is_some() => vcpus(one) + 2,
        None => 0,
    }
}

/// Those of as many tasks as scaling may start, in whole ones. A release has up to twice as many for minutes.
fn vcpus(one: &Environment) -> u32 {
    let (Capacity::Fixed(most) | Capacity::Scaling { max: most, .. }) = one.scale.capacity;
    most.saturating_mul(one.scale.size.cpu()).div_ceil(1024)
}

const fn quota(
    what: &'static str,
    service: &'static str,
    code: &'static str,
    default: u32,
    taken: fn(&System, &Environment) -> u32,
) -> Counted {
    Counted {
        what,
        service,
        code,
        default,
        taken,
    }
}

/// A quota of the account of some environments, and what they take.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Quota {
    account: String,
    region: String,
    what: &'static str,
    service: &'static str,
    code: &'static str,
    default: u32,
    takes: u32,
    /// Whether a new account allows less.
    is_more: bool,
}

/// The quotas of an account, against all environments of all systems in it.
pub(crate) fn quotas(systems: &Systems, account: &Account) -> Vec<Quota> {
    let all = systems.each().flat_map(|system| {
        let system = system.system();
        system.environments.iter().map(move |one| (system, one))
    });
    let here: Vec<(&System, &Environment)> = all
        .filter(|(_, one)| (&one.account().id, &one.account().region) == (&account.id, &account.region))
        .collect();
    let row = |quota: &Counted| {
        let takes = here.iter().map(|(system, one)| (quota.taken)(system, one)).sum();
        Quota {
            account: account.id.to_string(),
            region: account.region.as_str().to_owned(),
            what: quota.what,
            service: quota.service,
            code: quota.code,
            default: quota.default,
            takes,
            is_more: takes > quota.default,
        }
    };
    QUOTAS.iter().map(row).filter(|row| row.takes > 0).collect()
}
