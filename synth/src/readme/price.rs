//! What AWS asks for what is there whether anybody uses it or not.
//!
//! List prices in us-east-1 without discounts, free tiers and taxes. None was read on AWS's own pages, which show most
//! prices by a script: each comes from what somebody else has published of them, with the date of that, and all were
//! compared on [`CHECKED`]. So the README gives that day, and leads to AWS's pages: they are the last word.

use std::fmt;

/// A month of AWS's price calculator, in hours.
const MONTH: u64 = 730;

/// US dollars, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dollars(u64);

/// What one of something costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    millionths: u64,
    by_the_hour: bool,
}

/// When the prices were last compared with their sources.
pub(super) const CHECKED: &str = "29 November 2026";

/// A NAT gateway, before traffic: an example of AWS's page for us-east-2, as transcribed in September 2026
/// (api-evangelist/amazon-vpc: `plans/amazon-vpc-plans-pricing.yml`).
pub(super) const NAT_GATEWAY: Price = Price::an_hour(45_000);
/// An interface endpoint in a zone, before traffic: `7.60` a month in a note of 2022, which no newer source contradicts.
pub(super) const ENDPOINT: Price = Price::an_hour(10_000);
/// A public IPv4 address, in use or not, a load balancer's among them: `3.65` a month since February 2024 in every region
/// (LeanerCloud/aws-ipv4-cost-viewer).
pub(super) const ADDRESS: Price = Price::an_hour(5_000);
/// An Application Load Balancer, before what it forwards: an example of AWS's page for us-east-1, as transcribed in
/// September 2026 (api-evangelist/amazon-elastic-load-balancing).
pub(super) const LOAD_BALANCER: Price = Price::an_hour(22_500);
/// A cluster's control plane in standard support: AWS's page in March 2026, as told in cloudburn.io's guide; 0.60 in
/// extended support, which no cluster here falls into.
pub(super) const CONTROL_PLANE: Price = Price::an_hour(100_000);
/// A machine of 2 vCPU and 8 GiB, m5.large, without Auto Mode: a lesson on EKS's prices that names no date
/// (kindatechnical.com, "Understanding EKS Pricing").
pub(super) const MACHINE: Price = Price::an_hour(96_000);
/// What Auto Mode asks for besides the price of a machine: a guide of June 2026 (factualminds.com, "Amazon EKS Pricing").
pub(super) const SURCHARGE: &str = "12 %";
/// A web ACL, before requests: several guides of 2025 and 2026, which give one price for all regions.
pub(super) const WEB_ACL: Price = Price::a_month(5_000_000);
/// A rule of a web ACL, from the same guides; a group of AWS's own rules counts as one (AWS Security Services Best
/// Practices, "WAF Cost").
pub(super) const RULE: Price = Price::a_month(1_000_000);
/// A vCPU of a task on AWS's own processors: a note that was taken from AWS's price list in September 2026.
pub(super) const VCPU: Price = Price::an_hour(32_380);
/// A GiB of memory of a task on AWS's own processors, from the same note.
pub(super) const GIB: Price = Price::an_hour(3_560);
/// A GiB of a database's disk of the type gp3: a guide of June 2026. A standby has one of its own.
pub(super) const DISK: Price = Price::a_month(115_000);
/// A key that is not AWS's own, before requests: notes of 2018 and 2019, which no newer source contradicts.
pub(super) const KEY: Price = Price::a_month(1_000_000);
/// A secret, before requests: an example of AWS's page, as transcribed in September 2026
/// (api-evangelist/amazon-secrets-manager).
pub(super) const SECRET: Price = Price::a_month(400_000);
/// A metric that an alarm looks at every minute, from sources without a date that agree.
pub(super) const ALARM: Price = Price::a_month(100_000);
/// An alarm on other alarms, from the same sources.
pub(super) const COMPOSITE_ALARM: Price = Price::a_month(500_000);
/// A dashboard: AWS's page in April 2022, as noted in nishinoshake/aws-rough#37.
pub(super) const DASHBOARD: Price = Price::a_month(3_000_000);

/// A `MySQL` database without its disk; a standby costs as much again. Nothing for a class that nobody looked up.
///
/// Prices of us-west-2 of 2 February 2024 (hashicorp/terraform-provider-aws at 585d9e1:
/// `internal/service/rds/consts_test.go`), taken for those of us-east-1, which guides of 2026 confirm for the classes
/// T4g. They end at `xlarge`: what a larger one costs is not known here.
pub(super) fn database(class: &str) -> Option<Price> {
    let millionths = match class {
        "db.t4g.micro" => 16_000,
        "db.t4g.small" => 32_000,
        "db.t4g.medium" => 65_000,
        "db.t4g.large" => 129_000,
        "db.m7g.large" => 168_000,
        "db.m7g.xlarge" => 337_000,
        "db.r7g.large" => 239_000,
        "db.r7g.xlarge" => 478_000,
        _ => return None,
    };
    Some(Price::an_hour(millionths))
}

impl Price {
    const fn an_hour(millionths: u64) -> Self {
        Self {
            millionths,
            by_the_hour: true,
        }
    }

    const fn a_month(millionths: u64) -> Self {
        Self {
            millionths,
            by_the_hour: false,
        }
    }

    /// What so many thousandths of one cost in a month: a task may have a quarter of a vCPU.
    pub(super) fn thousandths(self, number: u64) -> Dollars {
        let hours = if self.by_the_hour { MONTH } else { 1 };
        Dollars(self.millionths.saturating_mul(hours).saturating_mul(number) / 1000)
    }

    /// What so many cost in a month.
    pub(super) fn times(self, number: u64) -> Dollars {
        self.thousandths(number.saturating_mul(1000))
    }
}

/// Such as `0.045 an hour`.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:06}", self.millionths / 1_000_000, self.millionths % 1_000_000);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        let per = if self.by_the_hour { "an hour" } else { "a month" };
        write!(f, "{text} {per}")
    }
}

impl Dollars {
    /// To the cent, as it is shown: so a column comes to its sum.
    pub(super) fn rounded(self) -> Self {
        Self((self.0 + 5_000) / 10_000 * 10_000)
    }
}

impl std::ops::Add for Dollars {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// In dollars and cents.
impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.rounded().0 / 10_000;
        write!(f, "{}.{:02}", cents / 100, cents % 100)
    }
}
