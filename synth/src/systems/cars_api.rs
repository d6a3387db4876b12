//! S2: an API for cars, which it keeps in a database, on ECS Fargate.

use super::yours;
use crate::model::{Alert, Cidr, Dashboard, Database, Environment, Files, Pipeline, Service, System};

/// The system.
#[must_use]
pub fn cars_api() -> System {
    let summary = "Keeps a catalogue of cars behind HTTP, in a container on ECS Fargate, with a MySQL database on RDS.";
    let (owner, account) = yours();
    let account = account.with_existing_provider();
    let service = Service::on(crate::port!(5000));
    let pipeline = Pipeline {
        smoke_paths: vec!["/cars".into()],
        files: Files::One,
        ..Pipeline::new("cars", "1.95.0")
    };
    System {
        database: Some(Database::mysql("cars", &["/service", "migrate"])),
        alerts: [Alert::of_service(), Alert::of_database()].concat(),
        dashboard: Dashboard::of_service_and_database(),
        environments: vec![
            Environment::development(
                "dev",
                &account,
                Cidr::ten(30),
                "dev has no domain and serves only test data",
            ),
            Environment::production("prod", &account, Cidr::ten(40), "cars"),
        ],
        ..System::new("cars-api", summary, owner, service, pipeline)
    }
}
