//! The changes that people make of a model every day, on its first environment.

use synth::model::{
    BlueGreenBy, Capacity, Cidr, Database, Egress, Entry, Environment, Firewall, Instance, Keeping, Minutes, Percent,
    Retention, Shift, Size, Strategy, System, Zones,
};

use crate::kept;

type Make = fn(&mut System);

pub(crate) const CHANGES: [(&str, Make); 21] = [
    ("another port", port),
    ("three zones", |system| first(system).network_mut().zones = Zones::Three),
    ("two zones", |system| first(system).network_mut().zones = Zones::Two),
    ("HTTPS", https),
    ("HTTP", |system| {
        first(system).entry = Entry::Http {
            because: "a trial".into(),
        }
    }),
    ("another host", |system| {
        first(system).entry = Entry::Https {
            host: "elsewhere".into(),
        }
    }),
    ("a firewall", |system| {
        *first(system).firewall_mut() = Firewall::On {
            requests_in_five_minutes: 100,
        }
    }),
    ("no firewall", |system| *first(system).firewall_mut() = Firewall::Off),
    ("a fixed number of tasks", |system| {
        first(system).scale.capacity = Capacity::Fixed(4);
    }),
    ("scaling", |system| {
        let (cpu, memory) = (Percent::of::<40>(), Percent::of::<50>());
        first(system).scale.capacity = Capacity::Scaling {
            min: 3,
            max: 5,
            cpu,
            memory,
        };
    }),
    ("rolling", |system| first(system).strategy = Strategy::Rolling),
    ("blue/green by ECS", |system| {
        first(system).strategy = blue_green(BlueGreenBy::Ecs);
    }),
    ("blue/green by CodeDeploy", |system| {
        first(system).strategy = blue_green(BlueGreenBy::CodeDeploy);
    }),
    ("a database or none", database),
    ("a larger database", |system| {
        first(system).database = Instance::steady();
    }),
    ("one way out", |system| {
        first(system).network_mut().egress = Egress::OneNat;
    }),
    ("a way out in each zone", |system| {
        first(system).network_mut().egress = Egress::NatPerZone;
    }),
    ("no way out", |system| {
        first(system).network_mut().egress = Egress::Endpoints;
    }),
    ("another size", |system| {
        first(system).scale.size = Size::of::<2048, 4096>();
    }),
    ("other logs, and kept", |system| {
        first(system).logs = Retention::TenYears;
        first(system).keeping = Keeping::Keep;
    }),
    ("another environment", another_environment),
];

fn first(system: &mut System) -> &mut Environment {
    &mut system.environments[0]
}

fn blue_green(by: BlueGreenBy) -> Strategy {
    Strategy::BlueGreen {
        by,
        shift: Shift::AllAtOnce,
        bake: Minutes(5),
    }
}

pub(crate) fn port(system: &mut System) {
    system.service.port = synth::port!(9999);
}

pub(crate) fn https(system: &mut System) {
    first(system).entry = Entry::Https { host: "here".into() };
}

/// Takes the database away, or adds one.
pub(crate) fn database(system: &mut System) {
    if system.database().is_some() {
        kept::forget(system);
    } else {
        kept::keep(system, &Database::mysql("things"), &["/service", "migrate"]);
    }
}

/// After the last one, so that the one before is no longer the one that users see.
pub(crate) fn another_environment(system: &mut System) {
    let account = first(system).account().clone();
    let environment = Environment::development("trial", &account, Cidr::ten(99), "a trial");
    system.environments.push(environment);
}
