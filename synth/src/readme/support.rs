//! Who helps.

use serde::Serialize;

use super::words::{code, list};
use crate::model::{System, To};

/// The ways to somebody who helps.
#[derive(Serialize)]
pub(super) struct View {
    team: String,
    security: String,
    on_call: String,
    wiki: String,
    grafana: String,
    /// The channels that hear of alerts, in a sentence; empty if none does.
    channels: String,
}

pub(super) fn view(system: &System) -> Option<View> {
    let support = system.support.as_ref()?;
    Some(View {
        team: support.team.to_string(),
        security: support.security.to_string(),
        on_call: support.on_call.to_string(),
        wiki: support.wiki.to_string(),
        grafana: support.grafana.to_string(),
        channels: channels(system),
    })
}

fn channels(system: &System) -> String {
    let routes = system.monitoring.prometheus().map_or(&[][..], |it| &it.routes);
    let mut all: Vec<String> = Vec::new();
    for route in routes {
        if let To::Slack { channel, .. } = &route.to {
            let channel = code(channel.as_str());
            if !all.contains(&channel) {
                all.push(channel);
            }
        }
    }
    if all.is_empty() { String::new() } else { list(&all) }
}
