//! How long it takes to read and to judge templates and manifests, and how much memory, as they grow in number and in size.
//!
//! ```text
//! cargo bench -p synth --bench validate
//! python3 synth/tests/validate-against-peers.py      # the whole process, beside cfn-lint and AWS's own engine
//! ```
//!
//! Read the growth: ten times as much should take ten times as long. `max alloc` is the peak memory of one run; it
//! must not grow with the number of templates.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has nothing to say")]

use std::fmt::Write;

use divan::{AllocProfiler, Bencher, black_box};
use synth::checks::{self, Options};
use synth::model::Systems;
use synth::read::{self, Document};
use synth::systems::predict_api;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    // What is decoded once in a process is no part of the growth.
    judge(&example());
    judge(&resources(10));
    divan::main();
}

fn judge(text: &str) -> usize {
    let document = read::document("template", black_box(text)).unwrap();
    checks::judge(&[document], &Options::default()).len()
}

/// The largest template of the example.
fn example() -> String {
    let systems = Systems::new(vec![predict_api()]).unwrap();
    let rendered = synth::render(systems.each().next().unwrap()).unwrap();
    let templates = rendered
        .files
        .into_iter()
        .filter(|(path, _)| path.ends_with(".template.json"));
    templates.map(|(_, text)| text).max_by_key(String::len).unwrap()
}

/// A template of so many resources that refer to each other.
fn resources(count: usize) -> String {
    let mut text = "Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n".to_owned();
    for number in 1..count {
        let ingress = "{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}";
        writeln!(
            text,
            "  Group{number}:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      \
             GroupDescription: !Sub 'group {number} of ${{Vpc}}'\n      VpcId: !Ref Vpc\n      \
             SecurityGroupIngress: [{ingress}]"
        )
        .unwrap();
    }
    text
}

/// Manifests of so many applications, five objects each.
fn manifests(count: usize) -> Vec<Document> {
    let mut text = String::new();
    for number in 0..count {
        let labels = format!("matchLabels: {{app: app-{number}}}");
        let container = format!(
            "{{name: app, image: 'example/app:1.{number}', ports: [{{name: http, containerPort: 8080}}], readinessProbe: \
             {{httpGet: {{path: /health, port: http}}}}, resources: {{requests: {{cpu: 100m, memory: 1Gi}}, limits: {{memory: \
             1Gi}}}}, envFrom: [{{configMapRef: {{name: app-{number}}}}}]}}"
        );
        let head = |api: &str, kind: &str| {
            format!("---\napiVersion: {api}\nkind: {kind}\nmetadata: {{name: app-{number}, namespace: shop}}\n")
        };
        write!(
            text,
            "{}spec:\n  selector: {{{labels}}}\n  template:\n    metadata: {{labels: {{app: app-{number}}}}}\n    spec: \
             {{containers: [{container}]}}\n{}spec: {{selector: {{app: app-{number}}}, ports: [{{port: 80, targetPort: \
             http}}]}}\n{}data: {{COLOR: blue}}\n{}spec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: \
             app-{number}}}, minReplicas: 2, maxReplicas: 9}}\n{}spec: {{maxUnavailable: 1, selector: {{{labels}}}}}\n",
            head("apps/v1", "Deployment"),
            head("v1", "Service"),
            head("v1", "ConfigMap"),
            head("autoscaling/v2", "HorizontalPodAutoscaler"),
            head("policy/v1", "PodDisruptionBudget"),
        )
        .unwrap();
    }
    read::documents("manifests", black_box(&text)).unwrap()
}

/// Manifests that are judged together: of 200 applications there are a thousand.
#[divan::bench(args = [2, 20, 200, 2_000], sample_count = 1, sample_size = 1)]
fn applications(bencher: Bencher, count: usize) {
    bencher.bench(|| checks::manifest::judge(&manifests(count), &Options::default()).len());
}

/// Templates one after the other, as the command does it.
#[divan::bench(args = [1, 10, 100, 1_000], sample_count = 1, sample_size = 1)]
fn templates(bencher: Bencher, count: usize) {
    let text = example();
    bencher.bench(|| (0..count).map(|_| judge(&text)).sum::<usize>());
}

/// One template that grows.
#[divan::bench(args = [10, 50, 100, 500], sample_count = 3, sample_size = 1)]
fn resources_of_one(bencher: Bencher, count: usize) {
    let text = resources(count);
    bencher.bench(|| judge(&text));
}
