//! What types could not refuse about alerts.

use super::super::{Alert, Percent, System, When};
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
        if let Some(prometheus) = self.monitoring.prometheus() {
            prometheus.check(self, here);
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
