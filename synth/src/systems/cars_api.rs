//! S2: an API for cars, which it keeps in a database, on ECS Fargate.

use super::yours;
use crate::model::{Cidr, Database, Environment, Files, Monitoring, Pipeline, Service, System, Workload};

/// The system.
#[must_use]
pub fn cars_api() -> System {
    let summary = "Keeps a catalogue of cars behind HTTP, in a container on ECS Fargate, with a MySQL database on RDS.";
    let (owner, account) = yours();
    let account = account.with_existing_provider();
    let cars = Database::mysql("cars");
    let service = Service {
        needs: vec![cars.rows()],
        ..Service::on("cars", crate::port!(5000))
    };
    let migration = Workload::before_release(&["/service", "migrate"], vec![cars.schema()]);
    let pipeline = Pipeline {
        smoke_paths: vec!["/cars".into()],
        files: Files::One,
        ..Pipeline::new("1.95.0")
    };
    let because = "dev has no domain and serves only test data";
    System {
        workloads: vec![migration],
        stores: vec![(&cars).into()],
        monitoring: Monitoring::of_service_and_database(),
        environments: vec![
            Environment::development("dev", &account, Cidr::ten(30), because),
            Environment::production("prod", &account, Cidr::ten(40), "cars"),
        ],
        ..System::new("cars-api", summary, owner, service, pipeline)
    }
}
