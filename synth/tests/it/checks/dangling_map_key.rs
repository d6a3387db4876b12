use super::found;

#[test]
fn dangling_map_key_names_what_is_not_in_a_mapping() {
    let said = found(
        "dangling-map-key",
        r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, test]}
Mappings:
  Stages: {dev: {Size: 1}, prod: {Size: 3}}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !FindInMap [Stage, dev, Size]
      Tags:
        - {Key: a, Value: !FindInMap [Stages, deb, Size]}
        - {Key: b, Value: !FindInMap [Stages, dev, Sise]}
        - {Key: c, Value: !FindInMap [Stages, !Ref Stage, Size]}
        - {Key: d, Value: !FindInMap [Stages, !Ref 'AWS::Region', Name]}
",
    );
    insta::assert_snapshot!(said, @"
    10:30 no mapping is named `Stage`
    12:47 `Stages` has no key `deb`
    13:52 `dev` of `Stages` has no key `Sise`
    14:47 `Stages` has no key `test`, which the parameter can be
    15:47 `Stages` has no key that is a region
    15:67 `Stages` has no key `Name`
    ");
}

#[test]
fn dangling_map_key_is_silent_about_what_is_there_or_not_known() {
    let said = found(
        "dangling-map-key",
        r"
Parameters:
  Stage: {Type: String}
Mappings:
  Stages: {dev: {Size: 1, Name: x}, prod: {Size: 3}}
  Images: {eu-west-1: {Id: x}, us-gov-east-1: {Id: y}}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !FindInMap [Stages, dev, Size]
      Tags:
        - {Key: a, Value: !FindInMap [Stages, !Ref Stage, Name]}
        - {Key: b, Value: !FindInMap [!Ref Stage, a, b]}
        - {Key: c, Value: !FindInMap [Images, !Ref 'AWS::Region', !Ref Stage]}
",
    );
    insta::assert_snapshot!(said, @"");
}
