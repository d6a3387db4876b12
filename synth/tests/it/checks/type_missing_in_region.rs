use super::documents;
use synth::checks::{self, Options};

fn found(region: &str) -> String {
    let options = Options {
        only: ["type-missing-in-region"].into(),
        regions: vec![region.to_owned()],
        ..Options::default()
    };
    let text = "Resources:\n  Fleet:\n    Type: AWS::DAX::Cluster\n";
    let findings = checks::judge(&documents(&[text]), &options);
    findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn type_missing_in_region_fires_where_aws_does_not_offer_it() {
    assert_eq!(
        found("eu-south-2"),
        "`AWS::DAX::Cluster` does not exist in `eu-south-2`"
    );
}

#[test]
fn type_missing_in_region_is_silent_where_it_exists() {
    assert_eq!(found("eu-central-1"), "");
}
