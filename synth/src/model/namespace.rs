//! Environments that are namespaces of one cluster.

use super::check::{Here, is_word};
use super::{Capacity, Machines, Name, NodePort, Open, Percent, Release, System, room};

/// An environment that is a namespace of a cluster that others share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its name, which is the namespace's too.
    pub name: Name,
    /// What it is for, in a few words.
    pub purpose: String,
    /// The branch that leads to it.
    pub branch: String,
    /// The port under which each machine answers for it.
    pub port: NodePort,
    /// Whom that port is open to.
    pub open: Open,
    /// How much a pod of it gets.
    pub amounts: Amounts,
    /// How many pods run.
    pub capacity: Capacity,
    /// Settings of the service that are others here, and those that it has here only.
    pub settings: Vec<(String, String)>,
    /// Whether a push to its branch is deployed without a person who says so.
    pub release: Release,
}

/// How much a pod gets: what is kept for it, and the most that it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// Thousandths of a CPU.
    pub cpu: Bounds,
    /// MiB.
    pub memory: Bounds,
}

/// At least and at most so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    least: u32,
    most: u32,
}

impl Amounts {
    /// So many thousandths of a CPU and MiB, each as what is kept for a pod and the most that it may use. Numbers that are
    /// written in the source are [`amounts!`](crate::amounts).
    #[must_use]
    pub const fn new(cpu: (u32, u32), memory: (u32, u32)) -> Option<Self> {
        match (Bounds::new(cpu), Bounds::new(memory)) {
            (Some(cpu), Some(memory)) => Some(Self { cpu, memory }),
            _ => None,
        }
    }
}

impl Amounts {
    /// What is kept for a pod is all that it may use.
    #[must_use]
    pub const fn exactly(cpu: u32, memory: u32) -> Self {
        Self {
            cpu: Bounds { least: cpu, most: cpu },
            memory: Bounds {
                least: memory,
                most: memory,
            },
        }
    }
}

impl Bounds {
    const fn new((least, most): (u32, u32)) -> Option<Self> {
        if 0 < least && least <= most {
            Some(Self { least, most })
        } else {
            None
        }
    }

    /// What is kept for a pod.
    #[must_use]
    pub fn least(self) -> u32 {
        self.least
    }

    /// The most that it may use.
    #[must_use]
    pub fn most(self) -> u32 {
        self.most
    }
}

/// How much a pod gets: thousandths of a CPU and MiB, each as what is kept for it and the most that it may use. Numbers that
/// are not in this order do not compile, in `cargo check` and so in an editor too.
///
/// ```
/// assert_eq!(synth::amounts!(cpu: 50, 500; memory: 64, 256).memory.most(), 256);
/// ```
#[macro_export]
macro_rules! amounts {
    (cpu: $least_cpu:expr, $most_cpu:expr; memory: $least_memory:expr, $most_memory:expr) => {{
        const AMOUNTS: $crate::model::Amounts =
            match $crate::model::Amounts::new(($least_cpu, $most_cpu), ($least_memory, $most_memory)) {
                Some(amounts) => amounts,
                None => panic!("what is kept for a pod is nothing, or more than the most that it may use"),
            };
        AMOUNTS
    }};
}

impl Namespace {
    /// By its name and what it is for: two pods, for the operators only.
    #[must_use]
    #[track_caller]
    pub fn new((name, purpose): (&str, &str), branch: &str, port: NodePort, amounts: Amounts) -> Self {
        Self {
            name: Name::new(name),
            purpose: purpose.to_owned(),
            branch: branch.to_owned(),
            port,
            open: Open::ToOperators,
            amounts,
            capacity: Capacity::Fixed(2),
            settings: Vec::new(),
            release: Release::Automatic,
        }
    }

