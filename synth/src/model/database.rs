//! Databases: where a system keeps what it knows.

use super::check::Here;
use super::{Capacity, Need, Seconds};

/// A database engine in a version that AWS supports without an extra charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// `MySQL` 8.4, in standard support until July 2029; RDS chooses the newest minor version.
    MySql84,
}

impl Engine {
    /// Its name and version for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::MySql84 => "MySQL 8.4",
        }
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(self) -> u16 {
        match self {
            Self::MySql84 => 3306,
        }
    }
}

/// A database: the same in every environment but for its [`Instance`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// What it is.
    pub engine: Engine,
    /// The name of the database, and of the user that the service is: it may change rows and nothing else.
    pub name: String,
    /// The name of the user that the migration is, and that may do everything: up to 16 letters and digits. A database
    /// that was made with another name keeps that one; RDS cannot change it, so that the model names it.
    pub master: String,
}

impl Database {
    /// A `MySQL` database.
    #[must_use]
    pub fn mysql(name: &str) -> Self {
        Self {
            engine: Engine::MySql84,
            name: name.to_owned(),
            master: "migration".to_owned(),
        }
    }

    /// To change its rows: what a service needs of it.
    #[must_use]
    pub fn rows(&self) -> Need {
        Need::Rows {
            database: self.name.clone(),
        }
    }

    /// To bring its tables up to date and make the service's user: what a migration needs of it. It has the rights of
    /// the master.
    #[must_use]
    pub fn schema(&self) -> Need {
        Need::Schema {
            database: self.name.clone(),
        }
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        let letters = self.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let begins = self.name.starts_with(|c: char| c.is_ascii_lowercase());
        // A user's name has at most 32 characters in MySQL.
        if !letters || !begins || self.name.len() > 32 || RESERVED.contains(&self.name.as_str()) {
            here.refuse(
                "Database.name",
                &self.name,
                "is not a name for a database and its user",
                "use up to 32 lower-case letters and digits, the first a letter, and none of MySQL's own names",
            );
        }
        let letters = self
            .master
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let begins = self.master.starts_with(|c: char| c.is_ascii_lowercase());
        // Databases were made with this one.
        let taken = self.master != "admin" && RESERVED.contains(&self.master.as_str());
        if !letters || !begins || self.master.len() > 16 || taken || self.master == self.name {
            here.refuse(
                "Database.master",
                &self.master,
                "is not a name for the user of the migration",
                "use up to 16 lower-case letters and digits, the first a letter, and neither the database's name nor one of MySQL's own",
            );
        }
    }
}

/// Names that the server or RDS has taken.
const RESERVED: [&str; 6] = ["admin", "mysql", "rdsadmin", "rdsrepladmin", "root", "sys"];

/// A size of instance, on AWS's own processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are AWS's")]
pub enum InstanceClass {
    T4gMicro,
    T4gSmall,
    T4gMedium,
    T4gLarge,
    M7gLarge,
    M7gXlarge,
    M7g2xlarge,
    R7gLarge,
    R7gXlarge,
    R7g2xlarge,
}

impl InstanceClass {
    /// As AWS names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// Its memory in GiB (Amazon RDS user guide, "Hardware specifications for DB instance classes").
    #[must_use]
    pub fn memory(self) -> u32 {
        self.facts().1
    }

    /// How many connections the database takes: a fixed number, so that alarms and pools know it. It is three quarters
    /// of what AWS would allow for that much memory.
    #[must_use]
    pub fn connections(self) -> u32 {
        self.memory() * 64
    }

    /// Whether Performance Insights looks into it (Amazon RDS user guide, "Performance Insights support").
    #[must_use]
    pub fn has_insights(self) -> bool {
        !matches!(self, Self::T4gMicro | Self::T4gSmall)
    }

