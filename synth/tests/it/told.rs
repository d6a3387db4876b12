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
