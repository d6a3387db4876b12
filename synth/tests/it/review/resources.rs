//! Resources that come, go, and change their name, policy or condition.

use synth::review::{FailOn, Verdict};

use super::{lines, one, review};

const EMPTY: &str = "Resources: {}\n";

fn removed(template: &str) -> Verdict {
    review(template, EMPTY).resources[0].verdict
}

#[test]
fn what_is_removed_is_deleted() {
    assert_eq!(removed(&one("AWS::SQS::Queue", "{}")), Verdict::Delete);
}

#[test]
fn a_database_that_is_removed_leaves_a_snapshot_by_default() {
    assert_eq!(removed(&one("AWS::RDS::DBCluster", "{}")), Verdict::Snapshot);
    assert_eq!(removed(&one("AWS::RDS::DBInstance", "{}")), Verdict::Snapshot);
    assert_eq!(
        removed(&one("AWS::RDS::DBInstance", "{DBClusterIdentifier: c}")),
        Verdict::Delete
    );
}

#[test]
fn a_deletion_policy_decides() {
    for (policy, verdict) in [
        ("Retain", Verdict::Retain),
        ("RetainExceptOnCreate", Verdict::Retain),
        ("Snapshot", Verdict::Snapshot),
        ("Delete", Verdict::Delete),
    ] {
        let template = format!("Resources: {{R: {{Type: AWS::RDS::DBInstance, DeletionPolicy: {policy}}}}}");
        assert_eq!(removed(&template), verdict, "{policy}");
    }
}

// AWS refuses the policy on types of which it can take none.
#[test]
fn of_a_type_that_has_no_snapshots_none_stays() {
    let template = "Resources: {R: {Type: AWS::SQS::Queue, DeletionPolicy: Snapshot}}";
    assert_eq!(removed(template), Verdict::Delete);
}

