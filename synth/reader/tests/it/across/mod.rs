//! Rules that hold templates and manifests against each other: each fires once and is silent once.

mod examples;

use synth_reader::checks::{Finding, Options, across, example};
use synth_reader::read::manifest::is_manifest;
use synth_reader::read::{self, Document};

/// The documents of the files of an example.
fn documents(text: &str) -> Vec<Document> {
    let files = example::files(text).into_iter();
    let documents = files.flat_map(|(name, text)| read::documents(name, text).unwrap());
    documents.collect()
}

/// What all rules say of files that are all that is deployed.
fn all(text: &str) -> Vec<Finding> {
    across::run(&documents(text), &Options::default())
}

/// What they say of files that somebody gave together.
fn given(text: &str) -> Vec<Finding> {
    across::judge(&documents(text), &Options::default())
}
