//! Environments: where a system runs.

use super::check::Here;
use super::{
    Account, At, Capacity, Cidr, Egress, Instance, Minutes, Name, Network, Percent, Scale, Shift, Size, Strategy, Zones,
};

/// How requests come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// HTTPS with a certificate, and a redirect from HTTP. The name is the part before the owner's domain.
    Https {
        /// `api` for `api.example.com`.
        host: String,
    },
    /// Plain HTTP, for an environment without a domain, with the reason why that is good enough.
    Http {
        /// The reason; it is rendered beside every check that objects.
        because: String,
    },
}

/// Whether a web application firewall stands before the load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firewall {
    /// AWS's managed rules: common attacks, known bad inputs, addresses of ill repute, and a limit of requests in five
    /// minutes from one address (AWS takes 10 to 2,000,000,000).
    On {
        /// How many requests one address may make in five minutes.
        requests_in_five_minutes: u32,
    },
    /// None.
    Off,
}

/// What happens to what an environment holds when it is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept: deletion protection, and resources that hold data stay behind.
    Keep,
    /// It may go.
    Disposable,
}

/// How long logs are kept, as CloudWatch Logs allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Retention {
    OneWeek,
    OneMonth,
    ThreeMonths,
    OneYear,
    TwoYears,
    TenYears,
}

impl Retention {
    /// In days, one of the numbers of the resource provider schema of `AWS::Logs::LogGroup`.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::OneWeek => 7,
            Self::OneMonth => 30,
            Self::ThreeMonths => 90,
            Self::OneYear => 365,
            Self::TwoYears => 731,
            Self::TenYears => 3653,
        }
    }
}

/// Whether a release goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// As soon as the environment before it is verified.
    Automatic,
    /// After a person has approved it on GitHub.
    Approved,
}

/// Where a system runs, and how much of it. Environments differ in these values and in nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name, such as `prod`.
    pub name: Name,
    /// Where it stands.
    pub at: At,
    /// How requests come in.
    pub entry: Entry,
    /// How much of the service runs.
    pub scale: Scale,
    /// Settings of the service that are others here, and those that it has here only.
    pub settings: Vec<(String, String)>,
    /// How a new version takes over.
    pub strategy: Strategy,
    /// The size of its database, where the system has one.
    pub database: Instance,
    /// How long its logs are kept.
    pub logs: Retention,
    /// What happens to what it holds when it is deleted.
    pub keeping: Keeping,
    /// Whether a release goes on by itself.
    pub release: Release,
}

impl Environment {
    /// For trying things out: as small as it can be, over plain HTTP for that reason, and gone when it is deleted.
    ///
    #[must_use]
    #[track_caller]
    pub fn development(name: &str, account: &Account, cidr: Cidr, because: &str) -> Self {
        Self {
            name: Name::new(name),
            at: At::Aws {
                account: account.clone(),
                network: Network {
                    cidr,
                    zones: Zones::Two,
                    egress: Egress::OneNat,
                },
                firewall: Firewall::Off,
            },
            entry: Entry::Http {
                because: because.to_owned(),
            },
            scale: Scale {
                size: Size::of::<256, 512>(),
                capacity: Capacity::Fixed(2),
            },
            settings: Vec::new(),
            strategy: Strategy::Rolling,
            database: Instance::small(),
            logs: Retention::OneMonth,
            keeping: Keeping::Disposable,
            release: Release::Automatic,
        }
    }

    /// For users: three zones, HTTPS under a host of the owner's domain, a firewall, room to grow, and nothing that is
    /// kept goes away by itself.
    ///
    #[must_use]
    #[track_caller]
    pub fn production(name: &str, account: &Account, cidr: Cidr, host: &str) -> Self {
        Self {
            name: Name::new(name),
            at: At::Aws {
                account: account.clone(),
                network: Network {
                    cidr,
                    zones: Zones::Three,
                    egress: Egress::NatPerZone,
                },
                firewall: Firewall::On {
                    requests_in_five_minutes: 2000,
                },
            },
            entry: Entry::Https { host: host.to_owned() },
            scale: Scale {
                size: Size::of::<512, 1024>(),
                capacity: Capacity::Scaling {
                    min: 2,
                    max: 10,
                    cpu: Percent::of::<60>(),
                    memory: Percent::of::<70>(),
                },
            },
            settings: Vec::new(),
            strategy: Strategy::Rolling,
            database: Instance::steady(),
            logs: Retention::OneYear,
            keeping: Keeping::Keep,
            release: Release::Approved,
        }
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        here.text("Environment.name", &self.name);
        self.account().check(matches!(self.entry, Entry::Https { .. }), here);
        if let Entry::Http { because } = &self.entry {
            here.sentence("Entry.because", because);
        }
        self.check_capacity(here);
        if self.keeping == Keeping::Keep && matches!(self.entry, Entry::Http { .. }) {
            let problem = "keeps its data and would serve it in plain text";
            here.refuse("Environment.entry", &self.name, problem, "use Entry::Https");
        }
        if let Firewall::On {
            requests_in_five_minutes: limit,
        } = self.firewall()
            && !(10..=2_000_000_000).contains(&limit)
        {
            let problem = "is not a limit that AWS takes";
            here.refuse("Environment.firewall", &limit, problem, "use 10 to 2,000,000,000");
        }
        self.check_strategy(here);
    }

    fn check_capacity(&self, here: &mut Here<'_>) {
        let field = "Environment.capacity";
        match self.scale.capacity {
            Capacity::Fixed(0) => return here.refuse(field, &0, "runs nothing", "use at least 1 task"),
            Capacity::Scaling { min, max, .. } if min == 0 || max < min => {
                let saw = format!("min {min}, max {max}");
                let help = "use a min of at least 1 and a max of at least min";
                return here.refuse(field, &saw, "is no range", help);
            }
            Capacity::Scaling { cpu, memory, .. }
                if cpu.min(memory) < Percent::of::<10>() || cpu.max(memory) > Percent::of::<90>() =>
            {
                let saw = format!("cpu {}, memory {}", cpu.number(), memory.number());
                here.refuse(field, &saw, "never lets it scale in or out", "aim at 10 to 90 percent");
            }
            _ => {}
        }
        if self.keeping == Keeping::Keep && self.scale.capacity.initial() < 2 {
            let saw = self.scale.capacity.initial();
            here.refuse(field, &saw, "is down when its one task is", "use at least 2 tasks");
        }
    }

    /// The bounds are those of the resource provider schema of `AWS::ECS::Service`.
    fn check_strategy(&self, here: &mut Here<'_>) {
        let Strategy::BlueGreen { shift, bake, .. } = self.strategy else {
            return;
        };
        let (share, least, most, pause) = match shift {
            Shift::AllAtOnce => (100, 1, 100, Minutes(0)),
            Shift::Canary { first, bake } => (first.number(), 1, 99, bake),
            Shift::Linear { step, bake } => (step.number(), 3, 99, bake),
        };
        let saw = format!("{share} percent, {} and {} minutes", pause.0, bake.0);
        if !(least..=most).contains(&share) || bake.0 > 1440 || pause.0 > 1440 {
            let help = format!("use a share of {least} to {most} percent and bake times of up to 1440 minutes");
            here.refuse("Environment.strategy", &saw, "is not a shift that ECS makes", &help);
        }
    }
}
