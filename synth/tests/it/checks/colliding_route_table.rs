use super::found;

#[test]
fn colliding_route_table_names_the_first() {
    let said = found(
        "colliding-route-table",
        r"
Resources:
  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref X}}
  B: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Y}}
",
    );
    insta::assert_snapshot!(said, @"4:67 `A` gives this subnet a route table already");
}

#[test]
fn colliding_route_table_is_silent_about_other_subnets_and_conditions() {
    let said = found(
        "colliding-route-table",
        r"
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  A: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref X}}
  B: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Other, RouteTableId: !Ref X}}
  C: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Condition: Some, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Y}}
  D: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Select [0, !Ref Subnets], RouteTableId: !Ref X}}
  E: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Select [1, !Ref Subnets], RouteTableId: !Ref X}}
",
    );
    insta::assert_snapshot!(said, @"");
}