    /// How many pods there may be at once: as many as scaling may start, one of a new version beside them, and one that is on
    /// its way out.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.capacity.most() + 2
    }

    pub(super) fn check_all(all: &[Self], system: &System, machines: &Machines, here: &mut Here<'_>) {
        if all.is_empty() {
            here.refuse("Machines.namespaces", &system.name, "runs nowhere", "add a Namespace");
        }
        for (index, namespace) in all.iter().enumerate() {
            let mut here = here.at(namespace.name.place());
            namespace.check(&mut here);
            for other in &all[..index] {
                namespace.check_beside(other, &mut here);
            }
        }
        Self::check_room(all, system, machines, here);
    }

    fn check(&self, here: &mut Here<'_>) {
        here.text("Namespace.name", &self.name);
        here.sentence("Namespace.purpose", &self.purpose);
        if ["default", "monitoring"].contains(&self.name.as_str()) || self.name.as_str().starts_with("kube-") {
            let help = "give it another name: the cluster and what measures it have these";
            here.refuse("Namespace.name", &self.name, "is not free", help);
        }
        if !is_word(&self.branch) {
            let help = "name the one that leads to it, such as `main`";
            here.refuse("Namespace.branch", &self.branch, "is not a branch", help);
        }
        if let Open::ToAnybody { because } = self.open {
            here.sentence("Open.because", because);
        }
        match self.capacity {
            Capacity::Fixed(0) => here.refuse("Namespace.capacity", &0, "runs nothing", "use at least 1 pod"),
            Capacity::Scaling { min, max, .. } if min == 0 || max < min => {
                let saw = format!("min {min}, max {max}");
                let help = "use a min of at least 1 and a max of at least min";
                here.refuse("Namespace.capacity", &saw, "is no range", help);
            }
            Capacity::Scaling { cpu, memory, .. } if cpu.min(memory) < Percent::of::<10>() => {
                let saw = format!("cpu {}, memory {}", cpu.number(), memory.number());
                here.refuse(
                    "Namespace.capacity",
                    &saw,
                    "never lets it scale in",
                    "aim at 10 percent at least",
                );
            }
            _ => {}
        }
    }

    fn check_beside(&self, other: &Self, here: &mut Here<'_>) {
        if self.name == other.name {
            here.refuse("Namespace.name", &self.name, "stands twice", "give each its own name");
        }
        if self.branch == other.branch {
            let help = format!("give it a branch of its own: that one leads to `{}`", other.name);
            here.refuse("Namespace.branch", &self.branch, "leads to two environments", &help);
        }
        if self.port == other.port {
            let help = format!(
                "choose another: `{}` has it, and a machine has each port once",
                other.name
            );
            here.refuse(
                "Namespace.port",
                &self.port.number(),
                "is the port of two environments",
                &help,
            );
        }
    }

    /// What is kept for pods must be there when each environment runs the fewest, with one more while a new version starts,
    /// beside what the cluster itself runs.
    fn check_room(all: &[Self], system: &System, machines: &Machines, here: &mut Here<'_>) {
        let (cpu, memory) = machines.kind.left();
        let count = u32::try_from(machines.workers.len()).unwrap_or(u32::MAX);
        let asked = |of: fn(&Amounts) -> Bounds| {
            let each = all
                .iter()
                .map(|one| (one.capacity.initial() + 1) * of(&one.amounts).least());
            each.sum::<u32>()
        };
        let room = (cpu.saturating_mul(count), memory.saturating_mul(count));
        let own = room::of_cluster(machines, &system.monitoring);
        let saw = (
            asked(|amounts| amounts.cpu).saturating_add(own.0),
            asked(|amounts| amounts.memory).saturating_add(own.1),
        );
        if saw.0 > room.0 || saw.1 > room.1 {
            let told = format!("{}m of CPU and {} MiB", saw.0, saw.1);
            let help = format!(
                "the workers have room for {}m and {} MiB, of which the cluster itself takes {}m and {} MiB: add one, or ask for less",
                room.0, room.1, own.0, own.1
            );
            here.refuse("Machines.workers", &told, "is more than the machines have", &help);
        }
    }
}
