//! Sets of systems: what stands side by side, and how all that is wrong is told.

use insta::assert_snapshot;
use synth::model::{
    AccountId, CertificateArn, Cidr, CloudProject, Domain, Egress, Email, Entry, GitHubRepository, IdentityProvider,
    Name, Platform, Region, Repository, Seconds, System, Systems,
};
use synth::systems::{cars_api, fastapi_devops, predict_api};

/// What is wrong with systems, with their places, of which only the file stays: lines move.
fn told(systems: Vec<System>) -> String {
    let text = Systems::new(systems).unwrap_err().to_string();
    let lines = text.lines().map(|line| match line.split_once(".rs:") {
        Some((file, rest)) => {
            let system = rest.split_once(", ").unwrap().1;
            format!("{file}.rs:_, {system}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn all_that_is_wrong_is_told_at_once_with_its_place() {
    let mut first = predict_api();
    first.name = Name::new("Predict");
    first.service.longest_request = Seconds(51);
    let mut second = cars_api();
    second.environments[0].account_mut().id = AccountId::new("1111");
    second.environments[1].name = Name::new("p");
    assert_snapshot!(told(vec![first, second]), @"
    4 values of the model are impossible

    System.name: `Predict` is not a name; use 2 to 20 lower-case letters, digits and single hyphens, the first a letter
      --> synth/tests/it/model/systems.rs:_, in the system `Predict`

    Service.longest_request: `51` does not leave time to stop within Fargate's 120 seconds; use 1 to 50 seconds
      --> synth/tests/it/model/systems.rs:_, in the system `Predict`

    Account.id: `1111` is not an AWS account; give its 12 digits, as `aws sts get-caller-identity` prints them
      --> synth/tests/it/model/systems.rs:_, in the system `cars-api`

    Environment.name: `p` is not a name; use 2 to 20 lower-case letters, digits and single hyphens, the first a letter
      --> synth/tests/it/model/systems.rs:_, in the system `cars-api`
    ");
}

#[test]
fn a_value_that_systems_share_is_told_of_once() {
    let shared = Email::new("platform");
    let mut systems = vec![predict_api(), cars_api()];
    for system in &mut systems {
        system.owner.notify = shared.clone();
    }
    assert_snapshot!(told(systems), @"
    a value of the model is impossible

    Owner.notify: `platform` is not an e-mail address; give one that somebody reads, such as `platform@example.com`
      --> synth/tests/it/model/systems.rs:_, in the system `predict-api`
    ");
}

#[test]
fn a_value_is_the_same_wherever_it_was_written() {
    let here = Name::new("a-name");
    assert_eq!(
        (here.clone(), here.cmp(&Name::new("a-name"))),
        (Name::new("a-name"), std::cmp::Ordering::Equal)
    );
    assert_ne!(here.place().to_string(), Name::new("a-name").place().to_string());
}

#[test]
fn a_system_of_a_set_knows_the_others() {
    let systems = Systems::new(vec![predict_api(), cars_api()]).unwrap();
    let cars = systems.named("cars-api").unwrap();
    let names: Vec<&str> = cars
        .systems()
        .each()
        .map(|system| system.system().name.as_str())
        .collect();
    assert_eq!(
        (cars.service.port, names),
        (synth::port!(5000), vec!["predict-api", "cars-api"])
    );
}

#[test]
fn a_second_identity_provider_in_an_account_is_refused_with_the_system_that_makes_the_first() {
    let mut second = cars_api();
    second.environments[0].account_mut().identity_provider = IdentityProvider::Make;
    assert_snapshot!(told(vec![predict_api(), second]), @"
    a value of the model is impossible

    Account.identity_provider: `Make` would be in its account twice, and AWS takes GitHub's identity provider once; say `IdentityProvider::Existing`, as `predict-api` makes it
      --> synth/src/systems/cars_api.rs:_, in the system `cars-api`
    ");
}

#[test]
fn two_systems_of_one_name_are_refused() {
    let mut second = cars_api();
    second.name = Name::new("predict-api");
    assert_snapshot!(told(vec![predict_api(), second]), @"
    a value of the model is impossible

    System.name: `predict-api` is the name of another system too; give each its own
      --> synth/tests/it/model/systems.rs:_, in the system `predict-api`
    ");
}

#[test]
fn a_machine_is_in_one_cluster_of_its_project() {
    let mut second = fastapi_devops();
    second.name = Name::new("other");
    second.owner.github = GitHubRepository::new(("example-org", 1001), ("other", 2003));
    second.pipeline.repository = Repository::Foreign;
    let Platform::Machines(machines) = &mut second.platform else {
        panic!("it runs on machines");
    };
    machines.workers.truncate(1);
    assert_snapshot!(told(vec![fastapi_devops(), second.clone()]), @"
    2 values of the model are impossible

    Host.name: `devops-instance-1` is in two clusters of one project; call it otherwise: `fastapi-devops` has a machine of that name
      --> synth/tests/it/model/systems.rs:_, in the system `other`

    Host.name: `devops-instance-2` is in two clusters of one project; call it otherwise: `fastapi-devops` has a machine of that name
      --> synth/tests/it/model/systems.rs:_, in the system `other`
    ");
    let Platform::Machines(machines) = &mut second.platform else {
        panic!("it runs on machines");
    };
    machines.cloud.project = CloudProject::new("other-project");
    assert!(Systems::new(vec![fastapi_devops(), second]).is_ok());
}

/// Two systems of this repository, the second changed.
fn beside(change: impl FnOnce(&mut System)) -> String {
    let mut second = cars_api();
    change(&mut second);
    told(vec![predict_api(), second])
}

#[test]
fn two_systems_of_one_host_are_refused() {
    let host = Entry::Https { host: "predict".into() };
    assert_snapshot!(beside(|cars| cars.environments[1].entry = host), @"
    a value of the model is impossible

    Entry.host: `predict.example.com` is the host of two environments; choose another name: `predict-api-prod` answers there
      --> synth/src/systems/cars_api.rs:_, in the system `cars-api`
    ");
}

#[test]
fn one_name_in_two_domains_is_fine() {
    let mut second = cars_api();
    second.owner.domain = Domain::new("acme.dev");
    second.environments[1].entry = Entry::Https { host: "predict".into() };
    assert!(Systems::new(vec![predict_api(), second]).is_ok());
}

#[test]
fn two_networks_of_one_block_in_an_account_and_region_are_refused() {
    assert_snapshot!(beside(|cars| cars.environments[1].network_mut().cidr = Cidr::ten(10)), @"
    a value of the model is impossible

    Network.cidr: `10.10.0.0/16` are the addresses of two networks of one account and region, which could never be peered; give another number to `Cidr::ten`: `predict-api-dev` has these
      --> synth/src/systems/cars_api.rs:_, in the system `cars-api`
    ");
}

#[test]
fn two_networks_of_one_block_in_two_accounts_are_fine() {
    let mut second = cars_api();
    second.environments[0].account_mut().id = AccountId::new("444455556666");
    second.environments[0].network_mut().cidr = Cidr::ten(10);
    assert!(Systems::new(vec![predict_api(), second]).is_ok());
}

#[test]
fn names_of_which_one_begins_another_in_an_account_are_refused() {
    let named = |cars: &mut System| {
        cars.name = Name::new("predict");
        cars.environments[0].name = Name::new("api-dev");
    };
    assert_snapshot!(beside(named), @"
    a value of the model is impossible

    Environment.name: `predict-api-dev` is how the names of another environment in the account begin, too; call one of `predict-api-dev` and `predict-api-dev` otherwise: IAM tells them apart by their names
      --> synth/tests/it/model/systems.rs:_, in the system `predict`
    ");
}

#[test]
fn names_that_only_sound_alike_are_fine() {
    let mut second = cars_api();
    second.environments[1].name = Name::new("dev2");
    assert!(Systems::new(vec![predict_api(), second]).is_ok());
}

#[test]
fn an_environment_whose_names_begin_like_all_of_anothers_is_refused() {
    let mut system = predict_api();
    system.environments[1].name = Name::new("dev-eu");
    assert_snapshot!(told(vec![system]), @"
    a value of the model is impossible

    Environment.name: `predict-api-dev` is how the names of another environment in the account begin, too; call one of `predict-api-dev` and `predict-api-dev-eu` otherwise: IAM tells them apart by their names
      --> synth/tests/it/model/systems.rs:_, in the system `predict-api`
    ");
}

#[test]
fn a_system_whose_names_begin_like_all_of_anothers_is_refused() {
    let mut second = cars_api();
    second.name = Name::new("predict-api-dev");
    assert_snapshot!(told(vec![predict_api(), second]), @"
    2 values of the model are impossible

    Environment.name: `predict-api-dev` is how the names of another environment in the account begin, too; call one of `predict-api-dev` and `predict-api-dev-dev` otherwise: IAM tells them apart by their names
      --> synth/src/systems/cars_api.rs:_, in the system `predict-api-dev`

    Environment.name: `predict-api-dev` is how the names of another environment in the account begin, too; call one of `predict-api-dev` and `predict-api-dev-prod` otherwise: IAM tells them apart by their names
      --> synth/src/systems/cars_api.rs:_, in the system `predict-api-dev`
    ");
}

#[test]
fn an_environment_without_a_way_to_the_registry_is_refused() {
    let mut system = predict_api();
    system.environments[1].account_mut().region = Region::new("eu-central-1");
    system.environments[1].account_mut().certificate =
        CertificateArn::new("arn:aws:acm:eu-central-1:111122223333:certificate/1b4c3f2e");
    system.environments[1].network_mut().egress = Egress::Endpoints;
    assert_snapshot!(told(vec![system]), @"
    a value of the model is impossible

    Network.egress: `prod` has no way to the registry, which is in the first environment's region; use a NAT gateway, or the same region
      --> synth/src/systems/predict_api.rs:_, in the system `predict-api`
    ");
}
