//! S3: the prediction API of S0, in a cluster that trusts nothing inside it.

use super::yours;
use crate::model::{
    Admission, Alert, Answer, Bootstrap, By, Capacity, Channel, Cidr, Development, Email, Environment, Files,
    Kubernetes, Layout, Machine, Mail, Mesh, Monitoring, NodeGroup, ObjectName, Objective, Panel, Percent, Percentile,
    Phone, Pipeline, Platform, Prometheus, Relay, Runtime, Scrutiny, Secret, Service, Severity, Signatures, Support,
    System, Tells, Trial, WebAddress, When,
};

/// The system.
#[must_use]
pub fn healthcare_api() -> System {
    let (owner, account) = yours();
    let account = account.with_existing_provider();
    let summary = "Answers health predictions over HTTP, in a cluster that trusts nothing inside it.";
    let keys = ["database_url", "api_key", "jwt_secret"];
    let secret = Secret::of_environment("production", "Healthcare API production secrets", &keys).as_files();
    let service = Service {
        called: Some(ObjectName::new("healthcare-prediction-api")),
        needs: vec![secret.read()],
        ..Service::on("predictor", crate::port!(8000))
    };
    let mut production = Environment::production("production", &account, Cidr::ten(70), "healthcare");
    production.scale.capacity = Capacity::Scaling {
        min: 3,
        max: 20,
        cpu: Percent::of::<70>(),
        memory: Percent::of::<80>(),
    };
    System {
        platform: platform(),
        stores: vec![(&secret).into()],
        monitoring: monitoring(),
        support: Some(Support {
            team: Email::new("devops@example.com"),
            security: Email::new("security@example.com"),
            on_call: Phone::new("+1 555 0100"),
            wiki: WebAddress::new("https://wiki.example.com"),
            grafana: WebAddress::new("https://grafana.example.com"),
        }),
        environments: vec![production],
        ..System::new("healthcare-api", summary, owner, service, pipeline())
    }
}

/// What a change passes on `develop` and on `main`, and who is told how its release ended.
fn pipeline() -> Pipeline {
    Pipeline {
        smoke_paths: vec!["/predict".into()],
        files: Files::One,
        development: Some(Development {
            branch: "develop".into(),
            dockerfile: Some("app/predictor/Dockerfile.dev".into()),
        }),
        scrutiny: Scrutiny::Thorough(Trial {
            contract: "/openapi.json".into(),
            expects: Some("app/predictor/schemathesis.toml".into()),
            answers: vec![Answer::within("/health", 100), Answer::within("/predict", 500)],
            rate: 1000,
        }),
        tells: Tells::Slack,
        ..Pipeline::new("1.95.0")
    }
}

/// A cluster with every guard that there is.
fn platform() -> Platform {
    Platform::Kubernetes(Kubernetes {
        admission: Admission::Gatekeeper,
        signatures: Signatures::Keyless,
        runtime: Runtime::Falco,
        bootstrap: Bootstrap::Sealed,
        layout: Layout::ByConcern,
        mesh: Mesh::Ambient,
        ..Kubernetes::eks().on(NodeGroup::of(Machine::M7iXlarge, crate::machines!(3, 6, 9)), [])
    })
}

/// The six alerts of the system, that pods are missing, and what was refused.
fn monitoring() -> Monitoring {
    let mail = Mail {
        relay: Relay::new("smtp.example.com:587"),
        from: Email::new("alerts@example.com"),
    };
    let channel = Channel::new("#healthcare-alerts");
    Monitoring {
        by: By::Both(Prometheus {
            objective: Some(Objective::Percent99_9),
            ..Prometheus::telling(mail, &channel)
        }),
        alerts: vec![
            Alert::of(When::CpuAbove(Percent::of::<80>()), 5, Severity::Warning),
            Alert::of(When::MemoryAbove(Percent::of::<85>()), 5, Severity::Warning),
            Alert::of(When::TooFewTasks, 5, Severity::Critical),
            Alert::of(When::UnhealthyTask, 2, Severity::Critical),
            Alert::of(When::ErrorsAbove(Percent::of::<5>()), 3, Severity::Critical),
            Alert::of(When::SlowerThan(Percentile::P95, 2000), 5, Severity::Warning),
            Alert::of(When::Restarts, 1, Severity::Warning),
            Alert::of(When::CallsRefusedAbove(20), 5, Severity::Warning),
            Alert::of(When::PolicyBroken, 1, Severity::Warning),
        ],
        panels: [Panel::of_service(), Panel::of_figures(), vec![Panel::Security]].concat(),
    }
}
