//! What types could not refuse about alerts.

use super::super::{Alert, Panel, Percent, System, When};
use super::Here;

impl System {
    pub(super) fn check_alerts(&self, here: &mut Here<'_>) {
        for (index, alert) in self.monitoring.alerts.iter().enumerate() {
            if self.monitoring.alerts[..index]
                .iter()
                .any(|other| other.when == alert.when)
            {
                here.refuse(
                    "Monitoring.alerts",
                    alert.role(),
                    "stands twice with the same bounds",
                    "keep one of the two",
                );
            }
            alert.check(here);
        }
        self.check_who_sees(here);
        if let Some(prometheus) = self.monitoring.prometheus() {
            prometheus.check(self, here);
        }
    }
}

impl System {
    /// Looks whether what is told and drawn can be seen by somebody.
    fn check_who_sees(&self, here: &mut Here<'_>) {
        let has_cluster = self.kubernetes().is_some();
        let figures = self.monitoring.prometheus().is_some();
        let policies = figures && self.has_policies();
        for alert in &self.monitoring.alerts {
            let (is_seen, help) = match alert.when {
                When::CallsRefusedAbove(_) => (has_cluster, "take it out: there is no cluster"),
                When::PolicyBroken => (policies, "use Admission::Gatekeeper and By::Both, or take it out"),
                _ => continue,
            };
            if !is_seen {
                here.refuse("Monitoring.alerts", alert.role(), "is seen by nobody", help);
            }
        }
        for panel in &self.monitoring.panels {
            let is_seen = match panel {
                Panel::Security => has_cluster,
                panel => figures || !panel.is_of_figures(),
            };
            if !is_seen {
                let name = format!("{panel:?}");
                here.refuse(
                    "Monitoring.panels",
                    &name,
                    "is seen by nobody",
                    "use By::Both in a cluster, or take it out",
                );
            }
        }
    }
}

impl Alert {
    fn check(&self, here: &mut Here<'_>) {
        // An alarm looks back at most one day (CloudWatch API reference, PutMetricAlarm).
        if !(1..=1440).contains(&self.lasting.0) {
            let problem = "is not a time that an alarm can watch";
            here.refuse("Alert.lasting", &self.lasting.0, problem, "use 1 to 1440 minutes");
        }
        match self.when.share().map(Percent::number) {
            Some(100) => here.refuse("Alert.when", &100, "is never exceeded", "use a percent of up to 99"),
            Some(0) if matches!(self.when, When::DatabaseStorageBelow(_)) => {
                here.refuse("Alert.when", &0, "is told too late", "use a percent of at least 1");
            }
            _ => {}
        }
    }
}
