//! S1: the prediction API of S0, on EKS.

use super::yours;
use crate::model::{Cidr, Environment, Files, Kubernetes, Monitoring, Pipeline, Platform, Secret, Service, System};

/// The system: S0 with another platform, and a secret that its pods may read.
#[must_use]
pub fn predictor() -> System {
    let (owner, account) = yours();
    let account = account.with_existing_provider();
    let summary = "Answers predictions over HTTP, from pods on EKS behind a load balancer.";
    let secret = Secret::given("service");
    let service = Service {
        needs: vec![secret.read()],
        ..Service::on("predictor", crate::port!(8000))
    };
    let pipeline = Pipeline {
        smoke_paths: vec!["/predict".into()],
        // In one file the build waits for the tests, so that a commit that fails them is nowhere.
        files: Files::One,
        ..Pipeline::new("1.95.0")
    };
    let because = "dev has no domain and serves only test data";
    System {
        platform: Platform::Kubernetes(Kubernetes::eks()),
        stores: vec![(&secret).into()],
        monitoring: Monitoring::of_pods(),
        environments: vec![
            Environment::development("dev", &account, Cidr::ten(50), because),
            Environment::production("prod", &account, Cidr::ten(60), "predictor"),
        ],
        ..System::new("predictor", summary, owner, service, pipeline)
    }
}
