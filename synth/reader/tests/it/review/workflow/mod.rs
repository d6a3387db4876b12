//! Workflows of GitHub's.

mod above;
mod jobs;
mod steps;

use super::{document, told};
use synth_reader::review;
use synth_reader::review::Review;

const FILE: &str = ".github/workflows/ci.yml";

/// The review of a workflow that changes from one set of lines above its jobs to another.
fn above(old: &str, new: &str) -> String {
    let whole = |text: &str| format!("{text}\njobs: {{build: {{runs-on: a, steps: [{{run: make}}]}}}}\n");
    told(&super::review(FILE, &whole(old), &whole(new)))
}

fn of_job(old: &str, new: &str) -> Review {
    let whole = |text: &str| {
        format!(
            "on: push\njobs:\n  test: {{runs-on: a}}\n  build:\n    {}\n",
            text.trim().replace('\n', "\n    ")
        )
    };
    super::review(FILE, &whole(old), &whole(new))
}

/// The review of a job that changes.
fn job(old: &str, new: &str) -> String {
    told(&of_job(old, new))
}

fn steps(old: &str, new: &str) -> String {
    job(
        &format!("runs-on: a\nsteps:\n{old}"),
        &format!("runs-on: a\nsteps:\n{new}"),
    )
}

fn files(old: &[(&str, &str)], new: &[(&str, &str)]) -> String {
    let side = |files: &[(&str, &str)]| -> Vec<_> { files.iter().map(|(file, text)| document(file, text)).collect() };
    told(&review::compare(&side(old), &side(new)))
}

const COMMIT: &str = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const LATER: &str = "4d3c42e5aac5ba805825da76410c181273ba90b1";
