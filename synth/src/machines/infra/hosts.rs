//! The machines and their addresses.

use super::network::Parts;
use super::{CONTROL, WORKER, label, named};
use crate::google::{compute, iam};
use crate::machines::IMAGE;
use crate::model::{Host, Machines, Outside, System};
use crate::tofu::{Checker, Error, Handle, Ip, Lifecycle, Module, Output, Settings, Texts, Value, in_module};

/// The disk of a machine in GiB: the system, images, what pods write, and for the control plane the store.
const DISK: i64 = 40;

/// What checks object to in each machine.
const WAIVED: [(Checker, &str, &str); 4] = [
    (Checker::Checkov, "CKV_GCP_38", KEYS),
    (Checker::Checkov, "CKV_GCP_40", REACHED),
    (Checker::Trivy, "GCP-0031", REACHED),
    (Checker::Trivy, "GCP-0033", KEYS),
];

const KEYS: &str =
    "Google encrypts each disk by a key of its own; one of ours would have to be kept as safe as the disk";
const REACHED: &str = "it is reached by this address, and nothing comes in but what a firewall opens";

pub(super) fn expand(system: &System, machines: &Machines, module: &mut Module, ground: &Parts) -> Result<(), Error> {
    let account = iam::ServiceAccount {
        description: Some("Who machines are to Google Cloud: nobody gives it a right.".into()),
        display_name: Some(format!("The machines of {}", system.name).into()),
        ..iam::ServiceAccount::new(named(system, "machine"))
    };
    let account = module.add(label("machine")?, &account)?;
    for host in machines.hosts() {
        let inside = inside(host, module, ground)?;
        let outside = outside(host, module)?;
        let interface = compute::InstanceNetworkInterface {
            access_config: Some(vec![compute::InstanceNetworkInterfaceAccessConfig {
                nat_ip: Some(outside.clone()),
                ..Default::default()
            }]),
            network_ip: Some(inside),
            subnetwork: Some(ground.subnet.clone()),
            ..Default::default()
        };
        let is_control = host.name.as_str() == machines.control.name.as_str();
        let instance = compute::Instance {
            deletion_protection: is_control.then(|| true.into()),
            tags: Some(vec![named(system, if is_control { CONTROL } else { WORKER })].into()),
            ..instance(machines, host, interface, &account)
        };
        module.add_with(label(host.name.as_str())?, &instance, &settings(machines, is_control))?;
        let told = Output {
            description: format!("The address of {} outside of its network.", host.name),
            value: outside.text(),
            sensitive: false,
        };
        module.output(&label(host.name.as_str())?, &told)?;
    }
    Ok(())
}

fn settings(machines: &Machines, is_control: bool) -> Settings {
    let store = "It holds the store of the cluster: a plan that deletes it is refused.";
    let comment = match (is_control, machines.kind.note()) {
        (true, None) => Some(store.to_owned()),
        (true, Some(note)) => Some(format!("{store} Of its kind: {note}.")),
        (false, note) => note.map(|note| format!("Of its kind: {note}.")),
    };
    let waived = WAIVED.map(|(checker, check, reason)| (checker, check, reason.to_owned()));
    Settings {
        comment,
        allowed: waived.to_vec(),
        lifecycle: Lifecycle {
            prevent_destroy: is_control,
            // A later image of the family is for machines that are made later: with it this one would be made anew.
            ignore_changes: vec!["boot_disk"],
        },
        ..Settings::default()
    }
}

fn inside(host: &Host, module: &mut Module, ground: &Parts) -> Result<Value<Ip>, Error> {
    let address = compute::Address {
        address: Some(host.inside.into()),
        address_type: Some(compute::AddressAddressType::Internal.into()),
        subnetwork: Some(ground.subnet.clone()),
        ..compute::Address::new(format!("{}-inside", host.name))
    };
    let address = module.add(label(&format!("{}-inside", host.name))?, &address)?;
    Ok(address.address())
}

/// One that was reserved before is named by itself: Google Cloud refuses one that the project has not.
fn outside(host: &Host, module: &mut Module) -> Result<Value<Ip>, Error> {
    match host.outside {
        Outside::Reserved(address) => Ok(address.into()),
        Outside::Made => {
            let address = compute::Address {
                address_type: Some(compute::AddressAddressType::External.into()),
                ..compute::Address::new(format!("{}-outside", host.name))
            };
            let address = module.add(label(&format!("{}-outside", host.name))?, &address)?;
            Ok(address.address())
        }
    }
}

fn instance(
    machines: &Machines,
    host: &Host,
    interface: compute::InstanceNetworkInterface,
    account: &Handle<iam::ServiceAccount>,
) -> compute::Instance {
    let (project, family) = IMAGE;
    let disk = compute::InstanceBootDisk {
        initialize_params: Some(compute::InstanceBootDiskInitializeParams {
            image: Some(format!("{project}/{family}").into()),
            size: Some(DISK.into()),
            r#type: Some("pd-balanced".into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    let shielded = compute::InstanceShieldedInstanceConfig {
        enable_integrity_monitoring: Some(true.into()),
        enable_secure_boot: Some(true.into()),
        enable_vtpm: Some(true.into()),
    };
    compute::Instance {
        allow_stopping_for_update: Some(true.into()),
        metadata: Some(Texts::new([
            // Keys of the project would let in whoever may change its metadata; OS Login asks IAM.
            ("block-project-ssh-keys", Value::from("TRUE")),
            ("enable-oslogin", "TRUE".into()),
            ("serial-port-enable", "FALSE".into()),
            ("user-data", in_module(&format!("cloud-init/{}.yaml", host.name))),
        ])),
        // It may do nothing, since its account may not.
        service_account: Some(compute::InstanceServiceAccount {
            email: Some(account.email()),
            ..compute::InstanceServiceAccount::new(Vec::<String>::new())
        }),
        shielded_instance_config: Some(shielded),
        zone: Some(machines.cloud.zone.as_str().into()),
        ..compute::Instance::new(disk, machines.kind.name(), host.name.as_str(), [interface])
    }
}
