//! What a person reads, and what a person runs.

use super::super::S1;
use super::page;

/// The arrows of the picture, each from and to by what stands in the boxes.
fn picture() -> (String, Vec<(String, String)>) {
    let readme = page("README.md");
    let (_, after) = readme.split_once("```mermaid\n").unwrap();
    let (picture, _) = after.split_once("```").unwrap();
    let mut arrows = Vec::new();
    for line in picture.lines().filter(|line| line.contains("-->")) {
        let name = |part: &str| part.trim().split(['[', '(', ' ']).next().unwrap_or_default().to_owned();
        let parts: Vec<String> = line.split("-->").map(name).collect();
        arrows.extend(parts.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
    }
    (picture.to_owned(), arrows)
}

#[test]
fn s1_14_the_picture_leads_from_the_developer_to_the_client() {
    let (picture, arrows) = picture();
    let way = [
        ("developer", "repository"),
        ("repository", "ci"),
        ("ci", "cd"),
        ("cd", "registry"),
        ("cd", "service"),
        ("registry", "service"),
        ("service", "container"),
        ("balancer", "container"),
    ];
    let lost: Vec<_> = way
        .iter()
        .filter(|(from, to)| !arrows.contains(&((*from).into(), (*to).into())))
        .collect();
    assert!(lost.is_empty(), "{lost:?} of {arrows:?}");
    for label in [
        "push to main",
        "Actions: CI",
        "Actions: CD",
        "ECR",
        "Deployment in EKS",
        "load balancer of the Ingress",
        "client",
    ] {
        assert!(picture.contains(label), "{label} is not in {picture}");
    }
}

#[test]
fn s1_23_one_command_makes_the_infrastructure_of_an_environment_from_its_folder() {
    let deployment = page("DEPLOYMENT.md");
    for environment in ["dev", "prod"] {
        assert!(deployment.contains(&format!("\nout/predictor/deploy.sh setup {environment}\n")));
    }
    for stack in &S1.rendered.stacks {
        let command = format!(
            "--stack-name {} \\\n  --template-file {}",
            stack.stack_name, stack.template
        );
        assert!(deployment.contains(&command), "{command}");
        assert!(S1.rendered.files.contains_key(&stack.template));
    }
}

/// Under the commit's tag, as `latest` could be pushed once and never again.
#[test]
fn s1_24_a_first_image_is_pushed_by_hand_to_the_registry_under_its_commit() {
    let (_, chapter) = page("DEPLOYMENT.md").split_once("\n## An image of your own\n").unwrap();
    let chapter = chapter.split("\n## ").next().unwrap();
    assert!(
        chapter.contains("--tag \"111122223333.dkr.ecr.us-east-1.amazonaws.com/predictor:$(git rev-parse HEAD)\""),
        "{chapter}"
    );
    assert!(
        chapter.contains("--platform linux/amd64")
            && chapter.contains("never `latest`: the registry lets no tag be moved"),
        "{chapter}"
    );
    assert!(!chapter.contains(":latest"));
}

#[test]
fn s1_26_one_command_applies_the_folder_of_manifests() {
    let deployment = page("DEPLOYMENT.md");
    for environment in ["dev", "prod"] {
        let commands = format!(
            "out/predictor/deploy.sh manifests {environment}\n\
             kubectl --context predictor-{environment}-operator apply --server-side --field-manager synth -f k8s/"
        );
        assert!(deployment.contains(&commands), "{commands}");
    }
    let files = S1
        .rendered
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("out/predictor/prod/k8s/"));
    let files: Vec<&str> = files.collect();
    let order = [
        "namespace",
        "serviceaccount",
        "ingressclass",
        "configmap",
        "service",
        "ingress",
        "deployment",
    ];
    let at = |kind: &&str| {
        files
            .iter()
            .position(|file| file[3..] == format!("{kind}.yaml"))
            .unwrap()
    };
    let places: Vec<usize> = order.iter().map(at).collect();
    assert!(places.is_sorted(), "{files:?}");
}

/// Every feature says by what, and every endpoint is one that the service has and that the way in lets through or hides.
#[test]
fn s1_36_the_readme_has_a_table_of_features_and_one_of_endpoints() {
    let readme = page("README.md");
    let rows = |head: &str| -> Vec<&str> {
        let (_, table) = readme.split_once(head).unwrap_or_else(|| panic!("no table {head}"));
        table.lines().skip(2).take_while(|line| line.starts_with('|')).collect()
    };
    let features = rows("| Feature | Here |");
    for feature in [
        "Pipeline",
        "Releases without downtime",
        "Scaling",
        "HTTPS",
        "Least privilege",
        "Registry",
        "Secrets",
        "Monitoring",
    ] {
        assert!(
            features.iter().any(|row| row.starts_with(&format!("| {feature} | "))),
            "{feature} of {features:?}"
        );
    }
    let routes = super::file("app/predictor/src/lib.rs") + &super::file("app/service/src/endpoints.rs");
    let endpoints = rows("| Endpoint | Who asks it | From the internet |");
    let paths: Vec<&str> = endpoints.iter().map(|row| row.split('`').nth(1).unwrap()).collect();
    assert_eq!(paths, ["GET /health", "GET /predict", "GET /metrics"]);
    for path in paths.iter().map(|path| path.trim_start_matches("GET ")) {
        assert!(routes.contains(&format!(".route(\"{path}\", get(")), "{path}");
    }
}
