//! What a container must keep is what it is given: the page says the numbers of the task and of the pod.

use serde_json::Value as Json;

use super::pods::object;
use super::{Out, S0, S1, S2, items};

fn page(out: &'static Out) -> &'static str {
    let mut files = out.rendered.files.iter();
    files.find(|(path, _)| path.ends_with("/CONTRACT.md")).unwrap().1
}

/// The row of the table that begins with a word.
fn row(out: &'static Out, word: &str) -> &'static str {
    let begins = format!("| **{word}** |");
    let found = page(out).lines().find(|line| line.starts_with(&begins));
    found.unwrap_or_else(|| panic!("no row {word}"))
}

/// The variables that the page has, each with its value in the last environment.
fn told(out: &'static Out) -> Vec<(String, String)> {
    let (_, table) = page(out).split_once("| Variable | What it says |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut all: Vec<(String, String)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            (cells[1].to_owned(), cells[4].to_owned())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_task_is_given_the_variables_of_the_page() {
    let given = S0.at("prod/service", "TaskDefinition", "/ContainerDefinitions/0/Environment");
    let text = |one: &Json, key: &str| one[key].as_str().unwrap().to_owned();
    let given: Vec<_> = items(given)
        .iter()
        .map(|one| (text(one, "Name"), text(one, "Value")))
        .collect();
    assert_eq!(told(&S0), given);
}

#[test]
fn a_pod_is_given_the_variables_of_the_page() {
    let given = object("prod", "ConfigMap", "predictor")["data"].clone();
    let given = given.as_object().unwrap().iter();
    let given: Vec<_> = given
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(told(&S1), given);
}

#[test]
fn every_variable_of_the_database_stands_in_it() {
    let container = S2.at("prod/service", "TaskDefinition", "/ContainerDefinitions/0");
    let given = items(&container["Environment"])
        .iter()
        .chain(items(&container["Secrets"]));
    let told = told(&S2);
    let lost = given.filter(|one| told.iter().all(|(name, _)| one["Name"] != name.as_str()));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&Json>::new());
}

#[test]
fn the_times_of_a_pod_are_those_of_the_page() {
    let pod = object("prod", "Deployment", "predictor")["spec"]["template"]["spec"].clone();
    let container = &pod["containers"][0];
    let ready = &container["readinessProbe"];
    let timeouts = ["livenessProbe", "readinessProbe", "startupProbe"]
        .map(|probe| container[probe]["timeoutSeconds"].as_i64().unwrap());
    let health = row(&S1, "Health");
    for said in [
        format!("within {} seconds", timeouts.iter().min().unwrap()),
        format!("every {} seconds", ready["periodSeconds"]),
        format!("after {} bad answers", ready["failureThreshold"]),
    ] {
        assert!(health.contains(&said), "{said}: {health}");
    }
    let start = &container["startupProbe"];
    let seconds = start["periodSeconds"].as_i64().unwrap() * start["failureThreshold"].as_i64().unwrap();
    assert!(row(&S1, "Start").contains(&format!("within {seconds} seconds")));
    let page = page(&S1);
    assert!(page.contains(&format!(
        "the platform waits {} seconds (`preStop`)",
        container["lifecycle"]["preStop"]["sleep"]["seconds"]
    )));
    assert!(page.contains(&format!(
        "{} seconds after the first step it is killed",
        pod["terminationGracePeriodSeconds"]
    )));
}

#[test]
fn the_user_and_what_may_be_written_are_those_of_the_page() {
    let pod = object("prod", "Deployment", "predictor")["spec"]["template"]["spec"].clone();
    let user = &pod["securityContext"]["runAsUser"];
    assert!(row(&S1, "User").contains(&format!("user and group {user}")));
    assert_eq!(pod["volumes"][0]["emptyDir"]["sizeLimit"], "64Mi");
    assert!(row(&S1, "Files").contains("up to 64 MiB"));
    let task = S0.at("prod/service", "TaskDefinition", "/ContainerDefinitions/0");
    assert_eq!(task["User"], format!("{user}:{user}"));
    assert!(row(&S0, "User").contains(&format!("user and group {user}")));
    assert_eq!(
        (&task["ReadonlyRootFilesystem"], task.get("MountPoints")),
        (&true.into(), None)
    );
    assert!(row(&S0, "Files").contains("write nowhere at all"));
}

#[test]
fn the_times_of_a_task_are_those_of_the_page() {
    let task = S0.at("prod/service", "TaskDefinition", "/ContainerDefinitions/0");
    assert!(page(&S0).contains(&format!(
        "{} seconds after the signal it is killed",
        task["StopTimeout"]
    )));
    assert!(row(&S0, "Start").contains(&format!("within {} seconds", task["HealthCheck"]["StartPeriod"])));
    let words: Vec<&str> = items(&task["HealthCheck"]["Command"])
        .iter()
        .skip(1)
        .filter_map(Json::as_str)
        .collect();
    assert!(row(&S0, "From inside").contains(&format!("`{}`", words.join(" "))));
    let target = S0.all("prod/service", "AWS::ElasticLoadBalancingV2::TargetGroup");
    let health = row(&S0, "Health");
    for said in [
        format!("every {} seconds", target[0]["HealthCheckIntervalSeconds"]),
        format!("within {} seconds", target[0]["HealthCheckTimeoutSeconds"]),
        format!("after {} bad answers", target[0]["UnhealthyThresholdCount"]),
    ] {
        assert!(health.contains(&said), "{said}: {health}");
    }
}
