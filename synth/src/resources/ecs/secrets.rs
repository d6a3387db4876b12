//! What a task is told of the database: where it is, in the open; as whom to sign in, as a secret that ECS reads at the
//! task's start and nobody else sees.

use crate::aws::{ecs, kms, secretsmanager};
use crate::model::Variable;
use crate::resources::place::Place;
use crate::resources::role::reading_secrets;
use crate::resources::stores::database;
use crate::template::{Arn, Handle, Statement, Value, sub};

/// The secrets of a task, and the key that they are encrypted with.
pub(crate) struct Secrets<'a> {
    pub(crate) key: &'a Handle<kms::Key>,
    pub(crate) given: Vec<Given>,
}

/// One key of a secret, under the name that the task knows it by.
pub(crate) struct Given {
    variable: Variable,
    secret: Value<Arn<secretsmanager::Secret>>,
    key: &'static str,
}

/// Variables of a task, in the open and secret.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) plain: Vec<(Variable, Value<String>)>,
    pub(crate) secrets: Vec<Given>,
}

impl Given {
    /// Nothing but the one key of the newest version reaches the task.
    pub(crate) fn secret(&self) -> ecs::Secret {
        let from = sub("${secret}:${key}::", &[("secret", &self.secret), ("key", &self.key)]);
        ecs::Secret::new(self.variable.name(), from)
    }
}

impl Secrets<'_> {
    /// What ECS needs to read exactly these.
    pub(crate) fn statements(&self) -> Vec<Statement> {
        let mut arns: Vec<Value<String>> = Vec::new();
        for given in &self.given {
            let arn = given.secret.text();
            if !arns.contains(&arn) {
                arns.push(arn);
            }
        }
        if arns.is_empty() {
            return Vec::new();
        }
        reading_secrets(arns, self.key).into()
    }
}

/// What the service is told: it signs in as the user that may only change rows.
pub(crate) fn of_service(place: Place<'_>, database: Option<&database::Parts>) -> Told {
    let Some(database) = database else {
        return Told::default();
    };
    let pool = place.environment.database.pool(place.environment.scale.capacity);
    let mut plain = address(place, database);
    plain.push((Variable::DatabaseMaxConnections, pool.to_string().into()));
    Told {
        plain,
        secrets: given(
            [Variable::DatabaseUsername, Variable::DatabasePassword],
            &database.user.arn(),
        ),
    }
}

/// What the migration is told: it signs in as the master, and knows the user that it makes.
pub(crate) fn of_migration(place: Place<'_>, database: &database::Parts) -> Told {
    let master = database.instance.master_user_secret_secret_arn();
    let mut secrets = given([Variable::DatabaseUsername, Variable::DatabasePassword], &master);
    secrets.extend(given(
        [Variable::ApplicationUsername, Variable::ApplicationPassword],
        &database.user.arn(),
    ));
    Told {
        plain: address(place, database),
        secrets,
    }
}

/// The user's name and password, under these names.
fn given([user, password]: [Variable; 2], secret: &Value<Arn<secretsmanager::Secret>>) -> Vec<Given> {
    let given = |variable, key| Given {
        variable,
        secret: secret.clone(),
        key,
    };
    vec![given(user, "username"), given(password, "password")]
}

/// Variables under their names.
pub(crate) fn named(plain: Vec<(Variable, Value<String>)>) -> impl Iterator<Item = (String, Value<String>)> {
    plain
        .into_iter()
        .map(|(variable, value)| (variable.name().to_owned(), value))
}

fn address(place: Place<'_>, database: &database::Parts) -> Vec<(Variable, Value<String>)> {
    let model = place.system.database();
    let name = model.map_or_else(String::new, |model| model.name.clone());
    let port = model.map_or_else(String::new, |model| model.engine.port().to_string());
    vec![
        (Variable::DatabaseHost, database.instance.endpoint_address()),
        (Variable::DatabaseName, name.into()),
        (Variable::DatabasePort, port.into()),
    ]
}
