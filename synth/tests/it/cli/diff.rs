//! `synth diff`

use super::run;
use crate::files::Temp;

const OLD: &str = "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}\n";

/// Two files of which the second has another block of addresses.
fn pair() -> (Temp, String) {
    let temp = Temp::new();
    let (old, new) = (temp.join("old.yaml"), temp.join("new.yaml"));
    write(&old, OLD);
    write(&new, &OLD.replace("10.0", "10.1"));
    let arguments = format!("{} {}", old.display(), new.display());
    (temp, arguments)
}

#[expect(clippy::disallowed_methods, reason = "a test makes files to be read")]
fn write(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[test]
fn two_files_are_compared() {
    let (temp, arguments) = pair();
    insta::assert_snapshot!(run(&temp, &format!("diff {arguments}")).all(&temp), @r"
    resources
    ! Vpc  AWS::EC2::VPC  REPLACED; the old one is deleted
        /new.yaml:1
        CidrBlock: 10.0.0.0/16 → 10.1.0.0/16
            replaces: AWS's schema: `CidrBlock` is create-only

    1 replaced
    exit code 0
    ");
}

#[test]
fn it_fails_on_what_was_asked_for_and_on_nothing_else() {
    let (temp, arguments) = pair();
    let code = |what: &str| run(&temp, &format!("diff {arguments} --fail-on {what} --format json")).code;
    assert_eq!((code("replace"), code("delete"), code("any")), (1, 0, 1));
}

#[test]
fn what_cannot_be_read_is_named() {
    let (temp, _) = pair();
    let said = run(&temp, "diff --fail-on any HEAD..-x");
    insta::assert_snapshot!(said.all(&temp), @r"
    error: `-x` is not a revision; give a branch, a tag or a commit
    exit code 2
    ");
}

#[test]
fn a_broken_file_does_not_silence_the_others() {
    let (temp, _) = pair();
    for (folder, text) in [("a", OLD.to_owned()), ("b", OLD.replace("10.0", "10.1"))] {
        std::fs::create_dir_all(temp.join(folder)).unwrap();
        write(&temp.join(folder).join("t.yaml"), &text);
        let broken = format!("Resources: {{A{folder}: {{Type: AWS::SQS::Queue");
        write(&temp.join(folder).join("broken.yaml"), &broken);
    }
    let said = run(
        &temp,
        &format!("diff {} {}", temp.join("a").display(), temp.join("b").display()),
    );
    assert!(
        said.out.contains("1 replaced") && said.err.contains("broken.yaml:2:1"),
        "{}",
        said.all(&temp)
    );
    assert_eq!(said.code, 2);
}

#[test]
fn files_that_are_the_same_on_both_sides_are_left_out_and_the_rest_is_not_paired_because_of_it() {
    let temp = Temp::new();
    for (folder, name) in [("a", "Gone"), ("b", "Come")] {
        temp.put(&format!("{folder}/same.yaml"), OLD);
        temp.put(
            &format!("{folder}/{name}.yaml"),
            &OLD.replace("Vpc:", &format!("{name}:")),
        );
    }
    let said = run(
        &temp,
        &format!("diff {} {}", temp.join("a").display(), temp.join("b").display()),
    );
    assert!(
        said.out.contains("DELETED") && said.out.contains("created") && !said.out.contains("same.yaml"),
        "{}",
        said.all(&temp)
    );
}
