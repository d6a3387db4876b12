//! What alerts and panels mean, before anything prints them.

use synth::model::{Alert, Panel, Severity, When};
use synth::monitoring::{Chart, Measure, Watch};

use synth::systems::predict_api;

#[test]
fn an_alert_is_a_condition_over_signals() {
    let system = predict_api();
    let meaning = |alert: &Alert| {
        let Watch {
            measure,
            side,
            bound,
            lasting,
            unknown,
        } = Watch::of(alert, &system.environments[1]);
        let time = (lasting.minutes, lasting.of);
        format!(
            "{}: {measure:?} {side:?} {bound}, {time:?} minutes, {unknown:?}",
            alert.role()
        )
    };
    let all: Vec<String> = [Alert::of_service(), Alert::of_database()]
        .concat()
        .iter()
        .map(meaning)
        .collect();
    insta::assert_snapshot!(all.join("\n"), @"
    high-cpu: Signal(Cpu, Average) Above 80, (5, 5) minutes, Shown
    high-memory: Signal(Memory, Average) Above 80, (5, 5) minutes, Shown
    too-few-tasks: MissingTasks Below 0, (5, 5) minutes, Good
    unhealthy-tasks: Signal(Unhealthy, Most) Above 0, (3, 3) minutes, Good
    high-error-rate: FailedShare { least: 1 } Above 5, (3, 3) minutes, Good
    slow-responses: Signal(ResponseTime, Percentile(P95)) Above 2, (5, 5) minutes, Good
    database-cpu: Signal(DatabaseCpu, Average) Above 80, (15, 15) minutes, Shown
    database-storage: Signal(FreeStorage, Least) Below 2684354560, (5, 5) minutes, Shown
    database-connections: Signal(Connections, Most) Above 204.8, (5, 5) minutes, Shown
    ");
}

#[test]
fn a_chart_has_the_bound_of_the_alert_about_its_line() {
    let system = predict_api();
    let bounds: Vec<_> = Panel::of_service()
        .into_iter()
        .map(|panel| (panel, Chart::of(panel, "task").bound(&system, &system.environments[1])))
        .filter_map(|(panel, bound)| Some(format!("{panel:?} {:?}", bound?)))
        .collect();
    insta::assert_snapshot!(bounds.join("\n"), @r#"
    Cpu (80.0, "alarm")
    Memory (80.0, "alarm")
    Latency (2.0, "p95")
    "#);
}

#[test]
fn no_word_of_tasks_is_worse_than_no_word_of_requests() {
    let system = predict_api();
    let alert = Alert::of(When::TooFewTasks, 5, Severity::Critical);
    let watch = Watch::below_minimum(&alert, &system.environments[0]);
    assert_eq!(
        (watch.unknown, matches!(watch.measure, Measure::Signal(..))),
        (synth::monitoring::Unknown::Bad, true)
    );
}
