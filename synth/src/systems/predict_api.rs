//! S0: a prediction API on ECS Fargate.

use super::yours;
use crate::model::{
    Alert, Capacity, Cidr, Dashboard, Egress, Entry, Environment, Error, Firewall, Health, Keeping, Minutes, Name,
    Network, Percent, Percentile, Pipeline, Port, Registry, Release, Retention, Seconds, Service, Severity, Size,
    Strategy, System, When, Zones,
};

/// The system.
///
/// # Errors
///
/// The first impossible value.
pub fn predict_api() -> Result<System, Error> {
    let alert = |when, lasting, severity| Alert {
        when,
        lasting: Minutes(lasting),
        severity,
    };
    System {
        name: Name::new("System.name", "predict-api")?,
        summary: "Answers predictions over HTTP, from a container on ECS Fargate behind a load balancer.".into(),
        owner: yours()?,
        registry: Registry { releases_kept: 50 },
        service: Service {
            port: Port::of::<8000>(),
            health: Health {
                path: "/health".into(),
                grace: Seconds(60),
            },
            health_command: vec!["/service".into(), "healthcheck".into()],
            longest_request: Seconds(20),
            settings: vec![("LOG_LEVEL".into(), "info".into())],
        },
        alerts: vec![
            alert(When::CpuAbove(Percent::of::<80>()), 5, Severity::Warning),
            alert(When::MemoryAbove(Percent::of::<80>()), 5, Severity::Warning),
            alert(When::TooFewTasks, 5, Severity::Critical),
            alert(When::UnhealthyTask, 3, Severity::Critical),
            alert(When::ErrorsAbove(Percent::of::<5>()), 3, Severity::Critical),
            alert(When::SlowerThan(Percentile::P95, 2000), 5, Severity::Warning),
        ],
        dashboard: Dashboard::everything(),
        pipeline: Pipeline {
            package: "predictor".into(),
            dockerfile: "Dockerfile".into(),
            toolchain: "1.95.0".into(),
            smoke_paths: vec!["/predict".into()],
            own_repository: true,
        },
        environments: vec![
            Environment {
                name: Name::new("Environment.name", "dev")?,
                network: Network {
                    cidr: Cidr::ten(10),
                    zones: Zones::Two,
                    egress: Egress::OneNat,
                },
                entry: Entry::Http {
                    because: "dev has no domain and serves only test data".into(),
                },
                firewall: Firewall::Off,
                size: Size::of::<256, 512>(),
                capacity: Capacity::Fixed(2),
                strategy: Strategy::Rolling,
                logs: Retention::OneMonth,
                keeping: Keeping::Disposable,
                release: Release::Automatic,
            },
            Environment {
                name: Name::new("Environment.name", "prod")?,
                network: Network {
                    cidr: Cidr::ten(20),
                    zones: Zones::Three,
                    egress: Egress::NatPerZone,
                },
                entry: Entry::Https { host: "predict".into() },
                firewall: Firewall::On {
                    requests_in_five_minutes: 2000,
                },
                size: Size::of::<512, 1024>(),
                capacity: Capacity::Scaling {
                    min: 2,
                    max: 10,
                    cpu: Percent::of::<60>(),
                    memory: Percent::of::<70>(),
                },
                strategy: Strategy::Rolling,
                logs: Retention::OneYear,
                keeping: Keeping::Keep,
                release: Release::Approved,
            },
        ],
        overrides: vec![],
        waivers: vec![],
    }
    .checked()
}
