//! `synth validate --fix`: what has one right answer, and nothing else.

use std::fs;

use super::process::say;
use crate::files::Temp;

const QUEUE: &str = "Resources:\n  Jobs:   # the jobs\n    Type: AWS::SQS::Queue\n    Properties: { FifoQueu: true,   contentBasedDeduplication: true }\nOutputs:\n  Arn: {Value: !GetAtt Jobs.arn}\n";

/// What a file becomes.
fn fixed(name: &str, text: &str) -> String {
    let temp = Temp::new();
    let file = temp.put(name, text);
    say(&temp, &["validate", "--fix", name]);
    fs::read_to_string(file).unwrap()
}

#[test]
fn slips_in_names_are_fixed_and_the_rest_stays_as_it_was_written() {
    let wanted = QUEUE
        .replace("FifoQueu:", "FifoQueue:")
        .replace("contentB", "ContentB")
        .replace("Jobs.arn", "Jobs.Arn");
    assert_eq!(fixed("a.yaml", QUEUE), wanted);
    // The ends of lines, too.
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(fixed("a.yaml", &windows(QUEUE)), windows(&wanted));
}

#[test]
fn it_is_shown_as_a_diff_and_what_is_left_is_told() {
    let temp = Temp::new();
    temp.put(
        "a.yaml",
        &QUEUE.replace(
            "Outputs:",
            "  Topic: {Type: AWS::SNS::Topic, Properties: {Zeppelin: 1}}\nOutputs:",
        ),
    );
    let (code, out, err) = say(&temp, &["validate", "--fix", "--only", "schema,unknown-attribute", "."]);
    insta::assert_snapshot!(format!("{out}{err}exit code {}", code.unwrap()), @"
    --- a/a.yaml
    +++ b/a.yaml
    @@ -1,7 +1,7 @@
     Resources:
       Jobs:   # the jobs
         Type: AWS::SQS::Queue
    -    Properties: { FifoQueu: true,   contentBasedDeduplication: true }
    +    Properties: { FifoQueue: true,   ContentBasedDeduplication: true }
       Topic: {Type: AWS::SNS::Topic, Properties: {Zeppelin: 1}}
     Outputs:
    -  Arn: {Value: !GetAtt Jobs.arn}
    +  Arn: {Value: !GetAtt Jobs.Arn}
    error[unknown-property]: AWS::SNS::Topic has no property `Zeppelin`
     --> a.yaml:5:47
      |
    5 |   Topic: {Type: AWS::SNS::Topic, Properties: {Zeppelin: 1}}
      |                                               ^^^^^^^^
      = at: Resources.Topic.Properties.Zeppelin

    1 template: 1 error
    note: 3 fixes written into 1 file
    exit code 1
    ");
}

#[test]
fn a_look_writes_nothing_and_tells_by_the_exit_code() {
    let temp = Temp::new();
    let file = temp.put("a.yaml", QUEUE);
    let (code, out, err) = say(&temp, &["validate", "--diff", "a.yaml"]);
    assert!(
        code == Some(1) && out.contains("+  Arn: {Value: !GetAtt Jobs.Arn}\n"),
        "{out}"
    );
    assert_eq!(err, "note: 3 fixes in 1 file; write with --fix\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), QUEUE);
    assert_eq!(say(&temp, &["validate", "--fix", "--quiet", "a.yaml"]).0, Some(0));
    assert_eq!(say(&temp, &["validate", "--diff", "a.yaml"]).0, Some(0));
    assert_eq!(say(&temp, &["validate", "--diff", "."]).0, Some(0));
    assert_eq!(say(&Temp::new(), &["validate", "--diff", "."]).0, Some(2));
}

#[test]
fn what_belongs_into_quotes_gets_them() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: a:1\n      imagePullPolicy: ifNotPresent\n      env:\n        - {name: DEBUG, value: true}  # loud\n        - {name: N, value: 012}\n";
    let wanted = pod
        .replace("true", "\"true\"")
        .replace("012", "\"012\"")
        .replace("ifNot", "IfNot");
    assert_eq!(fixed("a.yaml", pod), wanted);
}

const SERVICE: &str = r"Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/app/0123456789abcdef
      Port: 80
      Protocol: TCP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 8080, Protocol: TCP, TargetType: ip, VpcId: vpc-0123456789abcdef0}
  Service:
    Type: AWS::ECS::Service  # ours
    Properties:
      TaskDefinition: app:1
      LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
