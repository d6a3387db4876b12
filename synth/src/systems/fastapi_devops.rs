//! S4: the prediction API of S0, on three machines that know nothing of AWS.

use super::{mail, your_cloud, yours};
use crate::model::{
    By, Capacity, Channel, Files, Host, HubImage, Kubeadm, Machines, Monitoring, Namespace, ObjectName, Open, Panel,
    Pipeline, Platform, Prometheus, Service, System,
};
use crate::{amounts, node_port, port};

/// The system.
#[must_use]
pub fn fastapi_devops() -> System {
    let mut service = Service::on("predictor", port!(8000));
    service.called = Some(ObjectName::new("fastapi"));
    let does = "Answers predictions over HTTP, on three machines.";
    let mut pipeline = Pipeline::new("1.95.0");
    pipeline.files = Files::One;
    System {
        platform: Platform::Machines(Box::new(machines())),
        monitoring: Monitoring {
            by: By::Prometheus(Prometheus::telling(mail(), &Channel::new("#devops-alerts"))),
            panels: [Panel::of_service(), Panel::of_figures()].concat(),
            ..Monitoring::of_pods()
        },
        ..System::new("fastapi-devops", does, yours().0, service, pipeline)
    }
}

/// One that leads and two that work; a branch leads to each environment.
fn machines() -> Machines {
    let image = HubImage::new("prasannasn/fastapi-devops");
    let control = Host::reserved("devops-instance-1", [10, 160, 0, 3], [34, 14, 169, 168]);
    let workers = vec![
        Host::reserved("devops-instance-2", [10, 160, 0, 4], [34, 100, 156, 67]),
        Host::reserved("devops-instance-3", [10, 160, 0, 5], [34, 14, 213, 230]),
    ];
    let dev = ("dev", "Feature testing, debugging");
    let stage = ("stage", "Pre-production testing, QA");
    let small = amounts!(cpu: 50, 500; memory: 64, 256);
    let middle = amounts!(cpu: 100, 500; memory: 128, 256);
    let large = amounts!(cpu: 100, 1000; memory: 128, 512);
    let users = "it is what users reach, and there is no load balancer before it";
    Machines {
        version: Kubeadm::V1_30,
        deploys: Open::to_runners(),
        namespaces: vec![
            Namespace::new(dev, "prasanna", node_port!(30080), small),
            Namespace::new(stage, "stage", node_port!(30081), middle),
            Namespace {
                capacity: Capacity::between(2, 10),
                open: Open::ToAnybody { because: users },
                ..Namespace::new(("prod", "Production"), "main", node_port!(30082), large)
            },
        ],
        ..Machines::new(image, your_cloud(), control, workers)
    }
}
