//! What a system costs while nothing happens is counted in its templates.

use serde_json::json;
use synth::model::{Egress, Override, System};
use synth::systems;

fn cars() -> System {
    systems::cars_api()
}

/// The rows of the table, without its head.
fn rows(system: &System) -> Vec<String> {
    let files = crate::alone::render(system).files;
    let page = &files[&format!("out/{}/COSTS.md", system.name)];
    let rows = page.lines().filter(|line| line.starts_with('|'));
    rows.skip(2).map(str::to_owned).collect()
}

#[test]
fn every_part_of_the_network_and_what_runs_in_it_has_a_price_and_a_number() {
    insta::assert_snapshot!(rows(&cars())[..7].join("\n"), @"
    | NAT gateways | 0.045 an hour | 32.85 (1) | 98.55 (3) |
    | Public IPv4 addresses | 0.005 an hour | 10.95 (3) | 21.90 (6) |
    | Load balancer | 0.0225 an hour | 16.43 (1) | 16.43 (1) |
    | Firewall, and each of its rules | 5 a month, 1 a month | none | 9.00 (4 rules) |
    | Tasks, at the fewest, by vCPU and GiB | 0.03238 an hour, 0.00356 an hour | 14.42 (2) | 28.84 (2) |
    | Database, and its standby | by class | 11.68 (1 db.t4g.micro) | 94.90 (2 db.t4g.medium) |
    | Their disks, by GiB | 0.115 a month | 2.30 (20) | 11.50 (100) |
    ");
}

#[test]
fn a_sum_is_what_its_column_comes_to() {
    let rows = rows(&cars());
    let cents = |row: &String| -> i64 {
        let cell = row.split('|').nth(3).unwrap();
        let number = cell.trim().trim_matches('*').split(' ').next().unwrap();
        number.replace('.', "").parse().unwrap_or(0)
    };
    let (sum, parts) = rows.split_last().unwrap();
    assert_eq!(cents(sum), parts.iter().map(cents).sum::<i64>());
}

#[test]
fn a_network_without_a_way_out_pays_for_endpoints_in_each_zone_and_for_no_gateway() {
    let mut system = cars();
    system.environments.truncate(1);
    system.environments[0].network_mut().egress = Egress::Endpoints;
    insta::assert_snapshot!(rows(&system)[..2].join("\n"), @"
    | Interface endpoints, in each zone | 0.01 an hour | 58.40 (8) |
    | Public IPv4 addresses | 0.005 an hour | 7.30 (2) |
    ");
}

#[test]
fn the_day_of_the_prices_stands_before_them_with_where_to_look_them_up() {
    let page = &crate::pages::all()["out/cars-api/COSTS.md"];
    insta::assert_snapshot!(page.split("\n\n").nth(2).unwrap().trim(), @"In a month of 730 hours, in US dollars, while nothing happens: list prices of us-east-1, checked on 29 November 2026 against what others tell of them, before taxes, discounts and free tiers. Prices change: [look them up](https://aws.amazon.com/pricing/) or [calculate](https://calculator.aws) before you decide. In brackets is how many there are.");
}

#[test]
fn what_nobody_looked_up_is_said_and_not_guessed() {
    let mut system = cars();
    let class = Override::set(
        "Database",
        "DBInstanceClass",
        json!("db.x2g.large"),
        "it keeps every row in memory",
    );
    system.overrides = vec![(None, synth::model::Stack::Data, class)];
    let rows = rows(&system);
    let told = rows.iter().find(|row| row.contains("Database"));
    insta::assert_snapshot!(told.unwrap(), @"| Database, and its standby | by class | not known here (db.x2g.large) | not known here (db.x2g.large) |");
    assert!(rows.last().unwrap().contains("**more than "), "{rows:?}");
}
