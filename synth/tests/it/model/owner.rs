//! What only the user knows: names, accounts, regions, domains, addresses, repositories.

use insta::assert_snapshot;
use synth::model::{AccountId, CertificateArn, Domain, Email, GitHubRepository, Name, Owner, Region, Subject};

use super::{system, verdict, verdict_of_prod};

fn verdict_of_owner(change: impl FnOnce(&mut Owner)) -> String {
    verdict(|system| change(&mut system.owner))
}

#[test]
fn a_name_with_a_capital_is_refused() {
    assert_snapshot!(verdict(|system| system.name = Name::new("Predict")), @"System.name: `Predict` is not a name; use 2 to 20 lower-case letters, digits and single hyphens, the first a letter");
}

#[test]
fn names_that_would_make_others_invalid_are_refused() {
    let names = ["", "a", "1a", "-a", "a-", "a--b", "a_b", "ä-b", "twenty-one-characters"];
    assert_eq!(names.map(|text| Name::new(text).is_fine()), [false; 9]);
}

#[test]
fn names_of_2_to_20_characters_are_fine() {
    assert_eq!(
        ["ab", "a1-b2", "twenty-characters-it"].map(|text| Name::new(text).is_fine()),
        [true; 3]
    );
}

#[test]
fn an_account_that_is_not_12_digits_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.account_mut().id = AccountId::new("1111-2222-3333")), @"Account.id: `1111-2222-3333` is not an AWS account; give its 12 digits, as `aws sts get-caller-identity` prints them");
}

#[test]
fn an_account_of_12_digits_is_fine() {
    assert!(AccountId::new("111122223333").is_fine());
}

#[test]
fn a_region_that_is_a_zone_is_refused() {
    assert_snapshot!(verdict_of_prod(|prod| prod.account_mut().region = Region::new("us-east-1a")), @"Account.region: `us-east-1a` is not a region; give one such as `eu-central-1`, as `aws configure get region` prints it");
}

#[test]
fn texts_that_are_no_regions_are_refused() {
    assert_eq!(
        ["", "eu", "eu-1", "eu-central-", "EU-central-1", "eu--central-1"].map(|text| Region::new(text).is_fine()),
        [false; 6]
    );
}

#[test]
fn a_region_that_is_mistyped_is_refused_with_the_one_that_was_meant() {
    assert_snapshot!(verdict_of_prod(|prod| prod.account_mut().region = Region::new("us-esat-1")), @"Account.region: `us-esat-1` is no region that the schemas know; write `us-east-1`, or say `Region::unlisted` if it is newer than the schemas or not a commercial one");
}

#[test]
fn a_region_that_is_newer_than_the_schemas_is_fine_when_it_is_said() {
    let mut account = system(|_| {}).environments[1].account().clone();
    account.region = Region::unlisted("eu-north-9");
    assert_eq!(verdict_of_prod(|prod| *prod.account_mut() = account), "fine");
}

#[test]
fn a_region_that_the_schemas_know_is_not_unlisted() {
    assert_snapshot!(verdict_of_prod(|prod| prod.account_mut().region = Region::unlisted("us-east-1")), @"Account.region: `us-east-1` is a region that the schemas know; say `Region::new`");
}

#[test]
fn a_region_knows_its_partition() {
    let partitions = ["eu-central-1", "cn-north-1", "us-gov-west-1"].map(|text| Region::new(text).partition());
    assert_eq!(partitions, ["aws", "aws-cn", "aws-us-gov"]);
}

#[test]
fn a_domain_with_a_scheme_is_refused() {
    assert_snapshot!(verdict_of_owner(|owner| owner.domain = Domain::new("https://example.com")), @"Owner.domain: `https://example.com` is not a domain; give it in lower case and without a scheme, such as `example.com`");
}

#[test]
fn texts_that_are_no_domains_are_refused() {
    assert_eq!(
        ["", "localhost", "a..b", "-a.com", "a-.com", "A.com", ".com"].map(|text| Domain::new(text).is_fine()),
        [false; 7]
    );
}

#[test]
fn an_address_without_a_domain_is_refused() {
    assert_snapshot!(verdict_of_owner(|owner| owner.notify = Email::new("platform@")), @"Owner.notify: `platform@` is not an e-mail address; give one that somebody reads, such as `platform@example.com`");
}

#[test]
fn texts_that_are_no_addresses_are_refused() {
    assert_eq!(
        ["", "a", "@example.com", "a b@example.com"].map(|text| Email::new(text).is_fine()),
        [false; 4]
    );
}

#[test]
fn an_address_is_fine() {
    assert!(Email::new("platform+alerts@example.com").is_fine());
}

#[test]
fn a_certificate_that_is_none_is_refused() {
    let certificate = CertificateArn::new("arn:aws:acm:us-east-1:1111:certificate/x");
    assert_snapshot!(verdict_of_prod(|prod| prod.account_mut().certificate = certificate), @"Account.certificate: `arn:aws:acm:us-east-1:1111:certificate/x` is not the ARN of a certificate; copy it from `aws acm list-certificates`, in the region of the load balancer");
}

fn repository(owner: (&str, u64), name: (&str, u64)) -> String {
    verdict_of_owner(|mine| mine.github = GitHubRepository::new(owner, name))
}

#[test]
fn a_repository_without_an_id_is_refused() {
    assert_snapshot!(repository(("example-org", 1001), ("synth", 0)), @"GitHubRepository.repository_id: `0` is not what GitHub has; copy it from `gh api repos/OWNER/NAME`");
}

#[test]
fn an_owner_with_a_slash_is_refused() {
    assert_snapshot!(repository(("example-org/synth", 1001), ("synth", 2002)), @"GitHubRepository.owner: `example-org/synth` is not what GitHub has; copy it from `gh api repos/OWNER/NAME`");
}

#[test]
fn a_subject_names_owner_and_repository_by_their_ids() {
    let repository = GitHubRepository::new(("example-org", 1001), ("synth", 2002));
    assert_eq!(
        repository.subjects("environment:prod"),
        ["repo:example-org@1001/synth@2002:environment:prod"]
    );
}

#[test]
fn an_older_repository_has_the_subject_without_numbers_alone() {
    let mut repository = GitHubRepository::new(("example-org", 1001), ("synth", 2002));
    repository.subject = Subject::Named;
    assert_eq!(
        repository.subjects("pull_request"),
        ["repo:example-org/synth:pull_request"]
    );
}

#[test]
fn a_repository_that_changes_over_has_both_subjects() {
    let mut repository = GitHubRepository::new(("example-org", 1001), ("synth", 2002));
    repository.subject = Subject::Both;
    assert_eq!(
        repository.subjects("pull_request").last().unwrap(),
        "repo:example-org/synth:pull_request"
    );
}

#[test]
fn what_is_still_the_examples_is_told() {
    let mut system = system(|_| {});
    let before = system.still_example().len();
    system.owner.notify = Email::new("me@acme.dev");
    assert_eq!(system.still_example().len(), before - 1);
}
