//! Services: what runs.

use super::check::{Here, is_path};

/// A Fargate size that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    cpu: u32,
    memory: u32,
}

impl Size {
    /// So many CPU units (1,024 are one vCPU) and MiB of memory. A size that Fargate does not have does not compile.
    #[must_use]
    pub const fn of<const CPU: u32, const MEMORY: u32>() -> Self {
        const {
            assert!(
                Self::exists(CPU, MEMORY),
                "Fargate has no such size: see the table in `Size::exists`"
            );
        };
        Self {
            cpu: CPU,
            memory: MEMORY,
        }
    }

    /// AWS's table of sizes (Amazon ECS developer guide, "Task CPU and memory", and the resource provider schema of
    /// `AWS::ECS::TaskDefinition`).
    #[must_use]
    pub const fn exists(cpu: u32, memory: u32) -> bool {
        const fn steps(memory: u32, from: u32, to: u32, step: u32) -> bool {
            memory >= from && memory <= to && memory.is_multiple_of(step)
        }
        match cpu {
            256 => matches!(memory, 512 | 1024 | 2048),
            512 => steps(memory, 1024, 4096, 1024),
            1024 => steps(memory, 2048, 8192, 1024),
            2048 => steps(memory, 4096, 16384, 1024),
            4096 => steps(memory, 8192, 30720, 1024),
            8192 => steps(memory, 16384, 61440, 4096),
            16384 => steps(memory, 32768, 122_880, 8192),
            32768 => matches!(memory, 61440 | 122_880 | 249_856),
            _ => false,
        }
    }

    /// CPU units: 1,024 are one vCPU.
    #[must_use]
    pub fn cpu(self) -> u32 {
        self.cpu
    }

    /// Memory in MiB.
    #[must_use]
    pub fn memory(self) -> u32 {
        self.memory
    }
}

/// A port that is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(u16);

impl Port {
    /// A port; 0 does not compile.
    #[must_use]
    pub const fn of<const PORT: u16>() -> Self {
        const { assert!(PORT != 0, "port 0 is none") };
        Self(PORT)
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

/// A share from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// A share; more than 100 does not compile.
    #[must_use]
    pub const fn of<const PERCENT: u8>() -> Self {
        const { assert!(PERCENT <= 100, "a percent is 0 to 100") };
        Self(PERCENT)
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

/// A time in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub u32);

/// A time in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub u32);

/// How it is known that a service works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The path that answers 200 when it does.
    pub path: String,
    /// How long a start may take before failures count: more than the slowest start.
    pub grace: Seconds,
}

/// How many tasks run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Always as many.
    Fixed(u32),
    /// Between two numbers, as the load asks for. There is no fixed number beside them: it would undo the scaling at
    /// each deployment.
    Scaling {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
        /// The CPU use that scaling aims at.
        cpu: Percent,
        /// The memory use that scaling aims at.
        memory: Percent,
    },
}

impl Capacity {
    /// How many tasks there are before any scaling.
    #[must_use]
    pub fn initial(self) -> u32 {
        match self {
            Self::Fixed(count) | Self::Scaling { min: count, .. } => count,
        }
    }

    /// How many tasks there are at the most.
    #[must_use]
    pub fn most(self) -> u32 {
        match self {
            Self::Fixed(count) | Self::Scaling { max: count, .. } => count,
        }
    }
}

/// How traffic moves to a new version beside the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// All at once.
    AllAtOnce,
    /// A share first, the rest after a while.
    Canary {
        /// The share, 1 to 99.
        first: Percent,
        /// How long it has that share.
        bake: Minutes,
    },
    /// The same share again and again.
    Linear {
        /// The share of each step, 3 to 99.
        step: Percent,
        /// How long each step lasts.
        bake: Minutes,
    },
}

/// Who moves the traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlueGreenBy {
    /// ECS itself: the template stays in charge of the service.
    Ecs,
    /// CodeDeploy. The task definition of such a service changes only through CodeDeploy.
    CodeDeploy,
}

/// How a new version takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Tasks are replaced a few at a time, never fewer than asked for.
    Rolling,
    /// The new version runs beside the old one, takes over, and the old one stays for a while.
    BlueGreen {
        /// Who does it.
        by: BlueGreenBy,
        /// How traffic moves.
        shift: Shift,
        /// How long the old version stays after the new one has all traffic, 0 to 1,440 minutes.
        bake: Minutes,
    },
}

/// What runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The port it listens on.
    pub port: Port,
    /// How it is known that it works.
    pub health: Health,
    /// The command that asks it, inside the container: it needs no shell.
    pub health_command: Vec<String>,
    /// The longest that a request may take. Every time of a shutdown follows from it.
    pub longest_request: Seconds,
    /// Its settings, by name.
    pub settings: Vec<(String, String)>,
    /// Up to 5 paths that are for inside: the load balancer answers 404 for them.
    pub hidden: Vec<String>,
}

impl Service {
    /// A service of the program `/service`, as this repository's Dockerfile makes it: `/service healthcheck` asks it, it
    /// answers on `/health` within a minute of its start, and a request takes up to 20 seconds.
    #[must_use]
    pub fn on(port: Port) -> Self {
        Self {
            port,
            health: Health {
                path: "/health".into(),
                grace: Seconds(60),
            },
            health_command: vec!["/service".into(), "healthcheck".into()],
            longest_request: Seconds(20),
            settings: vec![("LOG_LEVEL".into(), "info".into())],
            hidden: vec!["/metrics".into()],
        }
    }

    /// How long the load balancer waits before it forgets a task that leaves: longer than any request.
    #[must_use]
    pub fn deregistration_delay(&self) -> Seconds {
        Seconds(self.longest_request.0.saturating_add(10))
    }

    /// How long the load balancer keeps a connection without traffic; a request without an answer is such a time too.
    #[must_use]
    pub fn idle_timeout(&self) -> Seconds {
        Seconds(self.longest_request.0.max(50).saturating_add(10))
    }

    /// How long a task goes on taking requests after it was told to stop: until the load balancer sends no more.
    #[must_use]
    pub fn drain_delay(&self) -> Seconds {
        self.deregistration_delay()
    }

    /// How long a task may take to stop before it is killed: the delay, the longest request, and some air.
    #[must_use]
    pub fn stop_timeout(&self) -> Seconds {
        let longest = self.longest_request.0;
        Seconds(self.drain_delay().0.saturating_add(longest).saturating_add(10))
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        // Fargate kills a task at the latest 120 seconds after it told it to stop.
        if self.longest_request.0 == 0 || self.stop_timeout().0 > 120 {
            let problem = "does not leave time to stop within Fargate's 120 seconds";
            let saw = self.longest_request.0;
            here.refuse("Service.longest_request", &saw, problem, "use 1 to 50 seconds");
        }
        if !is_path(&self.health.path) {
            let help = "begin it with `/` and use letters, digits and `._~/-`";
            here.refuse("Health.path", &self.health.path, "is not a path", help);
        }
        // ECS lets a container start for 300 seconds at the most before its checks count.
        if self.health.grace.0 > 300 {
            let problem = "is longer than ECS waits for a start";
            here.refuse("Health.grace", &self.health.grace.0, problem, "use up to 300 seconds");
        }
        if self.health_command.is_empty() {
            let help = "name the program of the image that asks the service, such as `/predictor healthcheck`";
            here.refuse("Service.health_command", "", "asks nothing", help);
        }
    }
}
