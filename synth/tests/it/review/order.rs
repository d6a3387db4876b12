//! Exports that a deployed stack imports, and the order in which their stacks can be deployed.

use synth::checks::show::Color;
use synth::review::show::{human, markdown};

use super::{document, review_all};

const EMPTY: &str = "Resources: {A: {Type: AWS::SNS::Topic}}\n";

fn exporter(exports: &[&str]) -> String {
    let outputs = exports
        .iter()
        .map(|name| format!("  {name}: {{Value: !Ref A, Export: {{Name: {name}}}}}\n"));
    format!("{EMPTY}Outputs:\n{}", outputs.collect::<String>())
}

fn importer(imports: &[&str]) -> String {
    let topics = imports
        .iter()
        .map(|name| format!("  {name}: {{Type: AWS::SNS::Topic, Properties: {{DisplayName: !ImportValue {name}}}}}\n"));
    format!("Resources:\n{}", topics.collect::<String>())
}

/// The steps of an order, one a line.
fn steps(files: &[(&str, &str, &str)]) -> String {
    let review = review_all(files);
    let steps = review.order.iter().map(synth::review::Step::words);
    steps.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_export_goes_after_the_importer_that_lets_go_of_it() {
    let files = [
        ("a", exporter(&["x", "y"]), exporter(&["y"])),
        ("b", importer(&["x", "y"]), importer(&["y"])),
    ];
    let files = files
        .each_ref()
        .map(|(file, old, new)| (*file, old.as_str(), new.as_str()));
    insta::assert_snapshot!(steps(&files), @r"
    deploy `b`
    deploy `a`
    ");
    let review = review_all(&files);
    let lost = &review.interface.iter().find(|change| change.breaks).unwrap().notes[0];
    insta::assert_snapshot!(lost, @"it is gone; CloudFormation refuses that while it is in use: b imports it until deployed, which comes first");
    assert!(human(&review, Color::Never).contains("1. deploy `b`"));
    assert!(markdown(&review).contains("| 1 | deploy <code>b</code> |"));
}

#[test]
fn an_export_is_kept_where_its_importer_waits_for_another_one_of_the_same_stack() {
    let (old, new) = (exporter(&["x"]), exporter(&["y"]));
    insta::assert_snapshot!(steps(&[("a", &old, &new), ("b", &importer(&["x"]), &importer(&["y"]))]), @r"
    deploy `a`, to which `x` and all resources that it no longer has are added from the deployed template
    deploy `b`
    deploy `a`
    ");
}

#[test]
fn a_value_that_changes_is_taken_out_of_its_importers_first() {
    let network = |cidr: &str| {
        format!(
            "Resources: {{A: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {cidr}}}}}}}\nOutputs: {{O: {{Value: !Ref A, \
             Export: {{Name: vpc}}}}}}\n"
        )
    };
    let group = "Resources: {B: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d, VpcId: \
                 !ImportValue vpc}}}\n";
    let files = [
        ("a", &*network("10.0.0.0/16"), &*network("10.1.0.0/16")),
        ("b", group, group),
    ];
    insta::assert_snapshot!(steps(&files), @r"
    update the stack of `b` with the template that it has, but with the present value of `vpc` in the place of each import: nothing that runs changes
    deploy `a`
    ");
}

#[test]
fn a_value_that_changes_beside_an_export_that_goes_is_taken_out_with_it() {
    let topic = |name: &str, more: &str| {
        format!(
            "Resources: {{A: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}}}\nOutputs:\n  x: {{Value: !Ref A, \
             Export: {{Name: x}}}}\n{more}"
        )
    };
    let more = "  y: {Value: !Ref A, Export: {Name: y}}\n";
    let (old, new) = (topic("a", more), topic("b", ""));
    insta::assert_snapshot!(steps(&[("a", &old, &new), ("b", &importer(&["x", "y"]), &importer(&["x"]))]), @r"
    update the stack of `b` with the template that it has, but with the present value of `x`, `y` in the place of each import: nothing that runs changes
    deploy `a`
    deploy `b`
    ");
}

#[test]
fn an_export_goes_after_the_stack_that_is_deleted() {
    let old = [document("a", &exporter(&["x"])), document("b", &importer(&["x"]))];
    let review = synth::review::compare(&old, &[document("a", EMPTY)]);
    let steps = review.order.iter().map(synth::review::Step::words).collect::<Vec<_>>();
    insta::assert_snapshot!(steps.join("\n"), @r"
    delete the stack of `b`
    deploy `a`
    ");
}

#[test]
fn no_order_is_told_where_the_plain_one_does() {
    let (old, new) = (exporter(&["x"]), exporter(&["x", "y"]));
    assert_eq!(
        steps(&[("a", &old, &new), ("b", &importer(&["x"]), &importer(&["x", "y"]))]),
        ""
    );
    assert_eq!(steps(&[("a", &old, EMPTY), ("b", EMPTY, EMPTY)]), "");
}

#[test]
fn no_order_is_told_where_none_is_taken() {
    assert_eq!(
        steps(&[
            ("a", &exporter(&["x"]), EMPTY),
            ("b", &importer(&["x"]), &importer(&["x"]))
        ]),
        ""
    );
}
