use super::found;

#[test]
fn settled_condition_is_found_where_no_value_makes_it_true_or_every_one_does() {
    let said = found(
        "settled-condition",
        r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: !Equals [!Ref Stage, dev]
  Both: !And [!Condition Prod, !Condition Dev]
  Some: !Or [!Condition Prod, !Condition Dev]
  Typo: !Equals [!Ref Stage, production]
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Condition: Both}
",
    );
    insta::assert_snapshot!(said, @"
    7:3 `Both` is never true, whatever its parameters are
    8:3 `Some` is always true, whatever its parameters are
    9:3 `Typo` is never true, whatever its parameters are
    ");
}

#[test]
fn settled_condition_is_silent_where_a_deployer_chooses() {
    let said = found(
        "settled-condition",
        r"
Parameters:
  Stage: {Type: String}
  Name: {Type: String, Default: ''}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Named: !Not [!Equals [!Ref Name, '']]
  Here: !Equals [!Ref 'AWS::Region', us-east-1]
  Other: !And [!Not [!Condition Prod], !Condition Named]
  Off: !Equals ['true', 'false']
Resources:
  Topic: {Type: 'AWS::SNS::Topic', Condition: Other}
",
    );
    insta::assert_snapshot!(said, @"");
}
