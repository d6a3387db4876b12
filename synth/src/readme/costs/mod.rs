//! What an environment costs while nothing happens: counted in its templates.

mod database;

use serde::Serialize;
use serde_json::Value as Json;

use super::price::{self, Dollars, Price};
use super::words::{list, plain};
use crate::render::{Site, Whole};

/// The table.
#[derive(Serialize)]
pub(super) struct View {
    rows: Vec<Row>,
    /// The sum of each environment.
    sums: Vec<String>,
    /// The regions whose prices these are not, in words; empty if there is none.
    elsewhere: String,
    /// The price of a machine for pods, and what Auto Mode asks for besides.
    machine: String,
    surcharge: &'static str,
    /// The day of the prices.
    checked: &'static str,
}

/// A part in every environment.
#[derive(Serialize)]
struct Row {
    what: &'static str,
    price: String,
    values: Vec<String>,
}

/// What a part of an environment costs in a month.
enum Cost {
    /// It has none.
    Nothing,
    /// So much, for so many.
    Known(Dollars, String),
    /// More than nothing: what it is.
    Unknown(String),
}

/// A part, its price in words, and how it is counted.
struct Part {
    what: &'static str,
    price: String,
    of: Box<dyn Fn(&Site<'_>) -> Cost>,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let mut sums = vec![(Dollars::default(), false); whole.sites.len()];
    let rows = parts().into_iter().filter_map(|part| row(whole, &part, &mut sums));
    let rows = rows.collect();
    let told = |(sum, open): &(Dollars, bool)| format!("{}{sum}", if *open { "more than " } else { "" });
    let mut regions: Vec<&str> = Vec::new();
    for site in &whole.sites {
        let region = site.environment.account().region.as_str();
        if region != "us-east-1" && !regions.contains(&region) {
            regions.push(region);
        }
    }
    View {
        rows,
        checked: price::CHECKED,
        machine: price::MACHINE.to_string(),
        surcharge: price::SURCHARGE,
        sums: sums.iter().map(told).collect(),
        elsewhere: if regions.is_empty() {
            String::new()
        } else {
            list(&regions)
        },
    }
}

/// The line of a part, if any environment has it. A sum knows whether something is not in it.
fn row(whole: &Whole<'_>, part: &Part, sums: &mut [(Dollars, bool)]) -> Option<Row> {
    let costs: Vec<Cost> = whole.sites.iter().map(&part.of).collect();
    if costs.iter().all(|cost| matches!(cost, Cost::Nothing)) {
        return None;
    }
    for (cost, (sum, open)) in costs.iter().zip(sums) {
        match cost {
            Cost::Nothing => {}
            Cost::Known(dollars, _) => *sum = *sum + dollars.rounded(),
            Cost::Unknown(_) => *open = true,
        }
    }
    let value = |cost: Cost| match cost {
        Cost::Nothing => "none".to_owned(),
        Cost::Known(dollars, number) => format!("{dollars} ({number})"),
        Cost::Unknown(what) => format!("not known here ({what})"),
    };
    Some(Row {
        what: part.what,
        price: part.price.clone(),
        values: costs.into_iter().map(value).collect(),
    })
}

fn parts() -> Vec<Part> {
    let rules = format!("{}, {}", price::WEB_ACL, price::RULE);
    let sizes = format!("{}, {}", price::VCPU, price::GIB);
    let metrics = format!("{}, {}", price::ALARM, price::COMPOSITE_ALARM);
    let zones = |site: &Site<'_>| subnets(site, "AWS::EC2::VPCEndpoint", "SubnetIds", |_| true);
    vec![
        counted("NAT gateways", price::NAT_GATEWAY, |site| {
            count(site, "AWS::EC2::NatGateway")
        }),
        counted("Interface endpoints, in each zone", price::ENDPOINT, zones),
        counted("Public IPv4 addresses", price::ADDRESS, addresses),
        counted("Load balancer", price::LOAD_BALANCER, balancers),
        counted("Control plane of the cluster", price::CONTROL_PLANE, |site| {
            count(site, "AWS::EKS::Cluster")
        }),
        part("Machines of the cluster", "by type".to_owned(), nodes),
        part("Firewall, and each of its rules", rules, firewall),
        part("Tasks, at the fewest, by vCPU and GiB", sizes, tasks),
        part("Database, and its standby", "by class".to_owned(), database::machines),
        part("Their disks, by GiB", price::DISK.to_string(), database::disk),
        counted("Keys", price::KEY, |site| count(site, "AWS::KMS::Key")),
        counted("Secrets", price::SECRET, secrets),
        part("Metrics in alarms, and `page`", metrics, alarms),
        counted("Dashboard", price::DASHBOARD, |site| {
            count(site, "AWS::CloudWatch::Dashboard")
        }),
    ]
}

fn part(what: &'static str, price: String, of: impl Fn(&Site<'_>) -> Cost + 'static) -> Part {
    let of = Box::new(of);
    Part { what, price, of }
}

/// A part of which each costs the same.
fn counted(what: &'static str, price: Price, number: fn(&Site<'_>) -> u64) -> Part {
    part(what, price.to_string(), move |site| each(price, number(site)))
}

const LOAD_BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";

fn each(price: Price, number: u64) -> Cost {
    match number {
        0 => Cost::Nothing,
        number => Cost::Known(price.times(number), number.to_string()),
    }
}

fn count(site: &Site<'_>, kind: &str) -> u64 {
    length(site.of_type(kind).count())
}

