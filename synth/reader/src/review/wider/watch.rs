//! Settings that expose more than before, or protect less.

use serde_json::Value as Json;

use super::super::secret;
use super::super::show::brief;
use super::super::stack::{Item, Stack};
use super::cover::glob;
use super::network::holds;
use super::seen::{self, Seen};
use super::settings::{self, Setting, Test};
use super::{What, Wider};
use crate::read::template::json::scalar;

/// Resources that guard others; the end of one is told.
const GUARDIANS: &[(What, &str)] = &[
    (What::Logging, "AWS::EC2::FlowLog"),
    (What::Logging, "AWS::CloudTrail::Trail"),
    (What::Logging, "AWS::WAFv2::LoggingConfiguration"),
    (What::Logging, "AWS::Logs::SubscriptionFilter"),
    (What::Monitoring, "AWS::Config::ConfigurationRecorder"),
    (What::Monitoring, "AWS::Config::ConfigRule"),
    (What::Monitoring, "AWS::GuardDuty::Detector"),
    (What::Monitoring, "AWS::SecurityHub::Hub"),
    (What::Monitoring, "AWS::Macie::Session"),
    (What::Monitoring, "AWS::AccessAnalyzer::Analyzer"),
    (What::Monitoring, "AWS::CloudWatch::Alarm"),
    (What::Monitoring, "AWS::CloudWatch::CompositeAlarm"),
    (What::Monitoring, "AWS::CloudWatch::AnomalyDetector"),
    (What::Monitoring, "AWS::Logs::MetricFilter"),
    (What::Monitoring, "AWS::Route53::HealthCheck"),
    (What::Hardening, "AWS::WAFv2::WebACL"),
    (What::Hardening, "AWS::WAFv2::WebACLAssociation"),
    (What::Hardening, "AWS::WAFRegional::WebACLAssociation"),
    (What::Hardening, "AWS::Shield::Protection"),
    (What::Hardening, "AWS::FMS::Policy"),
    (What::Hardening, "AWS::NetworkFirewall::Firewall"),
    (What::Hardening, "AWS::SecretsManager::RotationSchedule"),
    (What::Protection, "AWS::Backup::BackupPlan"),
    (What::Protection, "AWS::Backup::BackupSelection"),
];

const BLOCKS: [&str; 4] = [
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
];

/// A resource and the template that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) item: &'a Item,
    pub(super) stack: &'a Stack,
}

/// What a resource exposes or no longer protects.
pub(super) fn item(file: &str, old: Option<Place<'_>>, new: Place<'_>, out: &mut Vec<Wider>) {
    for setting in settings::all().filter(|setting| setting.is_of(&new.item.kind)) {
        // The question of a browser whether it may ask carries no credentials.
        let preflight = new
            .item
            .properties
            .get("HttpMethod")
            .is_some_and(|method| method == "OPTIONS");
        if preflight || (old.is_none() && !setting.at_birth) {
            continue;
        }
        let before = old.map(|old| seen::at(old.stack, old.item, setting.path));
        for (label, now) in seen::at(new.stack, new.item, setting.path) {
            let was = before
                .as_ref()
                .map(|before| before.get(&label).map_or(&[Seen::Absent][..], Vec::as_slice));
            if let Some(text) = weaker(setting, was, &now) {
                let text = format!("{label}: {text}");
                out.push(Wider::new(file, new.item, setting.what, label, text));
            }
        }
    }
    if new.item.kind == "AWS::S3::Bucket" {
        blocks(file, old.map(|old| old.item), new.item, out);
    }
}

/// How a setting is weaker than it was, if it is.
fn weaker(setting: &Setting, was: Option<&[Seen]>, now: &[Seen]) -> Option<String> {
    match setting.test {
        Test::Keeps => {
            let (was, now) = (items(was?, &[])?, items(now, &[])?);
            let lost: Vec<String> = was.into_iter().filter(|item| !now.contains(item)).collect();
            return (!lost.is_empty()).then(|| format!("{} gone", lost.join(", ")));
        }
        Test::Opens(unset) => {
            let (was, now) = (items(was?, unset)?, items(now, unset)?);
            let covered = |item: &String| was.iter().any(|old| glob(old, item) || holds(old, item));
            let gained: Vec<String> = now.into_iter().filter(|item| !covered(item)).collect();
            return (!gained.is_empty()).then(|| format!("+ {}", gained.join(", ")));
        }
        _ => {}
    }
    let after = strength(setting.test, now)?;
    let before = match was {
        Some(was) => strength(setting.test, was),
        None => None,
    };
    // What is not known counts as safe, so that what surely exposes is told.
    let before = before.or_else(|| (setting.what == What::Public).then_some(safest(setting.test)))?;
    (after < before).then(|| match was {
        _ if secret::is_secret(setting.path) => "gone".to_owned(),
        Some(was) => format!("{} → {}", shown(was), shown(now)),
        None => shown(now),
    })
}

