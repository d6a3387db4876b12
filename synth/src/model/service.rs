//! Services: what runs.

use super::check::{Here, REQUEST_HELP, is_request, is_word};
use super::{Minutes, Need, ObjectName, Percent, Port, Seconds, Variable};

/// How it is known that a service works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The path that answers 200 when it does, with a query if it takes one: `/health?deep=1`.
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
    /// Between two numbers, aiming at 70 % of the CPU and 80 % of the memory.
    #[must_use]
    pub fn between(min: u32, max: u32) -> Self {
        Self::Scaling {
            min,
            max,
            cpu: Percent::of::<70>(),
            memory: Percent::of::<80>(),
        }
    }

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
    /// What its objects are called in a cluster; nothing: by the system's name.
    pub called: Option<ObjectName>,
    /// The package of the workspace that is built into its image.
    pub package: String,
    /// The port it listens on.
    pub port: Port,
    /// How it is known that it works.
    pub health: Health,
    /// The command that asks it, inside the container: it needs no shell.
    pub health_command: Vec<String>,
    /// The longest that a request may take. Every time of a shutdown follows from it.
    pub longest_request: Seconds,
    /// Its settings, by name; an environment may have others.
    pub settings: Vec<(String, String)>,
    /// Up to 5 paths that are for inside: the load balancer answers 404 for them.
    pub hidden: Vec<String>,
    /// What it needs of the stores.
    pub needs: Vec<Need>,
}

impl Service {
    /// A service of the program `/service`, as this repository's Dockerfile makes it: `/service healthcheck` asks it, it
    /// answers on `/health` within a minute of its start, and a request takes up to 20 seconds.
    #[must_use]
    pub fn on(package: &str, port: Port) -> Self {
        Self {
            called: None,
            package: package.to_owned(),
            port,
            health: Health {
                path: "/health".into(),
                grace: Seconds(60),
            },
            health_command: vec!["/service".into(), "healthcheck".into()],
            longest_request: Seconds(20),
            settings: vec![("LOG_LEVEL".into(), "info".into())],
            hidden: vec!["/metrics".into()],
            needs: Vec::new(),
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

    /// What the program is told, so that it agrees with the load balancer before it. The delay is how long it goes on
    /// taking requests after it was told to stop: none where something else waits before it is told.
    pub(crate) fn variables(&self, drain_delay: Seconds) -> [(Variable, String); 5] {
        let longest = self.longest_request.0;
        [
            (Variable::DrainDelay, drain_delay.0.to_string()),
            (Variable::DrainTimeout, longest.to_string()),
            // Longer than the load balancer keeps an idle connection, or it would send a request into a closing one.
            (Variable::IdleTimeout, (self.idle_timeout().0 + 15).to_string()),
            (Variable::Port, self.port.number().to_string()),
            (Variable::RequestTimeout, longest.to_string()),
        ]
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        // Fargate kills a task at the latest 120 seconds after it told it to stop.
        if self.longest_request.0 == 0 || self.stop_timeout().0 > 120 {
            let problem = "does not leave time to stop within Fargate's 120 seconds";
            let saw = self.longest_request.0;
            here.refuse("Service.longest_request", &saw, problem, "use 1 to 50 seconds");
        }
        if let Some(name) = &self.called {
            here.text("Service.called", name);
        }
        if !is_word(&self.package) {
            let help = "use letters, digits and `._~/-`";
            here.refuse("Service.package", &self.package, "would need quotes in a script", help);
        }
        if !is_request(&self.health.path) {
            here.refuse("Health.path", &self.health.path, "is not a path", REQUEST_HELP);
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
