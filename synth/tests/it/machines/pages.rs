//! What a person reads of a system on machines of its own, and that it is so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use synth::model::{Kubeadm, Platform, System};
use synth::systems::{self, fastapi_devops};

use crate::alone;
use crate::readme::{ROOT, links};

const FOLDER: &str = "out/fastapi-devops/";

fn rendered() -> BTreeMap<String, String> {
    alone::render(&fastapi_devops()).files
}

fn page(system: &System, name: &str) -> String {
    alone::render(system)
        .files
        .remove(&format!("{FOLDER}{name}.md"))
        .unwrap()
}

/// The pages by their paths.
fn pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| path.strip_suffix(".md").is_some())
}

fn with_version(version: Kubeadm) -> System {
    let mut system = fastapi_devops();
    if let Platform::Machines(machines) = &mut system.platform {
        machines.version = version;
    }
    system
}

#[test]
fn alerts_link_to_a_heading_of_the_page() {
    let files = rendered();
    let rules = &files[&format!("{FOLDER}k8s/monitoring/rules.yml")];
    let lines = rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("runbook_url: "));
    let anchors: BTreeSet<&str> = lines
        .filter_map(|url| url.trim_matches('"').split_once("README.md#"))
        .map(|(_, to)| to)
        .collect();
    assert_eq!(anchors, BTreeSet::from(["what-is-watched"]));
    assert!(files[&format!("{FOLDER}README.md")].contains("\n## What is watched\n"));
}

#[test]
fn every_alert_has_a_row_with_what_to_do() {
    let files = rendered();
    let rules = &files[&format!("{FOLDER}k8s/monitoring/rules.yml")];
    let names: BTreeSet<&str> = rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- alert: "))
        .collect();
    let page = &files[&format!("{FOLDER}README.md")];
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let rows: BTreeSet<&str> = rows.map(|(name, _)| name).collect();
    assert!(names.len() > 5 && names.is_subset(&rows), "{names:?} {rows:?}");
}

#[test]
fn every_link_leads_to_a_file() {
    let files = rendered();
    let is_there = |link: &str| match link.strip_prefix("../../") {
        Some(path) => files.contains_key(path) || Path::new(ROOT).join(path).exists(),
        None => files.contains_key(&format!("{FOLDER}{link}")),
    };
    let lost: Vec<&str> = pages(&files)
        .flat_map(|(_, page)| links(page))
        .filter(|link| !is_there(link))
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let files = rendered();
    let mut lost = Vec::new();
    for (path, page) in pages(&files) {
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some((file, heading)) = link.split_once('#').filter(|(file, _)| !file.contains("://")) else {
                continue;
            };
            let to = if file.is_empty() {
                path.clone()
            } else {
                format!("{FOLDER}{file}")
            };
            let mut headings = files[&to].lines().filter(|line| line.starts_with('#'));
            let is_it = |line: &str| line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-") == heading;
            lost.extend((!headings.any(is_it)).then(|| link.to_owned()));
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// The words after the name of a script or of `make`, in commands and in text.
fn words_after<'a>(page: &'a str, script: &str) -> Vec<&'a str> {
    let all = page.split(script).skip(1);
    let words = all.filter_map(|rest| rest.strip_prefix(' ')?.split([' ', '\n', '`', '"', ')']).next());
    words
        .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
        .collect()
}

#[test]
fn every_command_of_the_pages_is_one_of_its_script() {
    let files = rendered();
    let setup = &files[&format!("{FOLDER}infra/setup.sh")];
    let join = &files[&format!("{FOLDER}infra/join.sh")];
    let make = &files[&format!("{FOLDER}Makefile")];
    let mut named = BTreeSet::new();
    for (path, page) in pages(&files) {
        for word in words_after(page, "setup.sh") {
            let is_there = setup.contains(&format!("\n  {word} ")) || setup.contains(&format!("\n  {word}\n"));
            assert!(is_there, "{path}: setup.sh {word}");
            named.insert(word);
        }
        for word in words_after(page, "join.sh").into_iter().filter(|word| *word != "does") {
            assert!(join.contains(&format!("join.sh {word}")), "{path}: join.sh {word}");
        }
        for word in words_after(page, &format!("make --directory {}", FOLDER.trim_end_matches('/'))) {
            assert!(make.contains(&format!("\n{word}: ")), "{path}: make {word}");
        }
    }
    let wanted = [
        "backup",
        "cluster",
        "host-key",
        "key",
        "monitoring",
        "namespaces",
        "status",
        "sums",
    ];
    assert_eq!(named.into_iter().collect::<Vec<_>>(), wanted);
}

#[test]
fn every_image_of_what_measures_gets_its_sum_from_the_script() {
    let files = rendered();
    let setup = &files[&format!("{FOLDER}infra/setup.sh")];
    let (_, list) = setup.split_once("\nwatching=(\n").unwrap();
    let (list, _) = list.split_once("\n)").unwrap();
    let listed: BTreeSet<String> = list
        .lines()
        .map(|line| format!("{0}@${{digest:{0}}}", line.trim()))
        .collect();
    let folder = format!("{FOLDER}k8s/monitoring/");
    let texts = files.iter().filter(|(path, _)| path.starts_with(&folder));
    let lines = texts
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.trim().strip_prefix("image: "));
    let images: BTreeSet<String> = lines.map(|image| image.trim_matches('"').to_owned()).collect();
    assert_eq!(images, listed);
}

