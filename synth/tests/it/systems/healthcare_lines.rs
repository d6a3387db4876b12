//! S3, line by line: what proves each. Most are tests whose names begin with the numbers; the others are named here, and what
//! cannot be shown without an account is said.

use std::collections::BTreeSet;

use super::by_number::numbers;

/// How many lines there are.
const LAST: usize = 89;

/// The files of tests by number.
const TESTS: [&str; 11] = [
    include_str!("gateway.rs"),
    include_str!("guards.rs"),
    include_str!("healthcare.rs"),
    include_str!("healthcare_notices.rs"),
    include_str!("healthcare_pages.rs"),
    include_str!("healthcare_pipeline.rs"),
    include_str!("mesh.rs"),
    include_str!("pods.rs"),
    include_str!("prometheus.rs"),
    include_str!("sealed.rs"),
    include_str!("signed.rs"),
];

/// Lines that something else proves: the number, its file, and a word of the proof in it.
#[rustfmt::skip]
const ELSEWHERE: [(usize, &str, &str); 24] = [
    (2, "app/predictor/tests/it/endpoints.rs", "health_says_ok_uptime_and_version"),
    (3, "app/predictor/tests/it/endpoints.rs", "the_sample_score_is_the_contract_byte_for_byte"),
    (4, "app/predictor/tests/it/endpoints.rs", "metrics_count_requests_under_the_names_of_opentelemetry"),
    (5, "app/predictor/tests/it/endpoints.rs", "the_index_names_every_endpoint"),
    // That the agents reach them in a real cluster is shown nowhere: there is no account.
    (16, "synth/tests/it/rights/runs.rs", "what_runs_may_do_what_it_does"),
    (36, ".ci/watching.py", "HighErrorRate"),
    (37, "synth/tests/it/systems/by_number/watching.rs", "s1_28_"),
    (38, "synth/tests/it/systems/by_number/watching.rs", "s1_28_"),
    (39, ".ci/watching.py", "SlowResponses"),
    (40, ".ci/kubernetes/series.py", "container_memory_working_set_bytes"),
    (43, ".ci/kubernetes/alerts.py", "grafana-dashboard.json"),
    (44, "synth/tests/it/systems/by_number/watching.rs", "s1_30_"),
    (45, ".ci/kubernetes/alerts.py", "\"HighCpu\": (\"warning\", 300"),
    (46, ".ci/kubernetes/alerts.py", "\"HighMemory\": (\"warning\", 300"),
    (47, ".ci/kubernetes/alerts.py", "\"UnhealthyTasks\": (\"critical\", 120"),
    (48, ".ci/kubernetes/alerts.py", "\"HighErrorRate\": (\"critical\", 180"),
    (49, ".ci/kubernetes/alerts.py", "\"SlowResponses\": (\"warning\", 300"),
    (50, ".ci/kubernetes/alerts.py", "\"Restarts\": (\"warning\", 0"),
    (58, "synth/tests/it/rights/more.rs", "no_role_gets_more_than_it_has"),
    (69, ".ci/cluster_by_hand.py", "def accounts"),
    (73, "app/predictor/tests/it/predictions.rs", "async fn "),
    (78, ".ci/targets.py", "HEALTH, PREDICTION, RATE = 100, 500, 1000"),
    (79, ".ci/targets.py", "HEALTH, PREDICTION, RATE = 100, 500, 1000"),
    (81, ".ci/cluster_by_hand.py", "def a_node_is_killed"),
];

#[test]
fn every_line_of_s3_has_something_that_proves_it() {
    let names = TESTS.iter().flat_map(|text| text.split("\nfn s3_").skip(1));
    let mut proven: BTreeSet<usize> = names.flat_map(numbers).collect();
    for (number, file, word) in ELSEWHERE {
        let text = super::by_number::file(file);
        assert!(text.contains(word), "{file} has no {word}, which proves S3.{number}");
        proven.insert(number);
    }
    let open: Vec<usize> = (1..=LAST).filter(|number| !proven.contains(number)).collect();
    assert_eq!(open, Vec::<usize>::new());
    assert_eq!(proven.last(), Some(&LAST));
}
