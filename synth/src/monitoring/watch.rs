//! When somebody is told.

use super::signal::{Signal, Summed};
use crate::model::{Alert, Environment, Instance, Namespace, Percent, Storage, When};

/// What is compared, minute by minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A signal. Of what is measured of each version, the worst one counts.
    Signal(Signal, Summed),
    /// By how much a signal that only grows has grown in a minute.
    Growth(Signal),
    /// Tasks that run, less those that are asked for, which scaling changes.
    MissingTasks,
    /// The share of requests that failed, of those that came, in percent.
    FailedShare {
        /// Minutes in which fewer failed count as good.
        least: u32,
    },
}

/// On which side of the bound it is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Above,
    Below,
}

/// What a minute without a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It counts as a good one: what is not there does not fail.
    Good,
    /// It counts as a bad one.
    Bad,
    /// It is shown as what it is.
    Shown,
}

/// How many minutes of how many must be bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Lasting {
    pub minutes: u32,
    pub of: u32,
}

/// A condition that somebody is told about when it begins and when it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    /// What is compared.
    pub measure: Measure,
    /// On which side of the bound it is bad.
    pub side: Side,
    /// The bound, in the measure's unit; what is equal to it is good.
    pub bound: f64,
    /// How long it must be so.
    pub lasting: Lasting,
    /// What a minute without a number means.
    pub unknown: Unknown,
}

/// One request in twenty is more than any deployment is worth.
const ERRORS: Percent = Percent::of::<5>();

/// So many must fail in a minute: where ten requests come, one that fails is a tenth of them, and may be anything.
const FAILURES: u32 = 5;

/// What bounds of alerts follow from, in one place where a system runs.
#[derive(Clone, Copy, Debug)]
pub struct Extent<'a> {
    /// The fewest pods or tasks that there may be.
    pub fewest: u32,
    /// Its database, if a system has one there.
    pub database: Option<&'a Instance>,
}

impl Extent<'_> {
    /// A share of the connections that the database takes, which its parameters fix.
    fn connections(self, share: Percent) -> f64 {
        let most = self.database.map_or(0, |database| database.class.connections());
        f64::from(most * u32::from(share.number())) / 100.0
    }

    /// How much storage may be free before somebody is told, in bytes: a share of what it may grow to, and no more than a
    /// twentieth of what there is at first. RDS adds storage by itself when less than a tenth is free, in steps with hours
    /// between them (Amazon RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling"), and no
    /// metric tells how much there is by then: with a higher mark the alarm would be on while all is well. That storage
    /// comes near its end is told by the events of RDS, which knows.
    fn storage(self, share: Percent) -> f64 {
        const GIBIBYTE: f64 = 1024.0 * 1024.0 * 1024.0;
        let Some(Instance {
            storage: Storage { first, most },
            ..
        }) = self.database
        else {
            return 0.0;
        };
        let wanted = f64::from(*most) * f64::from(share.number()) / 100.0;
        wanted.min(f64::from(*first) / 20.0) * GIBIBYTE
    }
}

impl<'a> From<&'a Environment> for Extent<'a> {
    fn from(environment: &'a Environment) -> Self {
        Self {
            fewest: environment.scale.capacity.initial(),
            database: Some(&environment.database),
        }
    }
}

impl From<&Namespace> for Extent<'_> {
    fn from(namespace: &Namespace) -> Self {
        Self {
            fewest: namespace.capacity.initial(),
            database: None,
        }
    }
}

impl Watch {
    /// What an alert means where a system runs.
    #[must_use]
    pub fn of<'a>(alert: &Alert, extent: impl Into<Extent<'a>>) -> Self {
        let extent = extent.into();
        let minutes = alert.lasting.0;
        let above = |signal, summed, bound, unknown| Self {
            measure: Measure::Signal(signal, summed),
            side: Side::Above,
            bound,
            lasting: every(minutes),
            unknown,
        };
        let average = |signal, share: Percent| above(signal, Summed::Average, share.number().into(), Unknown::Shown);
        match alert.when {
            When::CpuAbove(share) => average(Signal::Cpu, share),
            When::MemoryAbove(share) => average(Signal::Memory, share),
            When::UnhealthyTask => above(Signal::Unhealthy, Summed::Most, 0.0, Unknown::Good),
            When::SlowerThan(percentile, milliseconds) => {
                let (summed, bound) = (Summed::Percentile(percentile), f64::from(milliseconds) / 1000.0);
                above(Signal::ResponseTime, summed, bound, Unknown::Good)
            }
            When::ErrorsAbove(share) => failures(share, 1, every(minutes)),
            When::TooFewTasks => too_few(minutes),
            When::Restarts => growth(Signal::Restarts, minutes),
            When::PolicyBroken => growth(Signal::Denied, minutes),
            When::CallsRefusedAbove(calls) => above(Signal::RefusedCalls, Summed::Sum, calls.into(), Unknown::Good),
            When::DatabaseCpuAbove(share) => average(Signal::DatabaseCpu, share),
            When::DatabaseConnectionsAbove(share) => {
                let bound = extent.connections(share);
                above(Signal::Connections, Summed::Most, bound, Unknown::Shown)
            }
            When::DatabaseStorageBelow(share) => Self {
                side: Side::Below,
                ..above(
                    Signal::FreeStorage,
                    Summed::Least,
                    extent.storage(share),
                    Unknown::Shown,
                )
            },
        }
    }

    /// That fewer tasks run than the least there may be, or that there is no word of any.
    #[must_use]
    pub fn below_minimum<'a>(alert: &Alert, extent: impl Into<Extent<'a>>) -> Self {
        Self {
            measure: Measure::Signal(Signal::Running, Summed::Least),
            side: Side::Below,
            bound: extent.into().fewest.into(),
            lasting: every(alert.lasting.0),
            unknown: Unknown::Bad,
        }
    }

    /// What takes a deployment back, with the role of each and what it says. They are quicker than those that tell
    /// people, and tell nobody.
    #[must_use]
    pub fn of_deployment() -> [(&'static str, &'static str, Self); 2] {
        let unhealthy = Self {
            measure: Measure::Signal(Signal::Unhealthy, Summed::Least),
            side: Side::Above,
            bound: 0.0,
            lasting: every(3),
            unknown: Unknown::Good,
        };
        [
            (
                "deployment-errors",
                "A deployment is taken back: more than 5 % of requests, and 5 or more, failed in 2 of 3 minutes",
                failures(ERRORS, FAILURES, Lasting { minutes: 2, of: 3 }),
            ),
            (
                "deployment-unhealthy",
                "A deployment is taken back: a task fails its health check for 3 minutes",
                unhealthy,
            ),
        ]
    }
}

fn every(minutes: u32) -> Lasting {
    Lasting { minutes, of: minutes }
}

fn failures(share: Percent, least: u32, lasting: Lasting) -> Watch {
    Watch {
        measure: Measure::FailedShare { least },
        side: Side::Above,
        bound: share.number().into(),
        lasting,
        unknown: Unknown::Good,
    }
}

/// With no task at all there is no word of either number: [`Watch::below_minimum`] is on then.
fn too_few(minutes: u32) -> Watch {
    Watch {
        measure: Measure::MissingTasks,
        side: Side::Below,
        bound: 0.0,
        lasting: every(minutes),
        unknown: Unknown::Good,
    }
}

/// What has happened again, of what is only counted.
fn growth(signal: Signal, minutes: u32) -> Watch {
    Watch {
        measure: Measure::Growth(signal),
        side: Side::Above,
        bound: 0.0,
        lasting: every(minutes),
        unknown: Unknown::Good,
    }
}
