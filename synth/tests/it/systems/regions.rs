//! What is rendered is looked for in the region that it goes to.

use serde_json::json;
use synth::model::{Addition, Region, Stack};
use synth::systems::predict_api;

use super::{Out, out};

/// S0 with a type that some regions do not have, in a region for each environment.
fn in_regions(regions: [Region; 2]) -> Out {
    let mut system = predict_api();
    let fleet = Addition {
        id: "Own".into(),
        kind: "AWS::DAX::SubnetGroup".into(),
        properties: json!({ "SubnetIds": ["subnet-1"] }),
        reason: "a test".into(),
    };
    system.additions = vec![(None, Stack::Service, fleet)];
    for (environment, region) in system.environments.iter_mut().zip(regions) {
        environment.account_mut().region = region;
    }
    out(&system)
}

/// What does not exist there, a line each.
fn missing(out: &Out) -> String {
    let findings = out.rendered.findings.iter();
    let found = findings.filter(|finding| finding.rule == "type-missing-in-region");
    let lines = found.map(|finding| {
        let help = finding.help.as_deref().unwrap_or_default();
        let (before, after) = help.split_once(" (").unwrap_or((help, ""));
        let place = after.split_once(')').unwrap_or_default();
        assert!(place.0.contains("regions.rs:"), "{help}");
        let level = finding.level;
        format!("{level:?} {}: {}; {before}{}\n", finding.file, finding.message, place.1)
    });
    lines.collect()
}

#[test]
fn a_type_that_the_region_of_its_environment_lacks_is_refused_with_the_field() {
    let out = in_regions([Region::new("eu-central-1"), Region::new("eu-south-2")]);
    insta::assert_snapshot!(missing(&out), @"Error out/predict-api/prod/service.template.json: `AWS::DAX::SubnetGroup` does not exist in `eu-south-2`; give `prod` another `Account.region` than `eu-south-2`, or leave out what asks for it");
}

#[test]
fn a_type_that_the_region_of_its_environment_has_is_fine() {
    let region = || Region::new("eu-central-1");
    assert_eq!(missing(&in_regions([region(), region()])), "");
}

#[test]
fn of_a_region_that_the_schemas_do_not_know_nothing_is_told() {
    let region = || Region::unlisted("us-gov-west-1");
    assert_eq!(missing(&in_regions([region(), region()])), "");
}
