//! What the pods of a cluster run on.

use super::check::Here;
use super::{Asks, Environment, System};

/// What the pods of a cluster run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nodes {
    /// EKS Auto Mode: AWS chooses, updates and replaces machines, and runs what pods, volumes and load balancers need.
    Auto,
    /// Machines of one kind, which EKS makes, updates and repairs. What pods need besides are add-ons, and load balancers are
    /// made by a controller in the cluster.
    Group(NodeGroup),
}

/// Machines of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeGroup {
    /// Which kind.
    pub machine: Machine,
    /// How many.
    pub count: Count,
}

/// How many machines there are. Nothing adds one by itself: pods scale within what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    least: u32,
    running: u32,
    most: u32,
}

/// A kind of machine. Those with a `g` have AWS's own processors, the others Intel's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are AWS's")]
pub enum Machine {
    M7gLarge,
    M7gXlarge,
    M7iLarge,
    M7iXlarge,
}

/// The processors of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// AWS's own.
    Arm64,
    /// Intel's and AMD's.
    X86,
}

impl NodeGroup {
    /// So many machines of a kind.
    #[must_use]
    pub const fn of(machine: Machine, count: Count) -> Self {
        Self { machine, count }
    }

    /// How many pods of a size fit on the machines that run, beside what others ask for, which is spread over them.
    fn holds(self, cpu: u32, memory: u32, others: Asks) -> u32 {
        let (all_cpu, all_memory) = self.machine.left();
        let left = |all: u32, asked: u32| all.saturating_sub(asked.div_ceil(self.count.running));
        let on_each = (left(all_cpu, others.cpu) / cpu.max(1)).min(left(all_memory, others.memory) / memory.max(1));
        on_each.min(left(self.machine.addresses(), others.pods)) * self.count.running
    }
}

impl Count {
    /// At least, at first, and at most so many, if there is one at least and they are in this order. Numbers that are
    /// written in the source are [`machines!`](crate::machines!).
    #[must_use]
    pub const fn new(least: u32, running: u32, most: u32) -> Option<Self> {
        if 0 < least && least <= running && running <= most {
            Some(Self { least, running, most })
        } else {
            None
        }
    }

    /// The fewest.
    #[must_use]
    pub fn least(self) -> u32 {
        self.least
    }

    /// How many run.
    #[must_use]
    pub fn running(self) -> u32 {
        self.running
    }

    /// The most.
    #[must_use]
    pub fn most(self) -> u32 {
        self.most
    }
}

/// How many machines there are: at least, at first, and at most. Numbers that are not in this order do not compile, in
/// `cargo check` and so in an editor too.
///
/// ```
/// assert_eq!(synth::machines!(2, 3, 6).running(), 3);
/// ```
#[macro_export]
macro_rules! machines {
    ($least:expr, $running:expr, $most:expr) => {{
        const COUNT: $crate::model::Count = match $crate::model::Count::new($least, $running, $most) {
            Some(count) => count,
            None => panic!("the fewest, those that run and the most are not in this order, or there is none"),
        };
        COUNT
    }};
}

impl Machine {
    /// As AWS names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::M7gLarge => "m7g.large",
            Self::M7gXlarge => "m7g.xlarge",
            Self::M7iLarge => "m7i.large",
            Self::M7iXlarge => "m7i.xlarge",
        }
    }

    /// Its processors.
    #[must_use]
    pub fn architecture(self) -> Architecture {
        match self {
            Self::M7gLarge | Self::M7gXlarge => Architecture::Arm64,
            Self::M7iLarge | Self::M7iXlarge => Architecture::X86,
        }
    }

    /// How many CPUs it has.
    #[must_use]
    pub fn cpus(self) -> u32 {
        self.whole().0 / 1000
    }

    /// Its thousandths of a CPU and MiB (Amazon EC2 instance types guide, "General purpose").
    fn whole(self) -> (u32, u32) {
        match self {
            Self::M7gLarge | Self::M7iLarge => (2_000, 8_192),
            Self::M7gXlarge | Self::M7iXlarge => (4_000, 16_384),
        }
    }

    /// How many pods get an address: each interface of a machine has as many as it has, but its own, and two pods need
    /// none (<https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html>).
    fn addresses(self) -> u32 {
        let (interfaces, each) = match self {
            Self::M7gLarge | Self::M7iLarge => (3, 10),
            Self::M7gXlarge | Self::M7iXlarge => (4, 15),
        };
        interfaces * (each - 1) + 2 - OF_MACHINE.pods
    }

    /// What is left for pods of the system, in thousandths of a CPU and MiB.
    fn left(self) -> (u32, u32) {
        let (cpu, memory) = self.whole();
        (cpu - OF_MACHINE.cpu, memory - OF_MACHINE.memory)
    }
}

/// What a machine keeps for itself, for what runs on each, and for its share of what runs once: an estimate on the safe
/// side of what the image reserves and what the add-ons of AWS ask for.
const OF_MACHINE: Asks = Asks {
    cpu: 700,
    memory: 2_048,
    pods: 9,
};

/// Looks whether all pods of an environment fit on its machines, when a new version comes too.
pub(super) fn check(system: &System, environment: &Environment, here: &mut Here<'_>) {
    let Some(group) = system.node_group() else { return };
    let size = environment.scale.size;
    let others = system.operators().fold(Asks::default(), |all, one| {
        all.and(1, one.operator.chart().asks)
            .and(group.count.running, one.operator.asks_each())
    });
    let holds = group.holds(size.cpu() * 1000 / 1024, size.memory(), others);
    let pods = environment.scale.capacity.most() + 1;
    if holds < pods {
        here.refuse(
            "NodeGroup.count",
            &format!("{} machines with room for {holds} pods", group.count.running),
            "are too few for the pods of this environment and the one more that a new version starts",
            &format!("make room for {pods} pods with more or larger machines: nothing adds one by itself"),
        );
    }
}
