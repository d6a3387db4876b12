//! What types could not refuse about stores, and about what needs them.

use super::super::{Database, Keeping, Need, Secret, Standby, System};
use super::Here;

impl System {
    pub(super) fn check_stores(&self, here: &mut Here<'_>) {
        for workload in &self.workloads {
            workload.check(here);
        }
        for secret in self.secrets() {
            secret.check(self, here);
        }
        self.check_needs(here);
        match self.database() {
            Some(database) => self.check_database(database, here),
            None => self.check_without_database(here),
        }
    }

    /// One database and one migration is what is rendered.
    fn check_needs(&self, here: &mut Here<'_>) {
        let databases = self.databases().count();
        if databases > 1 {
            let help = "keep one, and put what belongs to another into a system of its own";
            here.refuse("System.stores", &databases, "are more databases than one", help);
        }
        if self.workloads.len() > 1 {
            let problem = "are more commands before a release than one";
            here.refuse("System.workloads", &self.workloads.len(), problem, "make one of them");
        }
        let of_database = self
            .databases()
            .flat_map(|database| [database.rows(), database.schema()]);
        let known: Vec<Need> = of_database.chain(self.secrets().map(Secret::read)).collect();
        let of_service = self.service.needs.iter().map(|need| ("Service.needs", need));
        let of_others = self.workloads.iter().flat_map(|workload| &workload.needs);
        let of_others = of_others.map(|need| ("Workload.needs", need));
        for (field, need) in of_service.chain(of_others) {
            if !known.contains(need) {
                let help = "add it to System.stores";
                here.refuse(field, need.store(), "is not a store of the system", help);
            }
        }
        for need in self
            .service
            .needs
            .iter()
            .filter(|need| matches!(need, Need::Schema { .. }))
        {
            let problem = "gives whoever answers requests the rights of the migration";
            here.refuse("Service.needs", need.store(), problem, "use Database::rows");
        }
    }

    fn check_without_database(&self, here: &mut Here<'_>) {
        let problem = "looks at a database, and the system has none";
        let help = "add a Database, or leave it out";
        let alerts = self.monitoring.alerts.iter();
        for alert in alerts.filter(|alert| alert.when.is_of_database()) {
            here.refuse("Monitoring.alerts", alert.role(), problem, help);
        }
        for panel in self.monitoring.panels.iter().filter(|panel| panel.is_of_database()) {
            here.refuse("Monitoring.panels", &format!("{panel:?}"), problem, help);
        }
        if let Some(command) = self.migration() {
            let problem = "runs before each release of a system that keeps nothing";
            here.refuse("System.workloads", &command.join(" "), problem, help);
        }
    }

    fn check_database(&self, database: &Database, here: &mut Here<'_>) {
        database.check(here);
        let (name, rows, schema) = (&database.name, database.rows(), database.schema());
        if !self.service.needs.contains(&rows) {
            let help = "let the service need its rows: `needs: vec![database.rows()]`";
            here.refuse("Service.needs", name, "is kept and not used", help);
        }
        if !self.workloads.iter().any(|workload| workload.needs.contains(&schema)) {
            let help = "add `Workload::before_release(&[\"/service\", \"migrate\"], vec![database.schema()])`";
            here.refuse("System.workloads", name, "has nothing that makes its tables", help);
        }
        for environment in &self.environments {
            let mut here = here.at(environment.name.place());
            environment.database.check(environment.scale.capacity, &mut here);
            if environment.keeping == Keeping::Keep && environment.database.standby == Standby::None {
                here.refuse(
                    "Instance.standby",
                    &environment.name,
                    "keeps its data and is down when one machine is",
                    "use Standby::OtherZone",
                );
            }
        }
    }
}
