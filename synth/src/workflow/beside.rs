//! What the scripts of steps read of the system's folder.

use std::collections::BTreeMap;

use super::pipeline::Pipeline;
use super::trial::REQUIREMENTS;

/// The packages that try an interface and policies, each with the sum of its one file.
const PACKAGES: &str = include_str!("../../../templates/trial/trial.txt");

/// The files by their names in the system's folder; none where nothing is tried.
pub(crate) fn files(pipeline: &Pipeline) -> BTreeMap<&'static str, String> {
    let renders = &pipeline.project.typed;
    let first = format!("# Rendered by synth: change the model and run `{renders}`, not this file.\n");
    let file = |_| (REQUIREMENTS, first.clone() + PACKAGES);
    pipeline.trial.iter().map(file).collect()
}