#[test]
fn a_version_that_nobody_mends_is_told_at_the_top() {
    let old = page(&fastapi_devops(), "README");
    let (before, _) = old.split_once("\n- [What it is]").unwrap();
    assert!(
        before.contains("> **Kubernetes 1.30 is not mended any more since 15 July 2025:**"),
        "{before}"
    );
    assert!(before.contains("1.31, 1.32, 1.33, 1.34, 1.35, 1.36."), "{before}");
    let new = page(&with_version(Kubeadm::V1_36), "README");
    assert!(!new.contains("mended any more"));
}

#[test]
fn nobody_reads_of_another_system_or_of_another_cloud() {
    let files = rendered();
    let others = systems::all().unwrap();
    let others = others.each().map(|system| system.name.to_string());
    let others: Vec<String> = others.filter(|name| name != "fastapi-devops").collect();
    let foreign = ["AWS", "aws ", "CloudWatch", "EKS", "target group", "«"];
    for (path, page) in pages(&files) {
        let mut all = others.iter().map(String::as_str).chain(foreign);
        assert_eq!(all.find(|word| page.contains(word)), None, "{path}");
    }
}

#[test]
fn every_environment_is_told_with_its_branch_its_port_and_its_size() {
    let page = page(&fastapi_devops(), "README");
    let (_, table) = page.split_once("## Environments\n").unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).take(3).collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    | `dev` | Feature testing, debugging | `prasanna` | 30080 | 2 | 64Mi–256Mi | 50m–500m | operators |
    | `stage` | Pre-production testing, QA | `stage` | 30081 | 2 | 128Mi–256Mi | 100m–500m | operators |
    | `prod` | Production | `main` | 30082 | 2 to 10, as the load asks | 128Mi–512Mi | 100m–1000m | everybody |
    ");
}

#[test]
fn all_files_stand_in_the_tree() {
    let files = rendered();
    let page = &files[&format!("{FOLDER}README.md")];
    let (_, tree) = page.split_once("```text\n").unwrap();
    let (tree, _) = tree.split_once("\n```").unwrap();
    let drawn = tree.lines().filter(|line| !line.ends_with('/')).count();
    assert_eq!(drawn, files.keys().filter(|path| path.starts_with(FOLDER)).count());
}

#[test]
fn every_box_of_an_arrow_is_drawn() {
    let files = rendered();
    let page = &files[&format!("{FOLDER}README.md")];
    let pictures: Vec<&str> = page
        .split("```mermaid\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(pictures.len(), 3);
    for picture in pictures {
        for line in picture.lines().filter(|line| line.contains("-->")) {
            let ends = line
                .split("-->")
                .flat_map(|part| part.split(" & ").map(str::trim).collect::<Vec<_>>());
            for end in ends.map(|end| end.split([' ', '[', '(', '{']).next().unwrap_or_default()) {
                let drawn = ["[", "([", "{"]
                    .iter()
                    .any(|open| picture.contains(&format!("{end}{open}\"")) || picture.contains(&format!("{end}[(\"")));
                assert!(drawn, "{end} of {line}");
            }
        }
    }
}

#[test]
fn what_is_let_be_stands_with_its_reason() {
    let page = page(&fastapi_devops(), "EXCEPTIONS");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("open-firewall") || line.contains("CKV_GHA_7"))
        .collect();
    assert_eq!(rows.len(), 3, "{page}");
    assert!(rows[0].contains("GitHub's own runners have no addresses of their own"));
}

#[test]
fn what_other_programs_object_to_stands_there_too_and_one_reason_in_one_row() {
    let page = page(&fastapi_devops(), "EXCEPTIONS");
    let row = |words: &[&str]| {
        let mut rows = page.lines().filter(|line| words.iter().all(|word| line.contains(word)));
        let row = rows.next().unwrap_or_else(|| panic!("{words:?} in {page}"));
        assert_eq!(rows.next(), None, "{words:?}");
        row.to_owned()
    };
    row(&["Deployment `fastapi`", "| checkov | `CKV_K8S_40` |"]);
    row(&["Deployment `fastapi`", "| trivy | `KSV-0020`, `KSV-0021` |"]);
    row(&["Namespace `node-exporter`", "| pod-security | `privileged` |"]);
    row(&["`google_compute_firewall.deployments`", "| checkov | `CKV_GCP_2` |"]);
    row(&["`google_compute_instance.devops-instance-2`", "| trivy | `GCP-0031` |"]);
    // What a kustomization makes says it there, and a role that each namespace has says it once.
    row(&[
        "ConfigMap `alertmanager`",
        "k8s/monitoring/kustomization.yaml",
        "| trivy | `KSV-01010` |",
    ]);
    row(&["Role `deployer`", "| trivy | `KSV-0048`, `KSV-0049`, `KSV-0056` |"]);
}

#[test]
fn pages_are_short_enough_to_be_read() {
    for (path, page) in pages(&rendered()) {
        assert!(page.lines().count() <= 400, "{path}");
    }
}