    fn facts(self) -> (&'static str, u32) {
        match self {
            Self::T4gMicro => ("db.t4g.micro", 1),
            Self::T4gSmall => ("db.t4g.small", 2),
            Self::T4gMedium => ("db.t4g.medium", 4),
            Self::T4gLarge => ("db.t4g.large", 8),
            Self::M7gLarge => ("db.m7g.large", 8),
            Self::M7gXlarge => ("db.m7g.xlarge", 16),
            Self::M7g2xlarge => ("db.m7g.2xlarge", 32),
            Self::R7gLarge => ("db.r7g.large", 16),
            Self::R7gXlarge => ("db.r7g.xlarge", 32),
            Self::R7g2xlarge => ("db.r7g.2xlarge", 64),
        }
    }
}

/// Whether a copy waits to take over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standby {
    /// A copy in another zone has every change and takes over within a minute or two, under the same name.
    OtherZone,
    /// None: the database is away while it is restarted, patched or restored.
    None,
}

/// How closely the database is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insight {
    /// By its metrics, every minute.
    Basic,
    /// By its operating system too, and by its statements where the class can.
    Enhanced {
        /// How often: 1, 5, 10, 15, 30 or 60 seconds.
        every: Seconds,
    },
}

/// Disk space in GiB. It grows by itself up to a limit, and never shrinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// What there is at first: at least 20.
    pub first: u32,
    /// What there can be at the most: at least a tenth more.
    pub most: u32,
}

/// A time in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

/// The database of one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its size.
    pub class: InstanceClass,
    /// Its disk.
    pub storage: Storage,
    /// Whether a copy waits to take over.
    pub standby: Standby,
    /// How long its daily backups are kept, 1 to 35 days: to any second of that time it can be restored.
    pub backups: Days,
    /// How closely it is looked at.
    pub insight: Insight,
}

/// Connections that are for people, migrations and AWS.
const SPARE: u32 = 8;

impl Instance {
    /// The smallest there is, alone.
    #[must_use]
    pub fn small() -> Self {
        Self {
            class: InstanceClass::T4gMicro,
            storage: Storage { first: 20, most: 50 },
            standby: Standby::None,
            backups: Days(1),
            insight: Insight::Basic,
        }
    }

    /// A small one with a standby in another zone, a month of backups, and a closer look.
    #[must_use]
    pub fn steady() -> Self {
        Self {
            class: InstanceClass::T4gMedium,
            storage: Storage { first: 50, most: 500 },
            standby: Standby::OtherZone,
            backups: Days(30),
            insight: Insight::Enhanced { every: Seconds(60) },
        }
    }

    /// How many connections each task may hold, so that all of them find room even while a release doubles them.
    #[must_use]
    pub fn pool(&self, capacity: Capacity) -> u32 {
        let tasks = capacity.most().saturating_mul(2).max(1);
        (self.class.connections().saturating_sub(SPARE) / tasks).min(10)
    }

    pub(super) fn check(&self, capacity: Capacity, here: &mut Here<'_>) {
        let Storage { first, most } = self.storage;
        // Storage of the type gp3 (Amazon RDS user guide, "Amazon RDS DB instance storage").
        if first < 20 || most > 65_536 || most < first.saturating_add(first.div_ceil(10)) {
            let help = "use 20 GiB or more at first, and at the most a tenth more than that to 65,536";
            here.refuse("Instance.storage", &format!("{first} to {most}"), "is no range", help);
        }
        if !(1..=35).contains(&self.backups.0) {
            let help = "keep backups for 1 to 35 days";
            here.refuse(
                "Instance.backups",
                &self.backups.0,
                "is not a time that RDS keeps",
                help,
            );
        }
        if let Insight::Enhanced { every } = self.insight
            && ![1, 5, 10, 15, 30, 60].contains(&every.0)
        {
            let help = "look every 1, 5, 10, 15, 30 or 60 seconds";
            here.refuse("Insight.every", &every.0, "is not an interval of RDS's", help);
        }
        if self.pool(capacity) == 0 {
            let saw = format!("{} tasks on {}", capacity.most(), self.class.name());
            let help = "use a larger class or fewer tasks";
            here.refuse("Instance.class", &saw, "leaves no connection to each task", help);
        }
    }
}
