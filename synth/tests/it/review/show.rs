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
            "first",
            "danger",
            "resources",
            "weaker",
            "wider",
            "interface",
            "order"
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

#[test]
fn of_a_long_text_the_part_that_differs_is_shown() {
    let code = |end: &str| {
        one(
            "AWS::Lambda::Function",
            &format!("{{Handler: {}{end}}}", "x".repeat(500)),
        )
    };
    let text = human(&review(&code("a"), &code("b")), Color::Never);
    assert!(text.contains("xa → …"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
}

#[test]
fn a_list_in_another_order_is_told_in_words() {
    let tags = |a: &str, b: &str| {
        one(
            "AWS::SQS::Queue",
            &format!("{{Tags: [{{Key: {a}, Value: 1}}, {{Key: {b}, Value: 1}}]}}"),
        )
    };
    let text = human(&review(&tags("a", "b"), &tags("b", "a")), Color::Never);
    assert!(text.contains("Tags: the same items in another order"), "{text}");
}

#[test]
fn secrets_are_not_spread() {
    let template = |secret: &str| {
        format!(
            "Parameters:\n  P: {{Type: String, NoEcho: true, Default: {secret}-1}}\nResources:\n  D: {{Type: \
             AWS::RDS::DBInstance, Properties: {{MasterUserPassword: {secret}-2}}}}\n  S: {{Type: \
             AWS::SecretsManager::Secret, Properties: {{SecretString: '{{\"a\": \"{secret}-3\"}}'}}}}\n  T: {{Type: \
             AWS::ECS::TaskDefinition, Properties: {{ContainerDefinitions: [{{Name: a, Environment: [{{Name: \
             DB_PASSWORD, Value: {secret}-4}}]}}]}}}}\n  F: {{Type: AWS::Lambda::Function, Properties: {{Environment: \
             {{Variables: {{API_KEY: {secret}-5}}}}}}}}\n  G: {{Type: AWS::ElastiCache::ReplicationGroup, Properties: \
             {{AuthToken: {secret}-6}}}}\n"
        )
    };
    let none = template("x")
        .replace("AuthToken", "Port")
        .replace("MasterUserPassword", "Port");
    for (old, new) in [
        (template("hunter"), template("sesame")),
        (template("hunter"), none.clone()),
        (none, template("sesame")),
    ] {
        let review = review(&old, &new);
        assert!(review.resources.len() > 4);
        for text in [human(&review, Color::Never), markdown(&review), json(&review)] {
            assert!(!text.contains("hunter") && !text.contains("sesame"), "{text}");
        }
    }
}

#[test]
fn where_a_secret_comes_from_is_shown() {
    let database = |name: &str| one("AWS::RDS::DBInstance", &format!("{{MasterUserPassword: !Ref {name}}}"));
    let text = human(&review(&database("A"), &database("B")), Color::Never);
    assert!(text.contains("MasterUserPassword: ${A} → ${B}"), "{text}");
}

#[test]
fn every_action_of_a_statement_is_shown() {
    let actions: Vec<String> = (0..60).map(|n| format!("service:ActionNumber{n}")).collect();
    let policy = format!(
        "{{PolicyDocument: {{Statement: {{Effect: Allow, Resource: '*', Action: [{}]}}}}}}",
        actions.join(", ")
    );
    let kind = "AWS::IAM::ManagedPolicy";
    let text = human(&review(&one(kind, "{}"), &one(kind, &policy)), Color::Never);
    let row = text.split("resources\n").next().unwrap();
    assert!(actions.iter().all(|action| row.contains(action.as_str())), "{row}");
    assert!(row.lines().all(|line| line.chars().count() < 160), "{row}");
}

#[test]
fn a_row_that_does_not_fit_does_not_silence_the_others() {
    let policy = |n: usize| {
        let resources: Vec<String> = (0..25).map(|at| format!("'{}{n}{at}'", ":".repeat(150))).collect();
        format!(
            "  P{n}: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {{Statement: {{Effect: Allow, Action: \
             's3:*', Resource: [{}]}}}}}}}}\n",
            resources.join(", ")
        )
    };
    let many: String = (0..4).map(policy).collect();
    let text = markdown(&review(
        "Resources: {Last: {Type: AWS::SNS::Topic}}\n",
        &format!("Resources:\n{many}  Last: {{Type: AWS::SQS::Queue}}\n"),
    ));
    assert!(text.len() < 65_536 && text.contains("rows do not fit here") && text.contains("<code>Last</code>"));
}
