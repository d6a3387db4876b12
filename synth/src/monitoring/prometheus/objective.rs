//! How many requests may fail over a month, in PromQL: what is recorded for it, and when too much of it is used up.

use super::query::{FAILED, Names, REQUESTS, STATUS};
use crate::model::{Burn, Objective};

/// What the share of failed requests over a time is recorded as.
fn record(over: &str) -> String {
    format!("service:http_server_errors:ratio_rate{over}")
}

/// What is recorded for an objective: the share of requests that failed, over each of the times that are looked back over.
pub(super) fn records(names: &Names) -> Vec<(String, String)> {
    let speeds = Burn::ALL.iter().flat_map(|burn| burn.speeds);
    let mut times: Vec<&str> = Vec::new();
    for time in speeds.flat_map(|(_, long, short)| [short, long]) {
        if !times.contains(&time) {
            times.push(time);
        }
    }
    let share = |over: &str| {
        let count = |more: &str| {
            let series = names.own(&format!("{REQUESTS}_count"), more);
            format!("sum by (namespace, service) (rate({series}[{over}]))")
        };
        let failed = count(&format!(",{STATUS}=~\"{FAILED}\""));
        let all = count("");
        // Where nothing failed, nothing of all did.
        format!("({failed} or 0 * {all})\n/ {all}")
    };
    times.into_iter().map(|over| (record(over), share(over))).collect()
}

/// That what is left for faults is used up too fast, over both times of one of the speeds.
pub(super) fn burns(names: &Names, burn: &Burn, objective: Objective) -> String {
    let (failures, _) = objective.failures();
    let both = |(speed, long, short): (f64, &str, &str)| {
        let over = |time| {
            let share = names.series(&record(time), "service", "");
            format!("{share} > {speed} * {failures}")
        };
        format!("({}\n  and {})", over(long), over(short))
    };
    let [fast, slow] = burn.speeds.map(both);
    format!("{fast}\nor {slow}")
}
