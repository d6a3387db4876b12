//! Templates of another system, and what is to be known first.

use synth::checks::show::Color;
use synth::review::show::{human, json, markdown};
use synth::review::{FailOn, Review, compare};

use super::{document, lines, one, review};

/// The review of templates that have other names on both sides, each with its text.
fn renamed(old: &[(&str, &str)], new: &[(&str, &str)]) -> Review {
    let side = |files: &[(&str, &str)]| {
        let documents = files.iter().map(|(file, text)| document(file, text));
        // A second one that stays keeps two lonely templates from being compared whatever they are called.
        documents
            .chain([document("same.yaml", "Resources: {}\n")])
            .collect::<Vec<_>>()
    };
    compare(&side(old), &side(new))
}

/// A group of logs by a name, which exports another, and a topic.
fn system(name: &str, topic: &str) -> String {
    format!(
        "Resources:\n  L: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: /{name}/web}}}}\n  T: {{Type: \
         AWS::SNS::Topic, Properties: {{{topic}}}}}\nOutputs: {{O: {{Value: !Ref T, Export: {{Name: {name}-news}}}}}}\n"
    )
}

#[test]
fn a_system_under_another_word_stands_beside_the_old_one() {
    for (from, to) in [
        ("cars/web.yaml", "vans/web.yaml"),
        ("cars-web.yaml", "vans-web.yaml"),
        ("a/cars.yaml", "a/vans.yaml"),
        ("out/cars/prod/web.json", "out/vans/prod/web.json"),
    ] {
        let review = renamed(&[(from, &system("cars", ""))], &[(to, &system("vans", ""))]);
        assert_eq!(lines(&review), format!("{to}: create L\n{to}: create T"));
        assert!(
            !review.fails_on(FailOn::Replace) && !review.fails_on(FailOn::Wider) && !review.fails_on(FailOn::Refused)
        );
        assert!(review.first[0].text.contains("as another system"), "{:?}", review.first);
    }
}

#[test]
fn a_template_that_keeps_its_names_only_moves() {
    let (old, new) = (system("cars", "FifoTopic: false"), system("cars", "FifoTopic: true"));
    let review = renamed(&[("cars/web.yaml", &old)], &[("vans/web.yaml", &new)]);
    assert!(review.fails_on(FailOn::Replace), "{}", lines(&review));
    assert!(review.first.is_empty(), "{:?}", review.first);
}

#[test]
fn a_name_that_the_old_system_still_has_is_refused() {
    let topic = "TopicName: news";
    let review = renamed(
        &[("cars/web.yaml", &system("cars", topic))],
        &[("vans/web.yaml", &system("vans", topic))],
    );
    assert_eq!(lines(&review), "vans/web.yaml: refuse T\nvans/web.yaml: create L");
}

#[test]
fn only_what_another_system_may_more_is_wider() {
    let queue = |name: &str, principal: &str| {
        format!(
            "{}  P: {{Type: AWS::SNS::TopicPolicy, Properties: {{Topics: [!Ref T], PolicyDocument: {{Statement: [{{Effect: Allow, \
             Principal: {{AWS: '{principal}'}}, Action: 'sns:Publish', Resource: '*'}}]}}}}}}\n",
            system(name, "").replace("Outputs", "# ")
        )
    };
    let wider = |principal: &str| {
        let (old, new) = (queue("cars", "111122223333"), queue("vans", principal));
        renamed(&[("cars/web.yaml", &old)], &[("vans/web.yaml", &new)]).fails_on(FailOn::Wider)
    };
    assert!(!wider("111122223333"));
    assert!(wider("444455556666"));
}

/// A network and two groups in it.
fn network(cidr: &str) -> String {
    format!(
        "Resources:\n  V: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {cidr}}}}}\n  A: {{Type: AWS::EC2::SecurityGroup, \
         Properties: {{GroupDescription: d, VpcId: !Ref V}}}}\n  B: {{Type: AWS::EC2::SecurityGroup, Properties: \
         {{GroupDescription: e, VpcId: !Ref V}}}}\n"
    )
}

#[test]
fn a_cause_comes_before_what_follows_from_it() {
    let review = review(&network("10.0.0.0/16"), &network("10.1.0.0/16"));
    insta::assert_snapshot!(human(&review, Color::Never), @r"
    first
    ! 2 more are replaced, or may be, as `V` is
        t.yaml

    resources
    ! V  AWS::EC2::VPC  REPLACED; the old one is deleted
        t.yaml:2
        CidrBlock: 10.0.0.0/16 → 10.1.0.0/16
            replaces: AWS's schema: `CidrBlock` is create-only

    replaced with others
    ! 2 resources  REPLACED; the old one is deleted
        because: `V` is replaced
          A AWS::EC2::SecurityGroup (t.yaml:3), B AWS::EC2::SecurityGroup (t.yaml:4)

    3 replaced
    ");
    assert!(markdown(&review).contains("**First:**"));
    assert!(json(&review).contains(r#""first""#));
}

#[test]
fn a_person_deploys_the_roles_of_a_pipeline_first() {
    let role = |issuer: &str, path: &str| {
        one(
            "AWS::IAM::Role",
            &format!(
                "{{Description: {path}, AssumeRolePolicyDocument: {{Statement: [{{Effect: Allow, Action: \
                 'sts:AssumeRoleWithWebIdentity', Principal: {{Federated: !Sub \
                 'arn:aws:iam::${{AWS::AccountId}}:oidc-provider/{issuer}'}}}}]}}}}"
            ),
        )
    };
    let first = |issuer: &str| review(&role(issuer, "a"), &role(issuer, "b")).first;
    let said = first("token.actions.githubusercontent.com");
    assert!(said[0].text.starts_with("a person deploys `t.yaml`"), "{said:?}");
    assert_eq!(first("accounts.example.com"), []);
}

#[test]
fn what_is_refused_is_named_first() {
    let topic = |fifo: bool| one("AWS::SNS::Topic", &format!("{{TopicName: n, FifoTopic: {fifo}}}"));
    let said = review(&topic(false), &topic(true)).first;
    assert_eq!(said[0].text, "1 change is refused until it goes another way: `R`");
    assert_eq!(review(&topic(false), &topic(false)).first, []);
}
