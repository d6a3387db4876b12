//! Exports and imports across files that nobody says are deployed together.

use synth::checks::Options;
use synth::checks::links::{self, Links};
use synth::checks::show;
use synth::read;

fn template(exports: &str, imports: &str) -> String {
    format!(
        "Resources: {{T: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !ImportValue {imports}}}}}}}\n\
         Outputs: {{O: {{Value: x, Export: {{Name: {exports}}}}}}}\n"
    )
}

fn files(files: &[(&str, String)]) -> Vec<(String, Links)> {
    let links = |text: &str| Links::of(&read::document("it", text).unwrap());
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), links(text)))
        .collect()
}

fn said(given: &[(&str, String)]) -> String {
    let told = links::across(&files(given), &Options::default()).into_iter();
    let line = |(number, told): (usize, synth::checks::show::Quoted)| {
        let (name, finding) = (given[number].0, told.finding);
        format!("{name} {} {}\n", finding.level.name(), finding.message)
    };
    told.map(line).collect()
}

#[test]
fn an_export_of_a_neighbour_is_worth_a_warning_and_one_of_another_folder_a_note() {
    let given = [
        ("a/1", template("x", "net")),
        ("a/2", template("x", "app")),
        ("b/1", template("x", "db")),
    ];
    insta::assert_snapshot!(said(&given), @"
    a/2 warning the export `x` is in a/1 too
    b/1 info the export `x` is in a/1 too
    ");
}

#[test]
fn a_collision_shows_the_line_of_the_other_file() {
    let given = [
        ("a/1", template("x", "net")),
        ("a/2", format!("# service\n{}", template("x", "app"))),
    ];
    let told: Vec<_> = links::across(&files(&given), &Options::default())
        .into_iter()
        .map(|(_, told)| told)
        .collect();
    insta::assert_snapshot!(show::text(&told, show::Color::Never), @"
    warning[colliding-export]: the export `x` is in a/1 too
     --> it:3:40
      |
    3 | Outputs: {O: {Value: x, Export: {Name: x}}}
      |                                        ^
     ::: it:2:40
      |
    2 | Outputs: {O: {Value: x, Export: {Name: x}}}
      |                                        - the export
      = at: Outputs.O.Export.Name
      = help: the two can only be deployed to different accounts or regions
    ");
}

#[test]
fn the_same_template_in_two_folders_is_one_stack() {
    let text = template("x", "y");
    assert_eq!(said(&[("a/1", text.clone()), ("b/1", text)]), "");
}

#[test]
fn what_is_imported_from_elsewhere_is_only_told_if_it_looks_like_a_slip() {
    let given = [
        ("a", template("network-vpc", "other")),
        ("b", template("z", "network-vcp")),
    ];
    insta::assert_snapshot!(said(&given), @"b warning none of these templates exports `network-vcp`");
}

#[test]
fn the_metadata_of_a_template_allows_a_collision() {
    let allowing = "Metadata: {synth: {allow: {colliding-export: blue and green}}}\n";
    let given = [
        ("1", template("x", "net")),
        ("2", allowing.to_owned() + &template("x", "app")),
    ];
    assert_eq!(said(&given), "");
}

#[test]
fn files_that_import_from_each_other_are_a_group_and_the_nearest_exporter_counts() {
    let given = [
        ("prod/net", template("vpc", "none")),
        ("dev/net", template("vpc", "none")),
        ("prod/app", template("app", "vpc")),
        ("else/app", template("app2", "vpc")),
    ];
    assert_eq!(links::groups(&files(&given)), [vec![0, 2]]);
}
