//! Three machines in a network of their own.

use std::net::Ipv4Addr;

use synth::google::{compute, iam};
use synth::tofu::{
    Backend, Error, Handle, Label, Lifecycle, Module, Output, Provider, Settings, Texts, Validation, Value, Variable,
    Version, joined,
};

pub(super) fn label(name: &str) -> Label {
    Label::new(name).unwrap()
}

pub(super) fn provider(project: Value<String>) -> Provider {
    Provider {
        version: Version(8, 7, 0),
        project,
        region: "asia-south1".into(),
        zone: "asia-south1-a".into(),
    }
}

/// A file of the sample.
pub(super) fn file(name: &str) -> String {
    let files = machines().unwrap();
    let found = files.into_iter().find(|(known, _)| *known == name);
    found.unwrap().1
}

pub(super) fn machines() -> Result<Vec<(&'static str, String)>, Error> {
    let mut module = Module::new(Backend::Gcs {
        bucket: "example-state".to_owned(),
        prefix: "machines".to_owned(),
    });
    let project = module.variable(&label("project"), &Variable::new("The project that everything is in."))?;
    let operators = Variable {
        validations: vec![Validation::narrow_ranges("name ranges, none of which is everybody's")],
        ..Variable::<Vec<String>>::new("Where the operators come from.")
    };
    let operators = module.variable(&label("operators"), &operators)?;
    let network = module.add(
        label("main"),
        &compute::Network {
            auto_create_subnetworks: Some(false.into()),
            ..compute::Network::new("machines")
        },
    )?;
    let subnet = module.add(
        label("main"),
        &compute::Subnetwork {
            ip_cidr_range: Some("10.160.0.0/20".into()),
            ..compute::Subnetwork::new("machines", network.self_link())
        },
    )?;
    module.add(label("ssh"), &ssh(&network, operators))?;
    let account = module.add(label("node"), &iam::ServiceAccount::new("node-machine"))?;
    for number in 1..=3 {
        machine(&mut module, number, &subnet, &account)?;
    }
    Ok(module.files(&provider(project)))
}

fn ssh(network: &Handle<compute::Network>, operators: Value<Vec<String>>) -> compute::Firewall {
    let ssh = compute::FirewallAllow {
        ports: Some(["22"].into()),
        ..compute::FirewallAllow::new("tcp")
    };
    compute::Firewall {
        allow: Some(vec![ssh]),
        direction: Some(compute::FirewallDirection::Ingress.into()),
        source_ranges: Some(operators),
        target_tags: Some(["node"].into()),
        ..compute::Firewall::new("machines-ssh", network.self_link())
    }
}

fn machine(
    module: &mut Module,
    number: u8,
    subnet: &Handle<compute::Subnetwork>,
    account: &Handle<iam::ServiceAccount>,
) -> Result<(), Error> {
    let label = label(&format!("node-{number}"));
    let inside = compute::Address {
        address: Some(Ipv4Addr::new(10, 160, 0, 2 + number).into()),
        address_type: Some(compute::AddressAddressType::Internal.into()),
        subnetwork: Some(subnet.self_link()),
        ..compute::Address::new(format!("node-{number}"))
    };
    let inside = module.add(label.clone(), &inside)?;
    let interface = compute::InstanceNetworkInterface {
        network_ip: Some(inside.address()),
        subnetwork: Some(subnet.self_link()),
        ..Default::default()
    };
    let settings = Settings {
        comment: (number == 1).then(|| "It holds etcd, so a plan that deletes it is refused.".to_owned()),
        allowed: Vec::new(),
        depends_on: (number == 1).then(|| account.reference()).into_iter().collect(),
        lifecycle: Lifecycle {
            prevent_destroy: number == 1,
            ignore_changes: Vec::new(),
        },
    };
    let instance = module.add_with(label.clone(), &instance(number, interface, account), &settings)?;
    let output = Output {
        description: "Its address inside.".to_owned(),
        value: joined(&[instance.name().text(), "=".into(), instance.network_ip().text()]),
        sensitive: false,
    };
    module.output(&label, &output)
}

fn instance(
    number: u8,
    interface: compute::InstanceNetworkInterface,
    account: &Handle<iam::ServiceAccount>,
) -> compute::Instance {
    let disk = compute::InstanceBootDiskInitializeParams {
        image: Some("ubuntu-os-cloud/ubuntu-2404-lts-amd64".into()),
        size: Some(30.into()),
        ..Default::default()
    };
    let disk = compute::InstanceBootDisk {
        initialize_params: Some(disk),
        ..Default::default()
    };
    compute::Instance {
        allow_stopping_for_update: Some(true.into()),
        metadata: Some(Texts::new([(
            "user-data",
            "#cloud-config\nruncmd: ['echo ${HOME} %{x}']\n",
        )])),
        service_account: Some(compute::InstanceServiceAccount {
            email: Some(account.email()),
            ..compute::InstanceServiceAccount::new(["cloud-platform"])
        }),
        tags: Some(["node"].into()),
        ..compute::Instance::new(disk, "e2-custom-2-4096", format!("node-{number}"), [interface])
    }
}
