//! How a replacement spreads.

use super::{lines, review, review_all};

fn network(cidr: &str, reference: &str) -> String {
    format!(
        "Resources:\n  A: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {cidr}}}}}\n  B: {{Type: \
         AWS::EC2::SecurityGroup, Properties: {{GroupDescription: d, VpcId: {reference}}}}}\n"
    )
}

fn spread(reference: &str) -> String {
    let review = review(&network("10.0.0.0/16", reference), &network("10.1.0.0/16", reference));
    let group = review.resources.iter().find(|change| change.id == "B");
    group.map_or_else(String::new, |change| super::word(&change.verdict))
}

// The CDK sees only the first two.
#[test]
fn a_reference_to_what_is_replaced_replaces() {
    for reference in ["!Ref A", "!GetAtt A.VpcId", "!Sub '${A}'", "!Join ['', [!Ref A]]"] {
        assert_eq!(spread(reference), "replace", "{reference}");
    }
}

#[test]
fn a_reference_in_a_branch_may_replace() {
    assert_eq!(spread("!If [C, !Ref A, vpc-1]"), "may-replace");
}

#[test]
fn a_property_that_stays_does_not_spread() {
    let template = |tenancy: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16, InstanceTenancy: {tenancy}, \
             Ipv4NetmaskLength: 4}}}}\n  B: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: v, CidrBlock: !GetAtt \
             A.Ipv4NetmaskLength}}}}\n"
        )
    };
    let review = review(&template("default"), &template("dedicated"));
    assert!(review.resources.iter().all(|change| change.id != "B"));
}

#[test]
fn a_reference_elsewhere_is_updated() {
    let template = |name: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}\n  B: {{Type: \
             AWS::CloudWatch::Alarm, Properties: {{AlarmActions: [!Ref A], ComparisonOperator: x}}}}\n"
        )
    };
    insta::assert_snapshot!(lines(&review(&template("a"), &template("b"))), @r"
    replace A
      TopicName: replace (schema-create-only)
    update B
      AlarmActions[0]: update (schema, reference)
    ");
}

#[test]
fn the_default_of_a_parameter_may_replace() {
    let template = |cidr: &str| {
        format!(
            "Parameters: {{P: {{Type: String, Default: {cidr}}}}}\nResources: {{R: {{Type: AWS::EC2::VPC, Properties: \
             {{CidrBlock: !Ref P}}}}}}\n"
        )
    };
    insta::assert_snapshot!(lines(&review(&template("10.0.0.0/16"), &template("10.1.0.0/16"))), @r"
    may-replace R
      CidrBlock: may-replace (schema-create-only, parameter)
    ");
}

#[test]
fn a_replacement_spreads_through_an_export() {
    let exporter = |cidr: &str| {
        format!(
            "Resources: {{A: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {cidr}}}}}}}\nOutputs: {{O: {{Value: !Ref A, \
             Export: {{Name: vpc}}}}}}\n"
        )
    };
    let importer = "Resources: {B: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d, VpcId: \
                    !ImportValue vpc}}}\n";
    let (old, new) = (exporter("10.0.0.0/16"), exporter("10.1.0.0/16"));
    // The order of the files must not matter.
    let review = review_all(&[("a.yaml", importer, importer), ("b.yaml", &old, &new)]);
    insta::assert_snapshot!(lines(&review), @r"
    b.yaml: replace A
      CidrBlock: replace (schema-create-only)
    a.yaml: replace B
      VpcId: replace (schema-create-only, import)
    ");
    let export = &review.interface[0];
    assert!(export.breaks && export.name == "vpc", "{export:?}");
}

#[test]
fn an_export_that_is_gone_while_it_is_imported_breaks() {
    let exporter = "Resources: {A: {Type: AWS::SNS::Topic}}\nOutputs: {O: {Value: !Ref A, Export: {Name: x}}}\n";
    let gone = "Resources: {A: {Type: AWS::SNS::Topic}}\n";
    let importer = "Resources: {B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue x}}}\n";
    let breaks = |files: &[(&str, &str, &str)]| review_all(files).interface.iter().any(|change| change.breaks);
    assert!(breaks(&[("a", exporter, gone), ("b", importer, importer)]));
    assert!(!breaks(&[("a", exporter, gone), ("b", gone, gone)]));
}

#[test]
fn a_replacement_spreads_into_and_out_of_a_nested_stack() {
    let parent = |cidr: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {cidr}}}}}\n  N: {{Type: \
             AWS::CloudFormation::Stack, Properties: {{TemplateURL: ./child.yaml, Parameters: {{Vpc: !Ref A}}}}}}\n  C: \
             {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !GetAtt N.Outputs.Id}}}}\n"
        )
    };
    let child = "Parameters: {Vpc: {Type: String}}\nResources: {G: {Type: AWS::EC2::SecurityGroup, Properties: \
                 {GroupDescription: d, VpcId: !Ref Vpc}}}\nOutputs: {Id: {Value: !Ref Vpc}}\n";
    let (old, new) = (parent("10.0.0.0/16"), parent("10.1.0.0/16"));
    let review = review_all(&[("x/parent.yaml", &old, &new), ("x/child.yaml", child, child)]);
    let replaced = review.resources.iter().filter(|c| super::word(&c.verdict) == "replace");
    let replaced: Vec<&str> = replaced.map(|change| change.id.as_str()).collect();
    assert_eq!(replaced, ["A", "G", "C"]);
}

#[test]
fn a_circle_of_references_ends() {
    let template = |name: &str| {
        format!(
            "Resources:\n  A: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !Sub '{name}${{B}}'}}}}\n  B: {{Type: \
             AWS::SNS::Topic, Properties: {{TopicName: !Ref A}}}}\n"
        )
    };
    assert_eq!(review(&template("a"), &template("b")).resources.len(), 2);
}

/// A topic named by a look-up of a mapping with these entries.
fn looked_up(keys: &str, old: &str, new: &str) -> String {
    let template = |entries: &str| {
        format!(
            "Parameters: {{Stage: {{Type: String, AllowedValues: [test, live]}}, Any: {{Type: String}}}}\nMappings: {{M: \
             {{{entries}}}}}\nResources:\n  A: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !FindInMap [M, {keys}]}}}}\n"
        )
    };
    lines(&review(&template(old), &template(new)))
}

#[test]
fn a_mapping_changes_only_what_reads_the_changed_key() {
    let old = "test: {Name: a, Image: b}, live: {Name: c, Image: d}, other: {Name: e, Image: f}";
    let changes = |keys: &str, from: &str, to: &str| !looked_up(keys, old, &old.replace(from, to)).is_empty();
    assert!(changes("!Ref Stage, Name", "Name: a", "Name: x"));
    assert!(!changes("!Ref Stage, Image", "Name: a", "Name: x"));
    // The parameter cannot be `other`, unless it takes any value.
    assert!(!changes("!Ref Stage, Name", "Name: e", "Name: x"));
    assert!(changes("!Ref Any, Name", "Name: e", "Name: x"));
    assert!(!changes("test, !Ref Any", "Name: c", "Name: x"));
    assert!(changes("test, !Ref Any", "Name: a", "Name: x"));
    // No stack that is there can have read what is new.
    assert!(!changes("!Ref Any, Name", "other:", "more: {Name: y}, other:"));
}
