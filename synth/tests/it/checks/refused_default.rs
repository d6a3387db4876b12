use super::found;

#[test]
fn refused_default_says_which_constraint() {
    let said = found(
        "refused-default",
        r"
Parameters:
  A: {Type: String, Default: c, AllowedValues: [a, b]}
  B: {Type: Number, Default: 5, MaxValue: 4}
  C: {Type: Number, Default: five}
  D: {Type: String, Default: ab, MinLength: 3}
  E: {Type: String, Default: a1, AllowedPattern: '[a-z]+'}
  F: {Type: CommaDelimitedList, Default: 'one,three', AllowedValues: [one, 'two,three']}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"
    3:30 the default `c` is none of the allowed values a, b
    4:30 the default 5 is more than `MaxValue`
    5:30 the default `five` is not a number
    6:30 the default has fewer characters than `MinLength`
    7:30 the default `a1` does not match `AllowedPattern`
    8:42 the default `three` is none of the allowed values one, two,three
    ");
}

#[test]
fn refused_default_is_silent_inside_of_the_constraints() {
    let said = found(
        "refused-default",
        r"
Parameters:
  A: {Type: String, Default: b, AllowedValues: [a, b]}
  B: {Type: Number, Default: '4', MaxValue: 4}
  C: {Type: CommaDelimitedList, Default: 'a, b', AllowedValues: [a, b]}
  D: {Type: String, Default: ab, AllowedPattern: '^[a-z]*$'}
  E: {Type: CommaDelimitedList, Default: 'a,b', AllowedPattern: '[a-z]'}
  F: {Type: String, Default: ab, AllowedPattern: '(?<name'}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}
