use synth::permissions::{Condition, Error, Grant, LIMIT, POLICIES_PER_ROLE, pack};
use synth::template::Operator;

use super::{rendered, substituted};

const REPOSITORY: &str = "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/predict-api";

fn many(count: usize) -> Vec<Grant> {
    let resource = |index| format!("arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:queue-{index:04}");
    let grant = |index| Grant::new([format!("sqs:Action{index}")], [resource(index)]);
    (0..count).map(grant).collect()
}

#[test]
fn actions_on_the_same_resource_are_one_statement_with_a_readable_name() {
    let push = Grant::new(["ecr:PutImage"], [REPOSITORY]).needed_by("release / push");
    let pull = Grant::new(["ecr:BatchGetImage"], [REPOSITORY]).needed_by("release / verify");
    let policies = pack(&[push, pull], POLICIES_PER_ROLE).unwrap();
    insta::assert_json_snapshot!(rendered(&policies[0]), @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ManageEcrRepository",
          "Effect": "Allow",
          "Action": [
            "ecr:BatchGetImage",
            "ecr:PutImage"
          ],
          "Resource": {
            "Fn::Sub": "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/predict-api"
          }
        }
      ]
    }
    "#);
}

#[test]
fn a_row_tells_what_needs_a_statement_and_why_it_is_wide() {
    let login = Grant::new(["ecr:GetAuthorizationToken"], ["*"]).needed_by("release / log in");
    let policies = pack(&[login], POLICIES_PER_ROLE).unwrap();
    insta::assert_debug_snapshot!(policies[0].rows, @r#"
    [
        Row {
            sid: "ReadEcr",
            actions: {
                "ecr": [
                    "GetAuthorizationToken",
                ],
            },
            resources: [
                "*",
            ],
            conditions: [],
            needed_by: [
                "release / log in",
            ],
            reasons: [
                "IAM has no resource-level permissions for these actions",
            ],
        },
    ]
    "#);
}

#[test]
fn grants_under_different_conditions_stay_apart() {
    let role = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/task";
    let to = |service: &str| {
        let passed = Condition::new(Operator::StringEquals, "iam:PassedToService", [service]);
        Grant::new(["iam:PassRole"], [role]).only_if(passed)
    };
    let policies = pack(
        &[to("ecs.amazonaws.com"), to("ecs-tasks.amazonaws.com")],
        POLICIES_PER_ROLE,
    )
    .unwrap();
    let sids: Vec<_> = policies[0].rows.iter().map(|row| row.sid.as_str()).collect();
    assert_eq!(sids, ["PassRoleToEcsTasks", "PassRoleToEcs"]);
}

#[test]
fn every_policy_keeps_to_the_limit_as_iam_counts_it() {
    let policies = pack(&many(200), POLICIES_PER_ROLE).unwrap();
    assert!(policies.len() > 1);
    for policy in policies {
        let real = substituted(&policy).len();
        assert!(real <= policy.size && policy.size <= LIMIT, "{real} {}", policy.size);
    }
}

#[test]
fn a_statement_that_is_larger_than_a_policy_is_cut() {
    let resources = many(200).into_iter().flat_map(|grant| grant.resources);
    let policies = pack(&[Grant::new(["sqs:SendMessage"], resources)], POLICIES_PER_ROLE).unwrap();
    let kept: usize = policies
        .iter()
        .flat_map(|policy| &policy.rows)
        .map(|row| row.resources.len())
        .sum();
    assert_eq!((policies.len(), kept), (3, 200));
}

#[test]
fn what_does_not_fit_is_an_error_with_the_numbers() {
    insta::assert_snapshot!(pack(&many(1000), POLICIES_PER_ROLE).unwrap_err(), @"permissions need 28 managed policies of at most 6144 characters (166921 in 1000 statements), and a role takes 10; give resources names with a common beginning, or split the system");
}

#[test]
fn an_action_with_a_wildcard_is_refused() {
    let grant = Grant::new(["ecs:*"], ["*"]).needed_by("someone");
    let error = Error::Pattern {
        action: "ecs:*".into(),
        needed_by: "someone".into(),
    };
    assert_eq!(pack(&[grant], POLICIES_PER_ROLE), Err(error));
}

#[test]
fn the_order_in_which_grants_are_given_does_not_show() {
    let mut grants = many(50);
    let first = pack(&grants, POLICIES_PER_ROLE);
    grants.reverse();
    assert_eq!(pack(&grants, POLICIES_PER_ROLE), first);
}