";

#[test]
fn a_missing_order_is_added_behind_the_type() {
    let wanted = SERVICE.replace("# ours\n", "# ours\n    DependsOn: Listener\n");
    assert_eq!(fixed("a.yaml", SERVICE), wanted);
    let json = "{\n  \"Resources\": {\n    \"L\": {\"Type\": \"AWS::ElasticLoadBalancingV2::Listener\", \"Properties\": {\"LoadBalancerArn\": \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/app/0123456789abcdef\", \"Port\": 80, \"Protocol\": \"TCP\", \"DefaultActions\": [{\"Type\": \"forward\", \"TargetGroupArn\": {\"Ref\": \"T\"}}]}},\n    \"T\": {\"Type\": \"AWS::ElasticLoadBalancingV2::TargetGroup\", \"Properties\": {\"Port\": 8080, \"Protocol\": \"TCP\", \"TargetType\": \"ip\", \"VpcId\": \"vpc-0123456789abcdef0\"}},\n    \"S\": {\n      \"Type\": \"AWS::ECS::Service\",\n      \"Properties\": {\"TaskDefinition\": \"app:1\", \"LoadBalancers\": [{\"ContainerName\": \"app\", \"ContainerPort\": 8080, \"TargetGroupArn\": {\"Ref\": \"T\"}}]}\n    }\n  }\n}\n";
    let wanted = json.replace("Service\",\n", "Service\",\n      \"DependsOn\": \"L\",\n");
    assert_eq!(fixed("a.json", json), wanted);
}

#[test]
fn a_fix_that_shows_another_error_is_left_out_and_the_others_are_not() {
    // A queue that is first in, first out has a name that ends in `.fifo`, and only such a one looks at contents.
    let text = QUEUE.replace("FifoQueu: true", "FifoQueu: true, QueueName: jobs");
    let wanted = text.replace("Jobs.arn", "Jobs.Arn");
    assert_eq!(fixed("a.yaml", &text), wanted);
}

#[test]
fn what_may_be_meant_otherwise_stays() {
    for text in [
        // Two edits away.
        "Resources: {A: {Type: AWS::SQS::Queue, Properties: {FifoQuu: true}}}\n",
        // Another resource may be near and not meant.
        "Resources: {SubnetA: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref SubnetB}}}\n",
        // It is there already, so that it would be there twice.
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {FifoQueue: true, FifoQueu: true}\n",
        // A resource on one line has no place for another.
        SERVICE.replace("    Type: AWS::ECS::Service  # ours\n    Properties:\n", "    Properties:\n").replace("  Service:\n", "  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: app:1, LoadBalancers: [{ContainerName: app, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]}}\n  Other:\n    Type: AWS::SNS::Topic\n    #\n").split("    #\n").next().unwrap(),
    ] {
        assert_eq!(fixed("a.yaml", text), *text);
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_the_mode_stays() {
    use std::os::unix::fs::PermissionsExt;

    let temp = Temp::new();
    let file = temp.put("real/a.yaml", QUEUE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = temp.join("a.yaml");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    say(&temp, &["validate", "--fix", "a.yaml"]);
    assert!(link.is_symlink() && fs::read_to_string(&file).unwrap().contains("FifoQueue:"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(temp.join("real")).unwrap().count(), 1);
}

#[test]
fn fixes_are_for_people() {
    let (code, _, err) = say(&Temp::new(), &["validate", "--fix", "--format", "json", "."]);
    assert_eq!(
        (code, err.as_str()),
        (
            Some(2),
            "error: fixes are shown to a person; leave --format out, or --fix and --diff\n"
        )
    );
}