#[test]
fn a_renamed_database_is_destroyed_and_made_anew() {
    let old = "Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBName: a, Port: '1'}}}";
    let review = review(old, &old.replace("Db:", "Database:"));
    insta::assert_snapshot!(lines(&review), @r"
    snapshot Db
    create Database
    ");
    assert_eq!(review.resources[0].renamed_to.as_deref(), Some("Database"));
    assert_eq!(review.resources[1].renamed_from.as_deref(), Some("Db"));
    assert!(review.resources[0].endangers());
}

#[test]
fn two_different_resources_are_not_a_rename() {
    let old = one("AWS::SQS::Queue", "{DelaySeconds: 1, FifoQueue: true}");
    let new = old
        .replace("  R:", "  S:")
        .replace("DelaySeconds: 1", "DelaySeconds: 9");
    assert_eq!(review(&old, &new).resources[0].renamed_to, None);
}

#[test]
fn a_weaker_deletion_policy_is_told() {
    let template = |policy: &str| format!("Resources: {{R: {{Type: AWS::S3::Bucket{policy}}}}}");
    let weaker = review(&template(", DeletionPolicy: Retain"), &template("")).weaker;
    assert_eq!(weaker.len(), 1);
    assert_eq!(
        (weaker[0].attribute, weaker[0].stateful),
        ("DeletionPolicy", Some("bucket"))
    );
    assert!(
        review(&template(""), &template(", DeletionPolicy: Retain"))
            .weaker
            .is_empty()
    );
}

#[test]
fn a_default_that_becomes_explicit_is_not_weaker() {
    let template = |policy: &str| format!("Resources: {{R: {{Type: AWS::RDS::DBCluster{policy}}}}}");
    assert!(
        review(&template(""), &template(", DeletionPolicy: Snapshot"))
            .weaker
            .is_empty()
    );
    assert_eq!(
        review(&template(""), &template(", DeletionPolicy: Delete"))
            .weaker
            .len(),
        1
    );
}

#[test]
fn a_replaced_resource_tells_what_becomes_of_the_old_one() {
    let template = |policy: &str, name: &str| {
        format!("Resources: {{R: {{Type: AWS::S3::Bucket{policy}, Properties: {{BucketName: {name}}}}}}}")
    };
    let fate = |policy: &str| review(&template(policy, "a"), &template(policy, "b")).resources[0].old_one;
    assert_eq!(fate(""), Some(synth::review::Fate::Delete));
    assert_eq!(fate(", UpdateReplacePolicy: Retain"), Some(synth::review::Fate::Retain));
}

#[test]
fn depends_on_changes_nothing_that_runs() {
    let template = |depends: &str| format!("Resources: {{R: {{Type: AWS::SQS::Queue{depends}}}}}");
    insta::assert_snapshot!(lines(&review(&template(""), &template(", DependsOn: S"))), @r"
    nothing R
      <DependsOn>: nothing (attribute)
    ");
    assert!(review(&template(", DependsOn: [S]"), &template(", DependsOn: S")).is_empty());
}

#[test]
fn metadata_is_recorded() {
    let template = |text: &str| format!("Resources: {{R: {{Type: AWS::SQS::Queue, Metadata: {{A: {text}}}}}}}");
    insta::assert_snapshot!(lines(&review(&template("1"), &template("2"))), @r"
    update R
      <Metadata>.A: update (attribute)
    ");
}

#[test]
fn another_type_under_the_same_id_is_refused() {
    insta::assert_snapshot!(lines(&review(&one("AWS::SQS::Queue", "{}"), &one("AWS::SNS::Topic", "{}"))), @r"
    refuse R
      <Type>: refuse (type)
    ");
}

#[test]
fn a_condition_that_changes_may_delete() {
    let template = |value: &str| {
        format!("Conditions: {{C: !Equals [a, {value}]}}\nResources: {{R: {{Type: AWS::SQS::Queue, Condition: C}}}}")
    };
    assert_eq!(
        review(&template("a"), &template("b")).resources[0].verdict,
        Verdict::MayDelete
    );
    assert!(review(&template("a"), &template("a")).is_empty());
}

/// A loop over queues.
fn looped(collection: &str, delay: u8) -> String {
    format!(
        "Transform: AWS::LanguageExtensions\nParameters: {{P: {{Type: CommaDelimitedList}}}}\nResources:\n  \
         Fn::ForEach::L:\n    - N\n    - {collection}\n    - Q${{N}}: \
         {{Type: AWS::SQS::Queue, Properties: {{DelaySeconds: {delay}}}}}\n"
    )
}

#[test]
fn a_loop_is_compared_round_by_round() {
    let review = review(&looped("[A, B]", 1), &looped("[A, B, C]", 2));
    let said: Vec<_> = review
        .resources
        .iter()
        .map(|change| (change.id.as_str(), change.verdict))
        .collect();
    insta::assert_snapshot!(format!("{said:?}"), @r#"[("QA", Update), ("QB", Update), ("QC", Create)]"#);
}

#[test]
fn a_loop_over_what_is_not_known_is_compared_as_a_whole() {
    let review = review(&looped("!Ref P", 1), &looped("!Ref P", 2));
    assert_eq!(
        (review.resources[0].verdict, review.resources.len()),
        (Verdict::Update, 1)
    );
}

#[test]
fn fails_on_what_was_asked_for() {
    let vpc = |cidr: &str| one("AWS::EC2::VPC", &format!("{{CidrBlock: {cidr}}}"));
    let replaced = review(&vpc("10.0.0.0/16"), &vpc("10.1.0.0/16"));
    assert!(replaced.fails_on(FailOn::Replace) && replaced.fails_on(FailOn::Any));
    assert!(!replaced.fails_on(FailOn::Delete) && !replaced.fails_on(FailOn::Wider));
    let deleted = review(&vpc("10.0.0.0/16"), EMPTY);
    assert!(deleted.fails_on(FailOn::Delete) && deleted.fails_on(FailOn::Replace));
    let same = review(&vpc("10.0.0.0/16"), &vpc("10.0.0.0/16"));
    assert!(!same.fails_on(FailOn::Any));
}

#[test]
fn variables_that_multiply_are_compared_as_they_are_written() {
    let variables = "${V}".repeat(10);
    let topic = |innermost: &str| {
        let text = (0..12).fold(format!("\"{innermost}\""), |inner, _| {
            format!("{{\"Fn::Sub\": [\"{variables}\", {{\"V\": {inner}}}]}}")
        });
        one("AWS::SNS::Topic", &format!("{{DisplayName: {text}}}"))
    };
    insta::assert_snapshot!(lines(&review(&topic("x"), &topic("y"))), @r"
    update R
      DisplayName: update (schema)
    ");
}
