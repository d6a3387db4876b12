use super::found;

#[test]
fn fixed_target_group_name_points_at_the_name() {
    let said = found(
        "fixed-target-group-name",
        r"
Resources:
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Name: jobs}
",
    );
    insta::assert_snapshot!(said, @"5:28 `Group` has a name of its own, so it cannot be replaced");
}

#[test]
fn fixed_target_group_name_is_silent_without_a_name() {
    let said = found(
        "fixed-target-group-name",
        r"
Resources:
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, TargetType: ip}
",
    );
    insta::assert_snapshot!(said, @"");
}
