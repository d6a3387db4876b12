//! Conditions and principals of statements, and permissions that are no statements.

use super::{one, review};

fn wider(kind: &str, old: &str, new: &str) -> String {
    let review = review(&one(kind, old), &one(kind, new));
    let texts: Vec<&str> = review.wider.iter().map(|wider| wider.text.as_str()).collect();
    texts.join("\n")
}

fn conditions(effect: &str, old: &str, new: &str) -> String {
    let policy = |condition: &str| {
        format!(
            "{{PolicyDocument: {{Statement: {{Effect: {effect}, Action: 's3:*', Resource: '*', Condition: {condition}}}}}}}"
        )
    };
    wider("AWS::IAM::ManagedPolicy", &policy(old), &policy(new))
}

#[test]
fn a_condition_that_lets_more_pass_is_told() {
    for (narrow, wide) in [
        ("{StringEquals: {k: a}}", "{StringEquals: {k: [a, b]}}"),
        ("{StringEquals: {k: a}}", "{StringLike: {k: 'a*'}}"),
        ("{StringEquals: {k: a}}", "{StringEqualsIgnoreCase: {k: A}}"),
        ("{StringEquals: {k: a}}", "{StringEqualsIfExists: {k: a}}"),
        ("{StringLike: {k: 'a/b*'}}", "{StringLike: {k: 'a/*'}}"),
        ("{StringNotEquals: {k: [a, b]}}", "{StringNotEquals: {k: [a]}}"),
        ("{NumericLessThan: {k: '300'}}", "{NumericLessThan: {k: '3600'}}"),
        ("{NumericLessThan: {k: 300}}", "{NumericLessThanEquals: {k: 300}}"),
        ("{NumericGreaterThan: {k: 5}}", "{NumericGreaterThan: {k: 4}}"),
        (
            "{DateLessThan: {k: '2024-01-01T00:00:00Z'}}",
            "{DateLessThan: {k: '2025-01-01T00:00:00Z'}}",
        ),
        ("{IpAddress: {k: 10.1.0.0/16}}", "{IpAddress: {k: 10.0.0.0/8}}"),
        ("{NotIpAddress: {k: 10.0.0.0/8}}", "{NotIpAddress: {k: 10.1.0.0/16}}"),
        ("{ArnLike: {k: 'arn:a:role/x'}}", "{ArnLike: {k: 'arn:a:role/*'}}"),
        ("{StringEquals: {k: a}, Bool: {m: 'true'}}", "{StringEquals: {k: a}}"),
    ] {
        assert_ne!(conditions("Allow", narrow, wide), "", "{wide}");
        assert_eq!(conditions("Allow", wide, narrow), "", "{narrow}");
        // What is denied under fewer conditions is denied more.
        assert_ne!(conditions("Deny", wide, narrow), "", "{narrow}");
        assert_eq!(conditions("Deny", narrow, wide), "", "{wide}");
    }
}

#[test]
fn a_condition_that_is_another_is_told_both_ways() {
    let (yes, no) = ("{Bool: {k: 'true'}}", "{Bool: {k: 'false'}}");
    assert_eq!(conditions("Allow", yes, no), "loosened: condition Bool k was true");
    assert_eq!(conditions("Allow", no, yes), "loosened: condition Bool k was false");
    let (any, all) = (
        "{'ForAnyValue:StringEquals': {k: a}}",
        "{'ForAllValues:StringEquals': {k: a}}",
    );
    assert_ne!(conditions("Allow", any, all), "");
    assert_ne!(conditions("Allow", all, any), "");
}

fn trust(old: &str, new: &str) -> String {
    let role = |principal: &str| {
        format!(
            "{{AssumeRolePolicyDocument: {{Statement: [{{Effect: Allow, Action: sts:AssumeRole, Principal: {{AWS: '{principal}'}}}}]}}}}"
        )
    };
    wider("AWS::IAM::Role", &role(old), &role(new))
}

#[test]
fn the_root_of_an_account_is_everyone_in_it() {
    let (root, role) = ("arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/x");
    assert_ne!(trust(role, root), "");
    assert_eq!(trust(root, role), "");
    assert_eq!(trust(root, "111122223333"), "");
    assert_ne!(trust(root, "arn:aws:iam::444455556666:role/x"), "");
}

#[test]
fn permissions_in_other_words_are_told() {
    for (kind, narrow, wide) in [
        (
            "AWS::Events::EventBusPolicy",
            "{StatementId: s, Action: events:PutEvents, Principal: '111122223333'}",
            "{StatementId: s, Action: events:PutEvents, Principal: '*'}",
        ),
        (
            "AWS::Events::EventBusPolicy",
            "{StatementId: s, Statement: {Effect: Allow, Action: events:PutEvents, Principal: {AWS: '111122223333'}}}",
            "{StatementId: s, Statement: {Effect: Allow, Action: events:PutEvents, Principal: '*'}}",
        ),
        (
            "AWS::Lambda::LayerVersionPermission",
            "{Action: lambda:GetLayerVersion, LayerVersionArn: l, Principal: '*', OrganizationId: o}",
            "{Action: lambda:GetLayerVersion, LayerVersionArn: l, Principal: '*'}",
        ),
        (
            "AWS::Lambda::Permission",
            "{Action: lambda:InvokeFunctionUrl, FunctionName: f, Principal: '*', FunctionUrlAuthType: AWS_IAM}",
            "{Action: lambda:InvokeFunctionUrl, FunctionName: f, Principal: '*', FunctionUrlAuthType: NONE}",
        ),
        (
            "AWS::Lambda::Permission",
            "{Action: lambda:InvokeFunction, FunctionName: f, Principal: p, SourceArn: 'arn:api/GET/book'}",
            "{Action: lambda:InvokeFunction, FunctionName: f, Principal: p, SourceArn: 'arn:api/*'}",
        ),
        (
            "AWS::Serverless::Function",
            "{Policies: [AWSLambdaBasicExecutionRole]}",
            "{Policies: [AWSLambdaBasicExecutionRole, AdministratorAccess]}",
        ),
        ("AWS::IAM::Role", "{PermissionsBoundary: b}", "{}"),
    ] {
        assert_ne!(wider(kind, narrow, wide), "", "{kind} {wide}");
        assert_eq!(wider(kind, wide, narrow), "", "{kind} {narrow}");
    }
}

#[test]
fn an_entry_of_an_access_list_that_lets_through_is_told() {
    let entry = |action: &str| {
        format!("{{NetworkAclId: n, RuleNumber: 1, Protocol: 6, RuleAction: {action}, CidrBlock: 0.0.0.0/0}}")
    };
    let kind = "AWS::EC2::NetworkAclEntry";
    assert_eq!(
        wider(kind, &entry("deny"), &entry("allow")),
        "tcp, all ports, in from 0.0.0.0/0 (everyone)"
    );
    assert_eq!(wider(kind, &entry("allow"), &entry("deny")), "");
}

#[test]
fn a_route_that_makes_subnets_public_is_told() {
    let table = "Resources:\n  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}\n";
    let routed = format!(
        "{table}  R: {{Type: AWS::EC2::Route, Properties: {{RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, GatewayId: i}}}}\n"
    );
    assert_eq!(review(table, &routed).wider.len(), 1);
    assert!(review(&routed, table).wider.is_empty());
    // A table that comes with its route was never private.
    assert!(review("Resources: {}\n", &routed).wider.is_empty());
}