/// The weakest of the values; `None` if none is known.
fn strength(test: Test, seen: &[Seen]) -> Option<f64> {
    let known = seen.iter().filter_map(|one| strength_of(test, one));
    known.min_by(f64::total_cmp)
}

fn strength_of(test: Test, seen: &Seen) -> Option<f64> {
    let number = |unset: f64| match seen {
        Seen::Absent => Some(unset),
        Seen::Known(value) => scalar(value)?.trim().parse().ok(),
        Seen::Unknown(_) => None,
    };
    let yes = |yes: bool| Some(f64::from(u8::from(yes)));
    match test {
        Test::On => yes(!matches!(seen, Seen::Absent) && is_on(seen)),
        Test::OnByDefault => yes(is_on(seen)),
        Test::Exposes => yes(!matches!(seen, Seen::Known(_)) || !is_on(seen)),
        Test::ExposesByDefault => yes(matches!(seen, Seen::Unknown(_)) || !is_on(seen)),
        Test::Falls(unset) => number(unset),
        Test::Rises(unset) => number(unset).map(|number| -number),
        Test::Levels(levels, unset) => {
            let level = match seen {
                Seen::Absent => unset,
                Seen::Known(value) => {
                    let word = scalar(value)?;
                    levels
                        .iter()
                        .position(|patterns| patterns.iter().any(|pattern| glob(pattern, &word)))
                }
                Seen::Unknown(_) => None,
            };
            f64::from(u32::try_from(level?).ok()?).into()
        }
        Test::Keeps | Test::Opens(_) => None,
    }
}

fn safest(test: Test) -> f64 {
    match test {
        Test::Levels(levels, _) => u32::try_from(levels.len()).map_or(f64::INFINITY, |count| f64::from(count) - 1.0),
        _ => 1.0,
    }
}

/// The items of a list, with those of each branch of a condition; `None` if one is not known.
fn items(seen: &[Seen], unset: &[&str]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for one in seen {
        match one {
            Seen::Absent => found.extend(unset.iter().map(|item| (*item).to_owned())),
            Seen::Known(Json::Array(items)) => {
                let name = |item: &Json| seen::name_of(item).unwrap_or_else(|| brief(item));
                found.extend(items.iter().map(name));
            }
            Seen::Known(value) => found.extend(scalar(value)?.split(',').map(|item| item.trim().to_owned())),
            Seen::Unknown(_) => return None,
        }
    }
    found.dedup();
    Some(found)
}

fn shown(seen: &[Seen]) -> String {
    let each = seen.iter().map(|one| match one {
        Seen::Absent => "not set".to_owned(),
        Seen::Known(value) | Seen::Unknown(value) => brief(value),
    });
    let mut each: Vec<String> = each.collect();
    each.dedup();
    each.join(" or ")
}

/// Whether a setting is on; one that is not set counts as on here.
fn is_on(seen: &Seen) -> bool {
    match seen {
        Seen::Absent | Seen::Unknown(_) | Seen::Known(Json::Object(_)) => true,
        Seen::Known(Json::Array(items)) => !items.is_empty(),
        Seen::Known(value) => {
            let text = scalar(value).unwrap_or_default().to_ascii_lowercase();
            let off = ["false", "0", "", "disabled", "inactive", "suspended", "none", "off"];
            !off.contains(&text.as_str())
        }
    }
}

/// The ways in which a bucket lets the public in and did not.
fn blocks(file: &str, old: Option<&Item>, new: &Item, out: &mut Vec<Wider>) {
    let set = |item: &Item, block: &str| {
        item.properties
            .get("PublicAccessBlockConfiguration")?
            .get(block)
            .cloned()
    };
    for block in BLOCKS {
        if open(new, block, old) && !old.is_some_and(|old| open(old, block, None)) {
            let path = format!("PublicAccessBlockConfiguration.{block}");
            let shown = |item: &Item| set(item, block).map_or_else(|| "not set".to_owned(), |value| brief(&value));
            let text = match old {
                Some(old) => format!("{path}: {} → {}", shown(old), shown(new)),
                None => format!("{path}: {}", shown(new)),
            };
            out.push(Wider::new(file, new, What::Public, path, text));
        }
    }
}

/// Whether a bucket does not block public access in one way. Without a configuration AWS blocks all for a new bucket,
/// and nothing for one that loses its configuration.
fn open(item: &Item, block: &str, before: Option<&Item>) -> bool {
    let name = "PublicAccessBlockConfiguration";
    match item.properties.get(name) {
        Some(blocks) => !blocks
            .get(block)
            .is_some_and(|value| is_on(&Seen::Known(value.clone()))),
        None => before.is_some_and(|before| before.properties.contains_key(name)),
    }
}

/// A guard that is removed.
pub(super) fn gone(file: &str, old: &Item, out: &mut Vec<Wider>) {
    if let Some((what, _)) = GUARDIANS.iter().find(|(_, kind)| *kind == old.kind) {
        out.push(Wider::new(file, old, *what, "", "removed"));
    }
}
