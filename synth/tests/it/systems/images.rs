//! Which image `deploy.sh` takes for what a person calls it, with a registry of the test's.

use super::S0;
use crate::script::{Ended, Of, run};

const ONE: &str = "abcd111111111111111111111111111111111111";
const OTHER: &str = "abcd222222222222222222222222222222222222";

/// A rollback to a tag, in a registry of two images, of which one runs somewhere.
fn rolled_back(tag: &str) -> Ended {
    let aws = format!(
        "*imageTag={ONE}*) echo sha256:1 ;;\n*imageTag={OTHER}*) echo sha256:2 ;;\n\
         *imageTag=*) echo ImageNotFoundException >&2; exit 254 ;;\n\
         *imageDetails\\[\\].imageTags*) printf '{ONE}\\tdeployed-dev-{ONE}\\n{OTHER}\\tabcd3\\n' ;;"
    );
    let of = Of {
        files: &S0.rendered.files,
        system: "predict-api",
        account: "111122223333",
    };
    run(&of, &["rollback", "dev"], &[("IMAGE_TAG", tag)], &aws)
}

/// What the service is given, and as what the image is marked.
fn given(ended: &Ended) -> Vec<String> {
    assert!(ended.succeeded, "{}{}", ended.calls, ended.said);
    let words = ended.calls.split_whitespace();
    let told = ["ImageDigest=", "ImageTag=", "deployed-"];
    let words = words.filter(|word| told.iter().any(|start| word.starts_with(start)));
    words.map(str::to_owned).collect()
}

#[test]
fn the_first_digits_of_a_commit_stand_for_its_image() {
    let whole = [
        "ImageDigest=sha256:1",
        &format!("ImageTag={ONE}"),
        &format!("deployed-dev-{ONE}"),
    ]
    .map(str::to_owned);
    for tag in ["abcd1", "abcd1111", "predict-api:abcd1", ONE] {
        assert_eq!(given(&rolled_back(tag)), whole, "{tag}");
    }
}

#[test]
fn digits_that_begin_two_commits_are_refused_with_both_by_the_script() {
    let ended = rolled_back("abcd");
    let said = format!("error: abcd may be each of {ONE} {OTHER}: give more digits");
    assert!(!ended.succeeded && ended.said.contains(&said), "{}", ended.said);
    assert!(!ended.calls.contains("cloudformation deploy"), "{}", ended.calls);
}

#[test]
fn what_begins_no_commit_is_refused_by_the_script() {
    for tag in ["abcd4", "abc", "deployed", "bcd1", "ABCD1", "abcd1; true"] {
        let ended = rolled_back(tag);
        assert!(
            !ended.succeeded && !ended.calls.contains("cloudformation deploy"),
            "{tag}: {}",
            ended.calls
        );
    }
}
