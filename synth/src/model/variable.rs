//! What a task is told by the model itself.

/// The variables that tasks are given, each with its name. Nothing else can be set but a setting of the service, and a
/// setting has none of these names.
macro_rules! variables {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// A variable that the model gives to a task, because it must agree with something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Variable {
            $($(#[$doc])* $kind,)*
        }

        impl Variable {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}

variables! {
    /// For how many seconds a task that stops goes on taking requests.
    DrainDelay = "DRAIN_DELAY_SECONDS",
    /// For how many seconds it waits for answers after that.
    DrainTimeout = "DRAIN_TIMEOUT_SECONDS",
    /// For how many seconds it keeps a connection without requests.
    IdleTimeout = "IDLE_TIMEOUT_SECONDS",
    /// Where it listens.
    Port = "PORT",
    /// How long a request may take, in seconds.
    RequestTimeout = "REQUEST_TIMEOUT_SECONDS",
    /// Where the database is.
    DatabaseHost = "DATABASE_HOST",
    /// How many connections a task may hold.
    DatabaseMaxConnections = "DATABASE_MAX_CONNECTIONS",
    /// Which database.
    DatabaseName = "DATABASE_NAME",
    /// With which password the task signs in.
    DatabasePassword = "DATABASE_PASSWORD",
    /// Where the database listens.
    DatabasePort = "DATABASE_PORT",
    /// As whom the task signs in.
    DatabaseUsername = "DATABASE_USERNAME",
    /// The password of the user that the migration makes.
    ApplicationPassword = "APPLICATION_PASSWORD",
    /// The user that the migration makes.
    ApplicationUsername = "APPLICATION_USERNAME",
}

impl Variable {
    /// Whether only a system with a database sets it.
    #[must_use]
    pub fn is_of_database(self) -> bool {
        !matches!(
            self,
            Self::DrainDelay | Self::DrainTimeout | Self::IdleTimeout | Self::Port | Self::RequestTimeout
        )
    }
}

/// Beginnings of the variables that Fargate sets in every task, by which programs find their rights and their metadata
/// (Amazon ECS developer guide, "Task metadata endpoint version 4" and "Task IAM role").
pub(super) const OF_FARGATE: [&str; 4] = ["AWS_CONTAINER_", "AWS_EXECUTION_ENV", "ECS_AGENT_URI", "ECS_CONTAINER_"];
