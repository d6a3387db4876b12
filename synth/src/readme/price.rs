//! What AWS asks for what is there whether anybody uses it or not.
//!
//! List prices in us-east-1 without discounts, free tiers and taxes, looked up in November 2026. AWS's own pages are the
//! last word: "Amazon VPC pricing", "AWS `PrivateLink` pricing", "Elastic Load Balancing pricing", "AWS WAF pricing",
//! "AWS Fargate pricing", "Amazon RDS for MySQL pricing", "AWS Key Management Service pricing", "AWS Secrets Manager
//! pricing", "Amazon CloudWatch pricing".

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

/// A NAT gateway, before traffic.
pub(super) const NAT_GATEWAY: Price = Price::an_hour(45_000);
/// An interface endpoint in a zone, before traffic.
pub(super) const ENDPOINT: Price = Price::an_hour(10_000);
/// A public IPv4 address, in use or not, a load balancer's among them (since February 2024).
pub(super) const ADDRESS: Price = Price::an_hour(5_000);
/// An Application Load Balancer, before what it forwards.
pub(super) const LOAD_BALANCER: Price = Price::an_hour(22_500);
/// A web ACL, before requests; the same in every region.
pub(super) const WEB_ACL: Price = Price::a_month(5_000_000);
/// A rule of a web ACL; a group of AWS's own rules counts as one.
pub(super) const RULE: Price = Price::a_month(1_000_000);
/// A vCPU of a task on AWS's own processors.
pub(super) const VCPU: Price = Price::an_hour(32_380);
/// A GiB of memory of a task on AWS's own processors.
pub(super) const GIB: Price = Price::an_hour(3_560);
/// A GiB of a database's disk of the type gp3. A standby has one of its own.
pub(super) const DISK: Price = Price::a_month(115_000);
/// A key that is not AWS's own, before requests.
pub(super) const KEY: Price = Price::a_month(1_000_000);
/// A secret, before requests.
pub(super) const SECRET: Price = Price::a_month(400_000);
/// A metric that an alarm looks at every minute.
pub(super) const ALARM: Price = Price::a_month(100_000);
/// An alarm on other alarms.
pub(super) const COMPOSITE_ALARM: Price = Price::a_month(500_000);
/// A dashboard.
pub(super) const DASHBOARD: Price = Price::a_month(3_000_000);

/// A `MySQL` database without its disk; a standby costs as much again. Nothing for a class that nobody looked up.
///
/// The classes T4g agree with guides of 2026 for us-east-1; M7g and R7g are of February 2024 in us-west-2, whose prices
/// are the same (hashicorp/terraform-provider-aws: `internal/service/rds/consts_test.go`).
pub(super) fn database(class: &str) -> Option<Price> {
    let millionths = match class {
        "db.t4g.micro" => 16_000,
        "db.t4g.small" => 32_000,
        "db.t4g.medium" => 65_000,
        "db.t4g.large" => 129_000,
        "db.m7g.large" => 168_000,
        "db.m7g.xlarge" => 337_000,
        "db.m7g.2xlarge" => 674_000,
        "db.r7g.large" => 239_000,
        "db.r7g.xlarge" => 478_000,
        "db.r7g.2xlarge" => 956_000,
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
