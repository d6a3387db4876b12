//! The review as text.

use synth::checks::show::Color;
use synth::review::show::{MOST_BYTES, human, json, markdown};

use super::{one, review};

#[test]
fn a_person_sees_danger_first() {
    let review = review(
        &one("AWS::RDS::DBInstance", "{Port: '1', PubliclyAccessible: false}"),
        &one("AWS::RDS::DBInstance", "{Port: '2', PubliclyAccessible: true}"),
    );
    insta::assert_snapshot!(human(&review, Color::Never), @r"
     DANGER  1 resource that holds data is deleted or replaced, or may be 
    ! R  AWS::RDS::DBInstance (database)  REPLACED; the old one is deleted
        t.yaml:2
        Port: 1 → 2
            replaces: the CDK's service specification: a change of `Port` replaces; AWS's schema does not list it
        PubliclyAccessible: false → true

    what gets wider
    ! R  AWS::RDS::DBInstance  public exposure: PubliclyAccessible: false → true
        t.yaml:2  PubliclyAccessible

    1 replaced, 1 wider
    ");
}

#[test]
fn nothing_is_said_in_a_line() {
    let same = one("AWS::SQS::Queue", "{}");
    assert_eq!(human(&review(&same, &same), Color::Never), "nothing changes\n");
}

#[test]
fn a_template_cannot_move_the_cursor() {
    let text = human(
        &review("Resources: {}", "Resources: {\"A\\e[2J\": {Type: \"B\\nC\\u202e\"}}"),
        Color::Never,
    );
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
}

#[test]
fn json_has_the_documented_parts() {
    let review = review(
        &one("AWS::S3::Bucket", "{BucketName: a}"),
        &one("AWS::S3::Bucket", "{BucketName: b}"),
    );
    let value: serde_json::Value = serde_json::from_str(&json(&review)).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "version",
            "summary",
            "danger",
            "resources",
            "weaker",
            "wider",
            "interface"
        ]
    );
    assert_eq!(value["danger"][0]["id"], "R");
    assert_eq!(value["summary"]["replace"], 1);
}

#[test]
fn a_template_cannot_write_markdown_or_html() {
    let hostile = "</code><img src=x onerror=alert(1)> | `x` [a](http://b) @team #1 **b** $x$ www.c.d </details>";
    let old = one("AWS::SQS::Queue", "{QueueName: a}");
    let new = one(
        "AWS::SQS::Queue",
        &format!("{{QueueName: {}}}", serde_json::to_string(hostile).unwrap()),
    );
    let text = markdown(&review(&old, &new));
    for bad in [
        "<img", "`x`", "[a]", "@team", "#1 ", "**b**", "$x$", "http://", "www.", "alert(1)",
    ] {
        assert!(!text.contains(bad), "{bad}: {text}");
    }
    assert_eq!(text.matches("</details>").count(), text.matches("<details").count());
    // A cell must not end early.
    let widths = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.matches('|').count());
    assert!(widths.clone().all(|width| width == 5), "{text}");
}

#[test]
fn a_comment_fits_however_much_changes() {
    let template = |delay: u32| {
        let queue = |n: u32| {
            format!(
                "  Queue{n}: {{Type: AWS::SQS::Queue, Properties: {{DelaySeconds: {}}}}}\n",
                n + delay
            )
        };
        format!("Resources:\n{}", (0..2000).map(queue).collect::<String>())
    };
    let text = markdown(&review(&template(0), &template(1)));
    assert!(text.len() < MOST_BYTES + 2000, "{}", text.len());
    assert!(text.contains("rows do not fit here"), "{}", &text[text.len() - 200..]);
    assert_eq!(text.matches("</details>").count(), text.matches("<details").count());
}

#[test]
fn a_weaker_policy_counts() {
    let template = |policy: &str| format!("Resources: {{R: {{Type: AWS::S3::Bucket, DeletionPolicy: {policy}}}}}");
    let text = human(&review(&template("Retain"), &template("Delete")), Color::Never);
    assert!(text.ends_with("\n1 updated, 1 protected less\n"), "{text}");
}