fn length(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn items(list: &Json) -> u64 {
    length(list.as_array().map_or(0, Vec::len))
}

/// In how many subnets resources of a type are, each in all of its own.
fn subnets(site: &Site<'_>, kind: &str, property: &str, counts: fn(&Json) -> bool) -> u64 {
    let all = site.of_type(kind).map(|resource| &resource["Properties"]);
    all.filter(|properties| counts(properties))
        .map(|properties| items(&properties[property]))
        .sum()
}

/// Those of one's own, and one of each zone of a load balancer that the internet reaches.
fn addresses(site: &Site<'_>) -> u64 {
    let faces = |properties: &Json| properties["Scheme"].as_str() != Some("internal");
    let of_entries = length(site.objects_of("Ingress")) * zones(site);
    count(site, "AWS::EC2::EIP") + subnets(site, LOAD_BALANCER, "Subnets", faces) + of_entries
}

/// Those of the stacks, and those that the cluster makes, one for each Ingress.
fn balancers(site: &Site<'_>) -> u64 {
    count(site, LOAD_BALANCER) + length(site.objects_of("Ingress"))
}

fn zones(site: &Site<'_>) -> u64 {
    site.environment.network().zones.count().into()
}

/// A group has as many as it says. Auto Mode chooses them: pods are spread over the zones, so that there is one in each that a pod must stand in.
fn nodes(site: &Site<'_>) -> Cost {
    if count(site, "AWS::EKS::Cluster") == 0 {
        return Cost::Nothing;
    }
    let mut groups = site.of_type("AWS::EKS::Nodegroup");
    if let Some(group) = groups.next() {
        let group = &group["Properties"];
        let (number, kind) = (&group["ScalingConfig"]["DesiredSize"], &group["InstanceTypes"][0]);
        return Cost::Unknown(format!("{number} of {}", kind.as_str().unwrap_or_default()));
    }
    let least = u64::from(site.environment.scale.capacity.initial()).min(zones(site));
    Cost::Unknown(format!("{least} or more, as Auto Mode chooses"))
}

fn firewall(site: &Site<'_>) -> Cost {
    let firewalls = count(site, "AWS::WAFv2::WebACL");
    let all = site.of_type("AWS::WAFv2::WebACL");
    let rules: u64 = all.map(|acl| items(&acl["Properties"]["Rules"])).sum();
    match firewalls {
        0 => Cost::Nothing,
        _ => Cost::Known(
            price::WEB_ACL.times(firewalls) + price::RULE.times(rules),
            format!("{rules} rules"),
        ),
    }
}

/// A whole number, as templates write them: as a number or as a text, the first branch of a condition.
fn number(value: &Json) -> Option<u64> {
    plain(value).parse().ok()
}

/// The tasks of the service, of which there are never fewer: those of migrations run for minutes.
fn tasks(site: &Site<'_>) -> Cost {
    let mut parts = site.parts.iter().map(|part| &part.template["Resources"]);
    let found = parts.find_map(|resources| Some((resources, of_kind(resources, "AWS::ECS::Service")?)));
    let Some((resources, service)) = found else {
        return Cost::Nothing;
    };
    let target = of_kind(resources, "AWS::ApplicationAutoScaling::ScalableTarget");
    let least = number(target.map_or(&service["DesiredCount"], |target| &target["MinCapacity"]));
    let Some(task) = of_kind(resources, "AWS::ECS::TaskDefinition") else {
        return Cost::Unknown("how large".to_owned());
    };
    let (Some(least), Some(cpu), Some(memory)) = (least, number(&task["Cpu"]), number(&task["Memory"])) else {
        return Cost::Unknown("how many, how large".to_owned());
    };
    if task["RuntimePlatform"]["CpuArchitecture"].as_str() != Some("ARM64") {
        return Cost::Unknown("on other processors".to_owned());
    }
    // A vCPU has 1024 units, and a GiB 1024 MiB.
    let thousandths = |units: u64| units.saturating_mul(least).saturating_mul(1000) / 1024;
    let sum = price::VCPU.thousandths(thousandths(cpu)) + price::GIB.thousandths(thousandths(memory));
    Cost::Known(sum, least.to_string())
}

/// The properties of the first resource of a type.
fn of_kind<'a>(resources: &'a Json, kind: &str) -> Option<&'a Json> {
    let mut all = resources.as_object()?.values();
    let first = all.find(|resource| resource["Type"].as_str() == Some(kind))?;
    Some(&first["Properties"])
}

/// Those of the stacks, and those that RDS makes for masters.
fn secrets(site: &Site<'_>) -> u64 {
    let managed = database::all(site).filter(|database| database["ManageMasterUserPassword"].as_bool() == Some(true));
    count(site, "AWS::SecretsManager::Secret") + length(managed.count())
}

/// An alarm costs by the metrics that it looks at. Target tracking makes two alarms for each policy.
fn alarms(site: &Site<'_>) -> Cost {
    let metrics = |alarm: &Json| {
        let queries = alarm["Properties"]["Metrics"].as_array();
        let measured = |queries: &Vec<Json>| queries.iter().filter(|query| query["MetricStat"].is_object()).count();
        queries.map_or(1, |queries| length(measured(queries)))
    };
    let own: u64 = site.of_type("AWS::CloudWatch::Alarm").map(metrics).sum();
    let scaling = site.of_type("AWS::ApplicationAutoScaling::ScalingPolicy");
    let tracking =
        scaling.filter(|policy| policy["Properties"]["PolicyType"].as_str() == Some("TargetTrackingScaling"));
    let all = own + 2 * length(tracking.count());
    let composite = count(site, "AWS::CloudWatch::CompositeAlarm");
    match all + composite {
        0 => Cost::Nothing,
        _ => Cost::Known(
            price::ALARM.times(all) + price::COMPOSITE_ALARM.times(composite),
            format!("{all} and {composite}"),
        ),
    }
}
