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
    /// `CloudWatch`, and a Prometheus in the cluster whose Alertmanager tells by routes: each knows when the other is gone.
    Both(Prometheus),
}

/// A Prometheus in the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prometheus {
    /// How often it asks: every 5 to 60 seconds.
    pub every: Seconds,
    /// Whom its Alertmanager tells of what, when it begins and when it is over.
    pub routes: Vec<Route>,
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
            By::Both(prometheus) => Some(prometheus),
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
        }
    }

    /// The routes of a severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &To> {
        let routes = self.routes.iter().filter(move |route| route.severity == severity);
        routes.map(|route| &route.to)
    }

    pub(super) fn check(&self, system: &System, here: &mut Here<'_>) {
        if system.kubernetes().is_none() {
            let help = "use By::CloudWatch";
            here.refuse("Monitoring.by", "Prometheus", "has no cluster to run in", help);
        }
        if !(5..=60).contains(&self.every.0) {
            let problem = "is not a time between two looks from which a minute can be told";
            here.refuse("Prometheus.every", &self.every.0, problem, "use 5 to 60 seconds");
        }
        for alert in &system.monitoring.alerts {
            if self.of(alert.severity).next().is_none() {
                let problem = "would be told to nobody";
                let help = format!("add a Route of Severity::{:?}", alert.severity);
                here.refuse("Prometheus.routes", alert.role(), problem, &help);
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
