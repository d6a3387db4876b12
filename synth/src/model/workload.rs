//! What runs beside the service, and what of the stores everything needs.

use super::check::{Here, is_word};

/// Something that runs beside the service, in its image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// What it runs as.
    pub runs: Runs,
    /// What it needs of the stores.
    pub needs: Vec<Need>,
}

/// What a workload runs as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runs {
    /// A command that runs once before each release, in the image that is about to be released.
    BeforeRelease(Vec<String>),
}

/// What may be done with a store. Only the store that is needed makes one, so that nothing is asked of a store that
/// cannot give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// To change the rows of a database, and nothing else there.
    Rows {
        /// The name of the database.
        database: String,
    },
    /// To change the tables of a database and who may use it: everything.
    Schema {
        /// The name of the database.
        database: String,
    },
    /// To read a secret.
    Secret {
        /// The name of the secret.
        secret: String,
    },
}

impl Need {
    /// The name of the store that it is about.
    #[must_use]
    pub fn store(&self) -> &str {
        match self {
            Self::Rows { database: store } | Self::Schema { database: store } | Self::Secret { secret: store } => store,
        }
    }
}

impl Workload {
    /// A command that runs once before each release: the program of the image and its arguments.
    #[must_use]
    pub fn before_release(command: &[&str], needs: Vec<Need>) -> Self {
        Self {
            runs: Runs::BeforeRelease(command.iter().map(|&word| word.to_owned()).collect()),
            needs,
        }
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        let Runs::BeforeRelease(command) = &self.runs;
        if command.is_empty() || !command.iter().all(|word| is_word(word)) {
            let help = "name the program of the image and its arguments, such as `/service migrate`";
            here.refuse("Workload.runs", &command.join(" "), "is not a command", help);
        }
    }
}
