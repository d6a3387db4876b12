//! What somebody is told about, and what somebody looks at.

use super::check::Here;
use super::{Alert, Channel, Email, Panel, Relay, Seconds, Severity, System};

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    /// Who measures, and who tells.
    pub by: By,
    /// What somebody is told about.
    pub alerts: Vec<Alert>,
    /// What somebody looks at: in reading order, two in a row, below the state of the alarms.
    pub panels: Vec<Panel>,
}

/// Who measures, and who tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// `CloudWatch`, which mails the owner.
    CloudWatch,
    /// A Prometheus in the cluster whose Alertmanager tells by routes of its own: what runs on machines of our own has no
    /// other.
    Prometheus(Prometheus),
    /// `CloudWatch`, and a Prometheus in the cluster whose Alertmanager tells by routes of its own.
    Both(Prometheus),
}

/// A Prometheus in the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prometheus {
    /// How often it asks: every 5 to 60 seconds.
    pub every: Seconds,
    /// Whom its Alertmanager tells of what, when it begins and when it is over.
    pub routes: Vec<Route>,
    /// How many requests must be answered; nothing: nobody counts.
    pub objective: Option<Objective>,
}

/// Of the requests of thirty days, the share that must be answered without a fault of the service. Somebody is told when what
/// is left for faults is used up faster than it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// 99 %: seven hours without any answer use it up.
    Percent99,
    /// 99.5 %: three and a half hours.
    Percent99_5,
    /// 99.9 %: 43 minutes.
    Percent99_9,
    /// 99.95 %: 21 minutes.
    Percent99_95,
}

/// A speed at which what is left for faults is used up, seen over a long time, so that it matters, and over a short one, so
/// that it is over when it is over (Google, "The Site Reliability Workbook", "Alerting on SLOs", table 5-8).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burn {
    /// The role that names its alert.
    pub role: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How many times as fast as it lasts for thirty days, and the two times that are looked back over; two of them.
    pub speeds: [(f64, &'static str, &'static str); 2],
    /// What it says of what is left for faults.
    pub says: &'static str,
}

impl Burn {
    /// All of them: the fast ones must be looked at now, the slow ones some day soon.
    pub const ALL: [Self; 2] = [
        Self {
            role: "error-budget-burns-fast",
            severity: Severity::Critical,
            speeds: [(14.4, "1h", "5m"), (6.0, "6h", "30m")],
            says: "a fiftieth of it went in the last hour, or a twentieth in the last six",
        },
        Self {
            role: "error-budget-burns-slowly",
            severity: Severity::Warning,
            speeds: [(3.0, "1d", "2h"), (1.0, "3d", "6h")],
            says: "a tenth of it went in the last day, or in the last three",
        },
    ];
}

impl Objective {
    /// The share that may fail, as PromQL writes it, and the objective in words.
    #[must_use]
    pub fn failures(self) -> (&'static str, &'static str) {
        match self {
            Self::Percent99 => ("0.01", "99 %"),
            Self::Percent99_5 => ("0.005", "99.5 %"),
            Self::Percent99_9 => ("0.001", "99.9 %"),
            Self::Percent99_95 => ("0.0005", "99.95 %"),
        }
    }
}

/// Whom alerts of a severity tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which alerts.
    pub severity: Severity,
    /// Whom they tell.
    pub to: To,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// The owner, by mail.
    Owner(Mail),
    /// A channel of Slack, by the address of an incoming webhook that stands in a secret.
    Slack {
        /// The channel.
        channel: Channel,
        /// Whether everybody there is told at once that something begins.
        mention: bool,
    },
}

/// How mail goes out. The password of the relay stands in a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What takes it.
    pub relay: Relay,
    /// Whom it is from, which is also the name that the relay knows the sender by.
    pub from: Email,
}

impl Monitoring {
    /// As any service should be watched.
    #[must_use]
    pub fn of_service() -> Self {
        Self {
            by: By::CloudWatch,
            alerts: Alert::of_service(),
            panels: Panel::of_service(),
        }
    }

    /// As any service that runs in pods should be watched.
    #[must_use]
    pub fn of_pods() -> Self {
        Self {
            alerts: Alert::of_pods(),
            ..Self::of_service()
        }
    }

    /// As any service with a database should be watched.
    #[must_use]
    pub fn of_service_and_database() -> Self {
        Self {
            alerts: [Alert::of_service(), Alert::of_database()].concat(),
            panels: [Panel::of_service(), Panel::of_database()].concat(),
            ..Self::of_service()
        }
    }

    /// Its Prometheus, if it has one.
    #[must_use]
    pub fn prometheus(&self) -> Option<&Prometheus> {
        match &self.by {
            By::CloudWatch => None,
            By::Prometheus(prometheus) | By::Both(prometheus) => Some(prometheus),
        }
    }
}

impl Prometheus {
    /// One that asks every 15 seconds: what is critical mails the owner and calls everybody of the channel, what is a
    /// warning stands in the channel.
    #[must_use]
    pub fn telling(mail: Mail, channel: &Channel) -> Self {
        let route = |severity, to| Route { severity, to };
        let slack = |mention| To::Slack {
            channel: channel.clone(),
            mention,
        };
        Self {
            every: Seconds(15),
            routes: vec![
                route(Severity::Critical, To::Owner(mail)),
                route(Severity::Critical, slack(true)),
                route(Severity::Warning, slack(false)),
            ],
            objective: None,
        }
    }

    /// The routes of a severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &To> {
        let routes = self.routes.iter().filter(move |route| route.severity == severity);
        routes.map(|route| &route.to)
    }

    pub(super) fn check(&self, system: &System, here: &mut Here<'_>) {
        if !system.is_of_pods() {
            let help = "use By::CloudWatch";
            here.refuse("Monitoring.by", "Prometheus", "has no cluster to run in", help);
        }
        if !(5..=60).contains(&self.every.0) {
            let problem = "is not a time between two looks from which a minute can be told";
            here.refuse("Prometheus.every", &self.every.0, problem, "use 5 to 60 seconds");
        }
        let alerts = system
            .monitoring
            .alerts
            .iter()
            .map(|alert| (alert.role(), alert.severity));
        let burns = Burn::ALL.iter().map(|burn| (burn.role, burn.severity));
        let burns = burns.filter(|_| self.objective.is_some());
        for (role, severity) in alerts.chain(burns) {
            if self.of(severity).next().is_none() {
                let problem = "would be told to nobody";
                let help = format!("add a Route of Severity::{severity:?}");
                here.refuse("Prometheus.routes", role, problem, &help);
            }
        }
        for (index, route) in self.routes.iter().enumerate() {
            if self.routes[..index].contains(route) {
                let word = route.severity.word();
                here.refuse("Prometheus.routes", word, "tells the same twice", "keep one of the two");
            }
            match &route.to {
                To::Owner(mail) => {
                    here.text("Mail.relay", &mail.relay);
                    here.text("Mail.from", &mail.from);
                }
                To::Slack { channel, .. } => here.text("To.channel", channel),
            }
        }
    }
}
