//! S3: the prediction API of S0, in a cluster that trusts nothing inside it.

use super::yours;
use crate::model::{
    Alert, By, Channel, Cidr, Email, Environment, Files, Kubernetes, Mail, Monitoring, Percent, Percentile, Pipeline,
    Platform, Prometheus, Relay, Route, Seconds, Secret, Service, Severity, System, To, When,
};

/// The system.
#[must_use]
pub fn healthcare_api() -> System {
    let (owner, account) = yours();
    let account = account.with_existing_provider();
    let summary = "Answers health predictions over HTTP, in a cluster that trusts nothing inside it.";
    let secret = Secret::given("production");
    let service = Service {
        needs: vec![secret.read()],
        ..Service::on("predictor", crate::port!(8000))
    };
    let pipeline = Pipeline {
        smoke_paths: vec!["/predict".into()],
        files: Files::One,
        ..Pipeline::new("1.95.0")
    };
    System {
        platform: Platform::Kubernetes(Kubernetes::eks()),
        stores: vec![(&secret).into()],
        monitoring: monitoring(),
        environments: vec![Environment::production(
            "production",
            &account,
            Cidr::ten(70),
            "healthcare",
        )],
        ..System::new("healthcare-api", summary, owner, service, pipeline)
    }
}

fn monitoring() -> Monitoring {
    let slack = |severity, mention| Route {
        severity,
        to: To::Slack {
            channel: Channel::new("#healthcare-alerts"),
            mention,
        },
    };
    let mail = Mail {
        relay: Relay::new("smtp.example.com:587"),
        from: Email::new("alerts@example.com"),
    };
    let routes = vec![
        Route {
            severity: Severity::Critical,
            to: To::Owner(mail),
        },
        slack(Severity::Critical, true),
        slack(Severity::Warning, false),
    ];
    Monitoring {
        by: By::Both(Prometheus {
            every: Seconds(15),
            routes,
        }),
        alerts: vec![
            Alert::of(When::CpuAbove(Percent::of::<80>()), 5, Severity::Warning),
            Alert::of(When::MemoryAbove(Percent::of::<85>()), 5, Severity::Warning),
            Alert::of(When::TooFewTasks, 5, Severity::Critical),
            Alert::of(When::UnhealthyTask, 2, Severity::Critical),
            Alert::of(When::ErrorsAbove(Percent::of::<5>()), 3, Severity::Critical),
            Alert::of(When::SlowerThan(Percentile::P95, 2000), 5, Severity::Warning),
            Alert::of(When::Restarts, 1, Severity::Warning),
        ],
        ..Monitoring::of_pods()
    }
}
