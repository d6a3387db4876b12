use super::found;

#[test]
fn idle_allowance_tells_of_what_allows_nothing() {
    let said = found(
        "idle-allowance",
        r"
Metadata: {synth: {alow: {}, allow: {open-prot: a web server, open-port: '', root-user: [x], plain-http: 1}}}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {synth: {allow: [open-port]}}
  Queue:
    Type: AWS::SQS::Queue
    Metadata: {synth: open-port}
",
    );
    insta::assert_snapshot!(said, @"
    2:20 `synth` does not know `alow` in metadata
    2:38 there is no rule `open-prot` to allow
    2:74 `open-port` is not allowed without a reason
    2:89 a reason is a text
    2:106 `plain-http` is not allowed without a reason
    6:31 `allow` is a map of rules, each with a reason
    9:23 what `synth` reads of the metadata is a map
    ");
}

#[test]
fn idle_allowance_is_silent_about_a_rule_with_a_reason_and_metadata_of_others() {
    let said = found(
        "idle-allowance",
        r"
Metadata: {synth: {allow: {open-port: a public web server}}, cfn-lint: {config: {}}}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {synth: {allow: {endless-logs: they are kept for the auditors}, set: {TopicName: x}}}
  Queue: {Type: AWS::SQS::Queue, Metadata: null}
",
    );
    insta::assert_snapshot!(said, @"");
}
