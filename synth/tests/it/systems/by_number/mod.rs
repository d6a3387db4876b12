//! S1, line by line: what each asks, and a test that proves it on what is rendered, on the service or on its Dockerfile.

mod app;
mod pages;
mod pipeline;
mod platform;
mod watching;

use serde_json::Value as Json;

use super::S1;
use super::pods::object;
use crate::readme::ROOT;

/// The lines by their numbers. What proves a line is a test whose name begins with its number: `s1_13_…`.
const LINES: [(usize, &str); 36] = [
    (
        1,
        "Fully containerized microservice deployed on AWS EKS using rolling updates",
    ),
    (2, "`GET /health` returns status `\"ok\"`"),
    (3, "`GET /predict` returns `{ \"score\": 0.75 }`"),
    (4, "Multi-stage Dockerfile"),
    (5, "Non-root container user"),
    (6, "Container healthcheck in the Dockerfile"),
    (7, "Kubernetes Deployment + Service + Ingress"),
    (
        8,
        "Deployment is \"HPA-ready\" (resource requests set so an HPA can act)",
    ),
    (9, "Pipeline order: Build → Test → Push → Deploy in GitHub Actions"),
    (10, "Registry: Amazon ECR"),
    (11, "ECR image scanning enabled"),
    (12, "IAM least privilege"),
    (
        13,
        "ALB Ingress with TLS via ACM certificate (HTTPS termination at ALB)",
    ),
    (
        14,
        "Architecture drawing: Developer → GitHub repo → (push to main) → GitHub Actions CI → CD → ECR → EKS → ALB Ingress → client",
    ),
    (15, "CI step 1: checkout source"),
    (16, "CI step 2: install language dependencies"),
    (17, "CI step 3: run tests"),
    (18, "CD step 4: build Docker image"),
    (19, "CD step 5: push to Amazon ECR"),
    (20, "CD step 6: update EKS Kubernetes Deployment (\"Deploy new tag\")"),
    (21, "CD step 7: rolling update \"waits for new pods to become healthy\""),
    (22, "Trigger: \"any push to `main` branch\""),
    (
        23,
        "Bootstrap of infra from an `infra` folder (`terraform init` / `terraform apply`)",
    ),
    (
        24,
        "Optional first manual image build/tag/push to `<AWS_ID>.dkr.ecr.<REGION>.amazonaws.com/predictor:latest`",
    ),
    (25, "ECR repository named `predictor`"),
    (26, "Manifests deployable with one `kubectl apply -f k8s/`"),
    (27, "Push to GitHub → CI/CD rolls out the update automatically"),
    (28, "CloudWatch Container Insights supplies CPU & memory utilization"),
    (29, "ALB metric `UnHealthyHostCount` alerts if pod health fails"),
    (30, "CloudWatch dashboard: live resource visualization"),
    (31, "SNS alert: CPU >80%"),
    (32, "SNS alert: Mem >80%"),
    (33, "SNS alert: ALB unhealthy hosts"),
    (34, "AWS Secrets Manager / SSM for secret storage"),
    (35, "IAM role for GitHub using OIDC (\"no stored IAM keys\")"),
    (36, "Feature table and endpoint table in the README"),
];

/// The files of the tests.
const PROOFS: [&str; 5] = [
    include_str!("app.rs"),
    include_str!("pages.rs"),
    include_str!("pipeline.rs"),
    include_str!("platform.rs"),
    include_str!("watching.rs"),
];

#[test]
fn every_line_has_a_test_that_proves_it() {
    let proven = |number: usize| {
        let name = format!("fn s1_{number}_");
        PROOFS.iter().any(|text| text.contains(&name))
    };
    let open: Vec<&(usize, &str)> = LINES.iter().filter(|(number, _)| !proven(*number)).collect();
    assert_eq!(open, Vec::<&(usize, &str)>::new());
    assert!(LINES.iter().map(|(number, _)| *number).eq(1..=36));
}

/// A file of the repository.
pub(super) fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

/// A workflow, read.
fn workflow(name: &str) -> Json {
    yaml_serde::from_str(S1.workflow(name)).unwrap()
}

/// A page of the system.
fn page(name: &str) -> &'static str {
    &S1.rendered.files[&format!("out/predictor/{name}")]
}

/// The names of the steps of a job, in order.
fn steps(workflow: &Json, job: &str) -> Vec<String> {
    let steps = workflow["jobs"][job]["steps"].as_array();
    let steps = steps.unwrap_or_else(|| panic!("{job} has no steps: {workflow}"));
    steps
        .iter()
        .map(|step| step["name"].as_str().unwrap().to_owned())
        .collect()
}

/// What a step runs.
fn script(workflow: &Json, job: &str, step: &str) -> String {
    let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
    let found = steps.iter().find(|one| one["name"] == step);
    let found = found.unwrap_or_else(|| panic!("{job} has no step {step}"));
    found["run"].as_str().unwrap_or_default().to_owned()
}

/// The one container of the pods.
fn container(environment: &str) -> Json {
    object(environment, "Deployment", "predictor")["spec"]["template"]["spec"]["containers"][0].clone()
}

/// An annotation that the load balancer is made by.
fn annotation(environment: &str, name: &str) -> String {
    let ingress = object(environment, "Ingress", "predictor");
    let value = &ingress["metadata"]["annotations"][format!("alb.ingress.kubernetes.io/{name}")];
    value.as_str().unwrap_or_default().to_owned()
}

/// The numbers in the name of a test behind that of its system: `6_to_9`, `10_and_76`, `20_25_and_34`.
pub(crate) fn numbers(name: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut range = false;
    for word in name.split('_') {
        match (word, word.parse::<usize>()) {
            (_, Ok(number)) => {
                let from = if range {
                    found.last().map_or(number, |last| last + 1)
                } else {
                    number
                };
                found.extend(from..=number);
                range = false;
            }
            ("to", _) => range = true,
            ("and", _) => {}
            _ => break,
        }
    }
    found
}

#[test]
fn the_numbers_of_a_test_are_read() {
    assert_eq!(numbers("6_to_9_the_pod"), [6, 7, 8, 9]);
    assert_eq!(numbers("10_and_76_pods"), [10, 76]);
    assert_eq!(numbers("75_and_77_to_79_the"), [75, 77, 78, 79]);
}
