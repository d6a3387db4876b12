//! Settings of which the value is chosen by a parameter or a condition, or not known.

use super::{one, review};

/// What gets wider between two properties of one resource: in which way each.
fn told(kind: &str, old: &str, new: &str) -> Vec<&'static str> {
    let review = review(&one(kind, old), &one(kind, new));
    review.wider.iter().map(|wider| wider.what.words()).collect()
}

#[test]
fn a_setting_follows_the_default_of_its_parameter() {
    let template = |public: &str| {
        format!(
            "Parameters: {{P: {{Type: String, Default: {public}}}}}\n{}",
            one("AWS::RDS::DBInstance", "{PubliclyAccessible: !Ref P}")
        )
    };
    let review = review(&template("'false'"), &template("'true'"));
    assert_eq!(review.wider[0].text, "PubliclyAccessible: false → true");
}

#[test]
fn a_setting_is_as_weak_as_its_weakest_branch() {
    let kind = "AWS::RDS::DBInstance";
    let chosen = "{PubliclyAccessible: !If [C, true, false]}";
    assert_eq!(told(kind, "{PubliclyAccessible: false}", chosen), ["public exposure"]);
    assert!(told(kind, "{PubliclyAccessible: true}", chosen).is_empty());
}

// Who says `!Ref Key` encrypts, whatever the key.
#[test]
fn what_is_not_known_is_not_told() {
    assert!(told("AWS::SQS::Queue", "{KmsMasterKeyId: k}", "{KmsMasterKeyId: !Ref K}").is_empty());
    assert!(
        told(
            "AWS::Logs::LogGroup",
            "{RetentionInDays: 7}",
            "{RetentionInDays: !Ref D}"
        )
        .is_empty()
    );
    let listener = "AWS::ElasticLoadBalancingV2::Listener";
    assert!(
        told(
            listener,
            "{SslPolicy: !Ref P}",
            "{SslPolicy: ELBSecurityPolicy-2016-08}"
        )
        .is_empty()
    );
}

#[test]
fn a_question_before_a_request_needs_no_login() {
    let method = |auth: &str| format!("{{HttpMethod: OPTIONS, AuthorizationType: {auth}}}");
    assert!(told("AWS::ApiGateway::Method", &method("AWS_IAM"), &method("NONE")).is_empty());
}
