//! What is read of PromQL: which series are asked for, and what Prometheus would not understand.

use std::time::{Duration, Instant};

use synth_reader::read::promql::{Comparison, Parsed, Selector, Variables, parse};

/// What a rule asks for: each name with its matchers, or what is wrong and where.
fn said(text: &str) -> String {
    match parse(text, Variables::Braced) {
        Parsed::Query(selectors) => selectors.iter().map(shown).collect::<Vec<_>>().join(" "),
        Parsed::Fault(fault) => format!("{}: {}", fault.at, fault.what),
        Parsed::Unknown => "unknown".to_owned(),
    }
}

fn shown(selector: &Selector) -> String {
    let matchers = selector.matchers.iter().map(|matcher| {
        let sign = match matcher.comparison {
            Comparison::Is => "=",
            Comparison::IsNot => "!=",
            Comparison::Fits => "=~",
            Comparison::FitsNot => "!~",
        };
        format!("{}{sign}{}", matcher.label, matcher.value)
    });
    let matchers = matchers.collect::<Vec<_>>().join(",");
    format!("{}{{{matchers}}}", selector.name.as_deref().unwrap_or_default())
}

#[test]
fn names_and_labels_are_found_wherever_they_stand() {
    for (text, asked) in [
        ("up", "up{}"),
        ("job:up:sum offset -5m", "job:up:sum{}"),
        ("{__name__=\"up\", job!=\"a\"}", "up{job!=a}"),
        ("{\"up.time\", job=~\"a|b\",}", "up.time{job=~a|b}"),
        ("{__name__=~\"up|down\"}", "{__name__=~up|down}"),
        (
            "sum by (pod) (rate(a_total{x='1'}[5m])) / on (pod) group_left (node) b",
            "a_total{x=1} b{}",
        ),
        (
            "SUM(a) BY (pod) > bool 5 AND ON () absent(b{y!~`\\d+`})",
            "a{} b{y!~\\d+}",
        ),
        (
            "max_over_time(rate(a[5m])[1h:1m] offset 1d) @ end()",
            "44: `@` stands behind a selector or a subquery",
        ),
        ("max_over_time(rate(a[5m])[1h:] @ end())", "a{}"),
        ("a[5m] offset 1w @ 1609746000", "a{}"),
        (
            "# why\nhistogram_quantile(0.9, sum(rate(a_bucket[1h30m])) by (le))",
            "a_bucket{}",
        ),
        (
            "-a ^ 2 ^ b * +Inf + 0x1F - 1e-5 == NaN or vector(1) unless (time() > .5 * c)",
            "a{} b{} c{}",
        ),
        (
            "topk(5, a) or quantile without (b,) (0.5, c) or count_values(\"v\", d)",
            "a{} c{} d{}",
        ),
        ("sum(count) + avg", "count{} avg{}"),
    ] {
        assert_eq!(said(text), asked, "{text}");
    }
}

#[test]
fn operators_hold_as_strongly_as_those_of_prometheus() {
    assert_eq!(said("a > 1 or b < 2 and c"), "a{} b{} c{}");
    assert_eq!(said("-2 ^ a % 3 == bool 1 atan2 2"), "a{}");
    assert_eq!(said("1 + 2 > bool 3 * 4"), "");
}

#[test]
fn what_prometheus_does_not_understand_is_told_with_its_place() {
    let all = include_str!("promql/refused.txt").lines();
    let told: Vec<String> = all.map(|text| format!("{text} -> {}", said(text))).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(said(""), "0: there is no expression");
}

#[test]
fn a_variable_may_be_anything() {
    for text in [
        "rate(a[$__rate_interval])",
        "sum(rate(a{b=\"$b\"}[${range}:$step])) by ($group)",
        "topk($k, a{$filter})",
        "$fn(a{job=~\"$job\"}) > $bound",
        "a_${kind}_total{b=~\"${b:regex}\"} offset $offset",
        "[[metric]]{a=\"b\"}[5m]",
        "$metric{a=\"b\"} / 2",
        "rate($metric[5m])",
    ] {
        assert!(
            matches!(parse(text, Variables::Grafana), Parsed::Query(_)),
            "{text}: {:?}",
            parse(text, Variables::Grafana)
        );
    }
    assert_eq!(parse("a $b c", Variables::Grafana), Parsed::Unknown);
    assert_eq!(said("rate(a[${interval}]) > {{ .Values.bound }}"), "a{}");
}

/// Of expressions as people publish them, for nodes, clusters and Prometheus itself, each with what is special in it.
#[test]
fn what_people_write_is_understood() {
    let all = include_str!("promql/written.txt");
    let all: Vec<&str> = all
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    assert!(all.len() >= 40, "{}", all.len());
    for text in all {
        assert!(
            matches!(parse(text, Variables::Grafana), Parsed::Query(selectors) if !selectors.is_empty()),
            "{text}: {:?}",
            parse(text, Variables::Grafana)
        );
    }
}

#[test]
fn a_hostile_text_ends_soon() {
    let many = 64 * 1024;
    let begun = Instant::now();
    for text in [
        "(".repeat(many),
        "sum(".repeat(many / 4),
        "-".repeat(many),
        "a[".repeat(many / 2),
        "a{".repeat(many / 2),
        "a or ".repeat(many / 5) + "a",
        "1^".repeat(many / 2) + "1",
        "a[1h:]".to_owned() + &"[1h:]".repeat(many / 5),
        "{".repeat(many),
        "[[".repeat(many / 2),
        "${".repeat(many / 2),
        "{{".repeat(many / 2),
        "\"\\".repeat(many / 2),
        "#\n".repeat(many / 2),
        "5m".repeat(many / 2),
        "a by ".repeat(many / 5),
        "ä".repeat(many / 2),
    ] {
        for variables in [Variables::Braced, Variables::Grafana] {
            let _ = parse(&text, variables);
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "[a-c{}()\\[\\]\"'`=!~,.:@ $0-9emsdh+*/^<>#\\\\\\n|ä-]{0,40}") {
        if let Parsed::Fault(fault) = parse(&text, Variables::Grafana) {
            assert!(text.is_char_boundary(fault.at), "{text}");
        }
    }
}
