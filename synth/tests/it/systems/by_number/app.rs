//! The service and its image.

use super::{container, file};

/// The stages of the Dockerfile: what each begins with, and its lines.
fn stages() -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for line in file("Dockerfile").lines() {
        if let Some(from) = line.strip_prefix("FROM ") {
            all.push((from.to_owned(), Vec::new()));
        } else if let Some((_, lines)) = all.last_mut() {
            lines.push(line.to_owned());
        }
    }
    all
}

/// What the last stage says after a word.
fn last(word: &str) -> String {
    let stages = stages();
    let (_, lines) = stages.last().unwrap();
    let found = lines.iter().find_map(|line| line.strip_prefix(word));
    found
        .unwrap_or_else(|| panic!("the image has no {word}"))
        .trim()
        .to_owned()
}

/// A handler of the service, with what it answers: the service's own tests ask it.
fn is_tested(sentence: &str) -> bool {
    file("app/predictor/tests/it/endpoints.rs").contains(&format!("async fn {sentence}()"))
}

#[test]
fn s1_2_health_says_ok_and_is_what_the_cluster_asks() {
    assert!(file("app/service/src/endpoints.rs").contains(".route(\"/health\", get(report))"));
    assert!(file("app/service/src/health.rs").contains("status: \"ok\""));
    assert!(is_tested("health_says_ok_uptime_and_version"));
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        assert_eq!(container("prod")[probe]["httpGet"]["path"], "/health", "{probe}");
    }
}

#[test]
fn s1_3_predict_answers_the_sample_score() {
    assert!(file("app/predictor/src/lib.rs").contains(".route(\"/predict\", get(routes::sample)"));
    assert!(file("app/predictor/src/routes.rs").contains(r##"r#"{"score":0.75}"#"##));
    assert!(is_tested("the_sample_score_is_the_contract_byte_for_byte"));
}

#[test]
fn s1_4_what_compiles_is_no_part_of_the_image() {
    let stages = stages();
    let (from, lines) = stages.last().unwrap();
    assert!(stages.len() > 1 && from == "scratch", "{from}");
    let copies: Vec<&String> = lines.iter().filter(|line| line.starts_with("COPY")).collect();
    assert_eq!(copies, ["COPY --from=build /service /service"]);
}

#[test]
fn s1_5_nobody_is_root_in_the_image_or_in_the_cluster() {
    assert_eq!(last("USER"), "1000:1000");
    for environment in ["dev", "prod"] {
        let pod = super::object(environment, "Deployment", "predictor")["spec"]["template"]["spec"].clone();
        assert_eq!(pod["securityContext"]["runAsUser"], 1000);
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    }
}

#[test]
fn s1_6_the_image_says_how_it_is_asked_whether_it_works() {
    assert!(last("HEALTHCHECK").ends_with(r#"CMD ["/service", "healthcheck"]"#));
    assert!(file("app/predictor/tests/it/stop.rs").contains("fn healthcheck_tells_a_running_service_from_none()"));
}
