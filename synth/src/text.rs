//! The one tera environment. A template lays text out; what is in it is decided in Rust.
//!
//! GitHub owns `${{ … }}`, so our values stand in `«…»`.

use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Delimiters, Tera};

/// The layout of a GitHub workflow.
pub const WORKFLOW: &str = "workflow.yml";

/// The pages of a system by their names, with the layout of each.
pub const PAGES: [(&str, &str); 9] = [
    ("README.md", "readme/readme.md"),
    ("DEPLOYMENT.md", "readme/deploy.md"),
    ("STACKS.md", "readme/stacks.md"),
    ("PERMISSIONS.md", "readme/permissions.md"),
    ("DATABASE.md", "readme/database.md"),
    ("CLUSTER.md", "readme/kubernetes.md"),
    ("CONTRACT.md", "readme/contract.md"),
    ("COSTS.md", "readme/costs.md"),
    ("EXCEPTIONS.md", "readme/exceptions.md"),
];

/// The pages of a system on machines of its own.
pub const MACHINE_PAGES: [(&str, &str); 4] = [
    ("README.md", "readme/machines/readme.md"),
    ("DEPLOYMENT.md", "readme/machines/deploy.md"),
    ("CLUSTER.md", "readme/machines/cluster.md"),
    ("EXCEPTIONS.md", "readme/exceptions.md"),
];

/// The layout of the script that deploys a system.
pub const DEPLOY_SCRIPT: &str = "script/deploy.sh";

/// The layout of what runs a system on a developer's own machine.
pub const COMPOSE: &str = "compose/compose.yaml";

/// The passwords that it reads.
pub const COMPOSE_PASSWORDS: &str = "compose/development.env";

/// The layout of what people type beside a system on machines of their own.
pub const MAKEFILE: &str = "make/Makefile";

/// A file of `templates/` under its path there.
macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../../templates/", $path)))
    };
}

const TEMPLATES: [(&str, &str); 55] = [
    (WORKFLOW, include_str!("../../templates/workflow/workflow.yml")),
    file!("script/deploy.sh"),
    file!("script/database.sh"),
    file!("script/pods.sh"),
    file!("script/operators.sh"),
    file!("machine/prepare.sh"),
    file!("machine/control.sh"),
    file!("machine/join-cluster.sh"),
    file!("machine/approve.sh"),
    file!("machine/backup.sh"),
    file!("machine/accounts.sh"),
    file!("machine/keys.sh"),
    file!("machine/token.sh"),
    file!("machine/deploy.sh"),
    file!("machine/reach.sh"),
    file!("machine/join.sh"),
    file!("machine/setup.sh"),
    file!("machine/upgrade.sh"),
    file!("compose/compose.yaml"),
    file!("compose/development.env"),
    file!("make/Makefile"),
    file!("readme/readme.md"),
    file!("readme/what.md"),
    file!("readme/database.md"),
    file!("readme/deploy.md"),
    file!("readme/release.md"),
    file!("readme/operators.md"),
    file!("readme/support.md"),
    file!("readme/contributing.md"),
    file!("readme/stuck.md"),
    file!("readme/stacks.md"),
    file!("readme/watch.md"),
    file!("readme/costs.md"),
    file!("readme/first.md"),
    file!("readme/data.md"),
    file!("readme/cluster.md"),
    file!("readme/kubernetes.md"),
    file!("readme/contract.md"),
    file!("readme/features.md"),
    file!("readme/trouble.md"),
    file!("readme/look.md"),
    file!("readme/picture.md"),
    file!("readme/roles.md"),
    file!("readme/permissions.md"),
    file!("readme/exceptions.md"),
    file!("readme/machines/readme.md"),
    file!("readme/machines/what.md"),
    file!("readme/machines/deploy.md"),
    file!("readme/machines/release.md"),
    file!("readme/machines/environments.md"),
    file!("readme/machines/scaling.md"),
    file!("readme/machines/watch.md"),
    file!("readme/machines/cluster.md"),
    file!("readme/machines/trouble.md"),
    file!("readme/machines/guard.md"),
];

/// Why a text could not be laid out.
#[derive(Debug, thiserror::Error)]
#[error("template {template} does not fit what it is given: {source}")]
pub struct Error {
    template: &'static str,
    source: tera::Error,
}

static TERA: LazyLock<Result<Tera, tera::Error>> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.set_delimiters(Delimiters {
        variable_start: "«".into(),
        variable_end: "»".into(),
        ..Delimiters::default()
    })?;
    tera.add_raw_templates(TEMPLATES)?;
    Ok(tera)
});

/// Lays a value out; `renders` is what a person types to render it again.
///
/// # Errors
///
/// If the template is not one, or names something that the value does not have.
pub fn render(template: &'static str, renders: &str, value: &impl Serialize) -> Result<String, Error> {
    let fail = |source| Error { template, source };
    let tera = TERA.as_ref().map_err(|error| fail(tera::Error::message(error)))?;
    let mut context = Context::from_serialize(value).map_err(fail)?;
    context.insert("renders", renders);
    tera.render(template, &context).map_err(fail)
}
