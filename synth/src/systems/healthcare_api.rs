//! S3: the prediction API of S0, in a cluster that trusts nothing inside it.

use super::{helpers, mail, yours};
use crate::model::{
    Alert, Answer, By, Capacity, Channel, Cidr, Development, Environment, Files, Kubernetes, Layout, Machine,
    Monitoring, NodeGroup, ObjectName, Objective, Panel, Pipeline, Platform, Prometheus, Scrutiny, Secret, Service,
    System, Tells, Trial,
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
    production.scale.capacity = Capacity::between(3, 20);
    let mut cluster = Kubernetes::guarded(NodeGroup::of(Machine::M7iXlarge, crate::machines!(3, 6, 9)));
    cluster.layout = Layout::ByConcern;
    let mut prometheus = Prometheus::telling(mail(), &Channel::new("#healthcare-alerts"));
    prometheus.objective = Some(Objective::Percent99_9);
    let monitoring = Monitoring {
        by: By::Both(prometheus),
        alerts: Alert::of_guarded_pods(),
        panels: [Panel::of_service(), Panel::of_figures(), vec![Panel::Security]].concat(),
    };
    System {
        platform: Platform::Kubernetes(cluster),
        stores: vec![(&secret).into()],
        monitoring,
        support: Some(helpers()),
        environments: vec![production],
        ..System::new("healthcare-api", summary, owner, service, pipeline())
    }
}

/// What a change passes on `develop` and on `main`, and who is told how its release ended.
fn pipeline() -> Pipeline {
    Pipeline {
        smoke_paths: vec!["/predict".into()],
        files: Files::One,
        development: Some(Development::on("develop", "app/predictor/Dockerfile.dev")),
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
