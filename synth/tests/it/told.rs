//! What a reader of a system's README finds: what it is for, where to look, what stays when it is deleted.

use serde_json::Value as Json;
use synth::Rendered;
use synth::systems::{cars_api, predict_api};

fn cars() -> Rendered {
    crate::alone::render(&cars_api())
}

fn readme(mut rendered: Rendered, name: &str) -> String {
    rendered.files.remove(&format!("out/{name}/README.md")).unwrap()
}

#[test]
fn s0_5_it_says_what_it_is_for_in_a_sentence() {
    let words = ["container", "pipeline", "services that AWS runs", "alarms", "right"];
    let readme = readme(crate::alone::render(&predict_api()), "predict-api");
    let said = readme.lines().find_map(|line| line.strip_prefix("The aim: ")).unwrap();
    assert_eq!(words.iter().find(|word| !said.contains(**word)), None, "{said}");
    assert_eq!(said.matches(". ").count(), 0, "{said}");
}

#[test]
fn s2_39_it_says_where_to_see_what_runs_and_what_a_rollback_did() {
    let readme = readme(cars(), "cars-api");
    let rows = [
        "| the service on your own machine | [open](http://127.0.0.1:5000) |",
        "| the form that rolls back: Run workflow | [open](https://github.com/",
        "| the tag in the log of a run |",
        "| the task definition of prod, with the tag |",
        "| the logs of prod |",
    ];
    assert_eq!(rows.iter().find(|row| !readme.contains(**row)), None);
}

/// Whatever a template keeps, and whatever a service makes beside what it deletes.
#[test]
fn everything_that_stays_after_a_deletion_stands_in_it() {
    let page = &cars().files["out/cars-api/DEPLOYMENT.md"];
    let stays: Vec<&str> = page
        .split("It leaves behind:")
        .skip(1)
        .map(|part| part.split("```").next().unwrap())
        .collect();
    let [prod, dev] = stays.as_slice() else {
        panic!("{} environments", stays.len())
    };
    let rendered = cars();
    for (environment, said) in [("prod", prod), ("dev", dev)] {
        let kept = rendered
            .files
            .iter()
            .filter(|(path, _)| path.contains(&format!("/{environment}/")) && path.ends_with(".template.json"));
        for (path, text) in kept {
            let template: Json = serde_json::from_str(text).unwrap();
            for (id, resource) in template["Resources"].as_object().unwrap() {
                let policy = resource["DeletionPolicy"].as_str().unwrap_or("Delete");
                assert!(
                    policy == "Delete" || said.contains(&format!("`{id}`")),
                    "{path} {id}: {said}"
                );
            }
        }
        for by_product in [
            "containerinsights",
            "a last snapshot",
            "snapshots of the database that somebody made",
            "every revision",
        ] {
            assert!(said.contains(by_product), "{environment}: no {by_product} in {said}");
        }
    }
    assert!(prod.contains("automated backups") && !dev.contains("automated backups"));
}

/// The same alarm is told once, with the limit that it has in each environment.
#[test]
fn an_alarm_whose_limit_differs_by_environment_says_each() {
    let readme = readme(cars(), "cars-api");
    let limits = |alarm: &str| {
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{alarm}` |")));
        row.unwrap().split(" | ").nth(2).unwrap().to_owned()
    };
    let found = ["database-storage", "database-connections", "high-cpu"].map(limits);
    insta::assert_snapshot!(found.join("\n"), @"
    `FreeStorageSpace` (Minimum) < 1 GiB in dev<br>`FreeStorageSpace` (Minimum) < 2.5 GiB in prod
    `DatabaseConnections` (Maximum) > 51.2 in dev<br>`DatabaseConnections` (Maximum) > 204.8 in prod
    `CPUUtilization` (Average) > 80
    ");
}

#[test]
fn what_takes_a_deployment_back_is_named() {
    let taker = |rendered: Rendered, name: &str| {
        let readme = readme(rendered, name);
        let row = readme.lines().find(|line| line.starts_with("| `deployment-errors` |"));
        row.unwrap().rsplit(" | ").next().unwrap().to_owned()
    };
    assert_eq!(taker(cars(), "cars-api"), "ECS, which takes the deployment back |");
    let quotes = crate::alone::render(&crate::own_system::quotes());
    assert_eq!(
        taker(quotes, "quotes"),
        "ECS or CodeDeploy, which takes the deployment back |"
    );
}

/// The list is made of what the registry gives to the processor that the tasks run on.
#[test]
fn what_is_in_an_image_is_told_of_the_platform_that_runs() {
    for (rendered, name, release) in [
        (cars(), "cars-api", "ci-cd"),
        (crate::alone::render(&predict_api()), "predict-api", "release"),
    ] {
        let workflow = &rendered.files[&format!(".github/workflows/{release}.yml")];
        let template: Json =
            serde_json::from_str(&rendered.files[&format!("out/{name}/prod/service.template.json")]).unwrap();
        let runs = &template["Resources"]["TaskDefinition"]["Properties"]["RuntimePlatform"]["CpuArchitecture"];
        let (_, pull) = workflow.split_once("- name: Pull the platform that runs\n").unwrap();
        let pulled = pull
            .lines()
            .find_map(|line| line.trim().strip_prefix("PLATFORM: "))
            .unwrap();
        assert_eq!(runs.as_str().map(str::to_lowercase).as_deref(), Some(pulled), "{name}");
        let (_, list) = workflow.split_once("- name: List what is in it\n").unwrap();
        let listed = list.lines().find_map(|line| line.trim().strip_prefix("image: "));
        assert!(
            pull.contains("oci:published") && listed == Some("oci-dir:published"),
            "{name}: {listed:?}"
        );
    }
}

/// Statements are put together where one is on `*` for a reason of its own and another because IAM knows nothing else.
#[test]
fn a_reason_for_a_wildcard_that_is_of_some_actions_names_them_beside_that_of_the_others() {
    let page = &cars().files["out/cars-api/PERMISSIONS.md"];
    let (_, rows) = page.split_once("| `CreateEcsKms` |").unwrap();
    let rows: Vec<&str> = rows
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("|  |"))
        .collect();
    let reasons = rows
        .iter()
        .flat_map(|row| row.split("<br>"))
        .filter(|part| part.contains("`*`:"));
    let reasons: Vec<&str> = reasons.map(|part| part.trim_matches([' ', '|'])).collect();
    insta::assert_snapshot!(reasons.join("\n"), @"
    `*`: ECS asks for `RegisterTaskDefinition` on `*`, whatever the family
    `*`: no resource level
    ");
}

#[test]
fn what_can_be_rolled_back_to_is_said_as_the_registry_keeps_it() {
    let mut system = predict_api();
    system.registry = synth::model::Registry::Ecr { releases_kept: 200 };
    let readme = readme(crate::alone::render(&system), "predict-api");
    let said = readme.lines().find(|line| line.starts_with("The registry keeps"));
    insta::assert_snapshot!(said.unwrap(), @"The registry keeps the last 200 images that ran, and 200 that did not. One that is older than 180 days may have lost its signature, without which a workflow runs nothing: `deploy.sh` does.");
}
