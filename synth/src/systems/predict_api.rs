//! S0: a prediction API on ECS Fargate.

use super::yours;
use crate::model::{Capacity, Cidr, Environment, Percent, Pipeline, Scale, Service, Size, System};

/// The system. What it does not say is what [`System::new`], [`Service::on`], [`Environment::development`] and
/// [`Environment::production`] say for every system.
#[must_use]
pub fn predict_api() -> System {
    let (owner, account) = yours();
    let summary = "Answers predictions over HTTP, from a container on ECS Fargate behind a load balancer.";
    let service = Service::on("predictor", crate::port!(8000));
    let pipeline = Pipeline {
        smoke_paths: vec!["/predict".into()],
        ..Pipeline::new("1.95.0")
    };
    System {
        environments: vec![
            Environment::development(
                "dev",
                &account,
                Cidr::ten(10),
                "dev has no domain and serves only test data",
            ),
            Environment {
                scale: Scale {
                    size: Size::of::<512, 1024>(),
                    capacity: Capacity::Scaling {
                        min: 2,
                        max: 10,
                        cpu: Percent::of::<60>(),
                        memory: Percent::of::<70>(),
                    },
                },
                ..Environment::production("prod", &account, Cidr::ten(20), "predict")
            },
        ],
        ..System::new("predict-api", summary, owner, service, pipeline)
    }
}
