//! `synth --version`: which facts the program has inside, and of which day they are.

use crate::schema::{self, Source};

/// The version of the program, then a line for each platform.
pub(super) fn text() -> String {
    let program = format!("synth {}\n", env!("CARGO_PKG_VERSION"));
    let Some([(aws, _), (kubernetes, versions), (google, of_google)]) = schema::heads() else {
        return program;
    };
    let [oldest, newest] = [versions.first(), versions.last()].map(|version| version.map_or("", String::as_str));
    format!(
        "{program}AWS {}, by {}\nKubernetes {oldest} to {newest}, by {}{}\nGoogle Cloud {}, by {}\n",
        aws.date,
        packages(&aws),
        packages(&kubernetes),
        custom(&kubernetes),
        of_google.join(" "),
        packages(&google),
    )
}

/// The packages that are not of custom resources, without their licences.
fn packages(source: &Source) -> String {
    let packages = source.packages.iter().filter(|package| !package.starts_with(CUSTOM));
    let names = packages.map(|package| package.rsplit_once(' ').map_or(&**package, |(name, _)| name));
    names.collect::<Vec<_>>().join(", ")
}

/// How the packages begin that hold definitions of custom resources.
const CUSTOM: &str = "kcr_";

/// The day of the newest definitions of custom resources, which stands in the version of their package:
/// `kcr_kyverno_io 3.20260530.194302 0BSD`.
fn custom(source: &Source) -> String {
    let packages = source.packages.iter().filter(|package| package.starts_with(CUSTOM));
    let newest = packages.filter_map(|package| package.split('.').nth(1)).max();
    match newest.and_then(|day| Some((day.get(..4)?, day.get(4..6)?, day.get(6..)?))) {
        Some((year, month, day)) => format!("; custom resources {year}-{month}-{day}"),
        None => String::new(),
    }
}
