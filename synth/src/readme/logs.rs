//! Where logs are, and for how long.

use serde::Serialize;
use serde_json::Value as Json;

use super::words::{code, plain};
use crate::render::Whole;

/// A log group, or a bucket of logs.
#[derive(Serialize)]
pub(super) struct Row {
    place: String,
    environment: String,
    kept: String,
}

pub(super) fn rows(whole: &Whole<'_>) -> Vec<Row> {
    let row = |environment: &str, place: String, days: &Json| Row {
        place,
        environment: environment.to_owned(),
        kept: match days {
            Json::Null => "for ever".to_owned(),
            days => format!("{} days", plain(days)),
        },
    };
    let rows = whole.resources().filter_map(|(site, _, id, resource)| {
        let properties = &resource["Properties"];
        match resource["Type"].as_str()? {
            "AWS::Logs::LogGroup" => Some(row(
                site.name(),
                format!("log group {}", code(&plain(&properties["LogGroupName"]))),
                &properties["RetentionInDays"],
            )),
            "AWS::S3::Bucket" => Some(row(
                site.name(),
                format!("bucket {}", code(id)),
                &properties["LifecycleConfiguration"]["Rules"][0]["ExpirationInDays"],
            )),
            _ => None,
        }
    });
    rows.collect()
}
