//! `synth validate` of what kubeadm reads.

use synth::systems::fastapi_devops;

use super::manifests::validate;
use crate::alone;

/// The rules of what is found, by line.
fn found(text: &str, arguments: &str) -> Vec<String> {
    let said = validate(&[("a.yaml", text)], &format!("{arguments} --format json @"));
    let (findings, _) = said.split_once("exit code").unwrap();
    let findings: Vec<serde_json::Value> = serde_json::from_str(findings).unwrap();
    let shown = |it: &serde_json::Value| {
        format!(
            "{} {} {}",
            it["line"],
            it["level"].as_str().unwrap(),
            it["rule"].as_str().unwrap()
        )
    };
    findings.iter().map(shown).collect()
}

fn configuration(api: &str, rest: &str) -> String {
    format!("apiVersion: kubeadm.k8s.io/{api}\nkind: ClusterConfiguration\n{rest}")
}

#[test]
fn the_version_of_the_configuration_is_one_that_the_version_of_the_cluster_reads() {
    for (api, version, refused) in [
        ("v1beta3", "v1.35.1", false),
        ("v1beta3", "v1.36.2", true),
        ("v1beta4", "v1.36.2", false),
        ("v1beta4", "v1.30.14", true),
    ] {
        let text = configuration(api, &format!("kubernetesVersion: {version}\n"));
        let wanted = if refused {
            vec!["1 error unknown-kind".to_owned()]
        } else {
            Vec::new()
        };
        assert_eq!(found(&text, "--only unknown-kind"), wanted, "{api} of {version}");
    }
    // The file of a worker says no version, and one that reads it is there.
    let worker = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\ndiscovery: {}\n";
    assert_eq!(found(worker, ""), Vec::<String>::new());
    assert_eq!(found(worker, "--kubernetes 1.37"), ["1 error unknown-kind"]);
}

#[test]
fn fields_are_those_of_the_version_of_the_configuration() {
    let arguments = |api: &str, given: &str| {
        let text = configuration(api, &format!("scheduler: {{extraArgs: {given}}}\n"));
        found(&text, "--only schema")
    };
    assert_eq!(arguments("v1beta4", "{profiling: 'false'}"), ["3 error mistyped-field"]);
    assert_eq!(
        arguments("v1beta4", "[{name: profiling, value: 'false'}]"),
        Vec::<String>::new()
    );
    assert_eq!(arguments("v1beta3", "{profiling: 'false'}"), Vec::<String>::new());
    // kubeadm warns of what it does not know, and goes on.
    let text = configuration("v1beta4", "apiServer: {timeoutForControlPlane: 4m0s}\n");
    assert_eq!(found(&text, ""), ["3 warning unknown-field"]);
}

#[test]
fn a_version_that_nobody_mends_and_addresses_that_two_have_are_told() {
    let of = |rest: &str| found(&configuration("v1beta4", rest), "");
    assert_eq!(of("kubernetesVersion: v1.34.9\n"), ["3 warning ended-version"]);
    assert_eq!(of("kubernetesVersion: v1.35.1\n"), Vec::<String>::new());
    // What is not said is 10.96.0.0/12.
    assert_eq!(
        of("networking: {podSubnet: 10.100.0.0/16}\n"),
        ["3 error overlapping-ranges"]
    );
    assert_eq!(
        of("networking: {podSubnet: '10.244.0.0/16,fd00::/64', serviceSubnet: 'fd00::/108'}\n"),
        ["3 error overlapping-ranges"]
    );
    assert_eq!(of("networking: {podSubnet: 10.244.0.0/16}\n"), Vec::<String>::new());
}

#[test]
fn what_cloud_init_writes_is_read_where_it_stands() {
    let files = alone::render(&fastapi_devops()).files;
    let file = &files["out/fastapi-devops/infra/cloud-init/devops-instance-1.yaml"];
    let line = |text: &str, word: &str| text.lines().position(|line| line.contains(word)).unwrap() + 1;
    let version = line(file, "kubernetesVersion:");
    assert_eq!(found(file, ""), [format!("{version} warning ended-version")]);
    let wrong = file
        .replace("podSubnet: \"10.244", "podSubnet: \"10.96")
        .replace("bindPort: 6443", "bindPort: many");
    let (port, range) = (line(&wrong, "bindPort:"), line(&wrong, "podSubnet:"));
    let wanted = [
        format!("{port} error mistyped-field"),
        format!("{version} warning ended-version"),
        format!("{range} error overlapping-ranges"),
    ];
    assert_eq!(found(&wrong, ""), wanted);
}
