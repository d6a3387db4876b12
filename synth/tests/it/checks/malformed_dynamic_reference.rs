use super::found;

#[test]
fn malformed_dynamic_reference_names_forms_and_places() {
    let said = found(
        "malformed-dynamic-reference",
        r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - {Key: a, Value: '{{resolve:ssn:a}}'}
        - {Key: b, Value: '{{resolve:ssm::1}}'}
        - {Key: c, Value: '{{resolve:ssm:a:latest}}'}
        - {Key: d, Value: '{{resolve:ssm-secure:a:1}}'}
        - {Key: e, Value: '{{resolve:secretsmanager:a:Secret:b}}'}
        - {Key: f, Value: '{{resolve:secretsmanager:a:SecretString:b:c:d}}'}
",
    );
    insta::assert_snapshot!(said, @"
    7:27 `ssn` resolves nothing; it can be ssm, ssm-secure, secretsmanager
    8:27 `{{resolve:ssm::1}}` names no parameter
    9:27 `{{resolve:ssm:a:latest}}` ends in a version, which is a number
    10:27 a secure string of Systems Manager cannot stand here
    11:27 `Secret` stands where only `SecretString` can
    12:27 a secret has a version stage or a version id, not both
    ");
}

#[test]
fn malformed_dynamic_reference_is_silent_about_those_that_resolve() {
    let said = found(
        "malformed-dynamic-reference",
        r"
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUsername: '{{resolve:ssm:/a/b:1}}'
      MasterUserPassword: '{{resolve:ssm-secure:/a/b:1}}'
      DBName: '{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b:SecretString:key}}'
      Tags:
        - {Key: a, Value: !Sub '{{resolve:secretsmanager:${Secret}:SecretString:password}}'}
        - {Key: b, Value: '{{resolve:secretsmanager:a}}'}
",
    );
    insta::assert_snapshot!(said, @"");
}
