//! How a changed set of templates is deployed: in plain order, by the pipeline, by the steps of a review.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use synth::model::{System, Systems};
use synth::read::{self, Document};
use synth::review::{self, Review, Step, Verdict};

use super::cloud::{Cloud, Stack};

/// The templates of a system by file, in the order of deployment.
pub(crate) struct Side {
    pub(crate) files: Vec<String>,
    templates: BTreeMap<String, Json>,
    documents: Vec<Document>,
}

/// A change from one side to the other.
pub(crate) struct Change<'a> {
    before: &'a Side,
    after: &'a Side,
    pub(crate) review: Review,
    replaced: BTreeMap<String, BTreeSet<String>>,
}

impl Side {
    /// Nothing where the model refuses it.
    pub(crate) fn of(system: &System) -> Option<Self> {
        let systems = Systems::new(vec![system.clone()]).ok()?;
        let rendered = synth::render(systems.each().next()?).unwrap();
        let files: Vec<String> = rendered.stacks.iter().map(|stack| stack.template.clone()).collect();
        let text = |file: &String| &rendered.files[file];
        Some(Self {
            templates: files
                .iter()
                .map(|file| (file.clone(), serde_json::from_str(text(file)).unwrap()))
                .collect(),
            documents: files
                .iter()
                .map(|file| read::document(file, text(file)).unwrap())
                .collect(),
            files,
        })
    }

    fn deployed(&self) -> Cloud {
        let mut cloud = Cloud::default();
        for file in &self.files {
            cloud
                .deploy(file, Stack::of(&self.templates[file], &BTreeSet::new()))
                .unwrap();
        }
        cloud
    }
}

impl<'a> Change<'a> {
    pub(crate) fn new(before: &'a Side, after: &'a Side) -> Self {
        let review = review::compare(&before.documents, &after.documents);
        let mut replaced: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for change in &review.resources {
            // What has a name of its own is updated in place, or the update is refused.
            let named = change.kind == "AWS::RDS::DBInstance";
            if change.verdict == Verdict::Replace || (change.verdict == Verdict::MayReplace && !named) {
                for file in &change.files {
                    replaced.entry(file.clone()).or_default().insert(change.id.clone());
                }
            }
        }
        Self {
            before,
            after,
            review,
            replaced,
        }
    }

    /// The new template of a stack, as it is when deployed.
    fn new_one(&self, file: &str) -> Stack {
        let none = BTreeSet::new();
        Stack::of(&self.after.templates[file], self.replaced.get(file).unwrap_or(&none))
    }

    /// Each stack once, in order.
    pub(crate) fn in_plain_order(&self) -> Result<Cloud, String> {
        let mut cloud = self.before.deployed();
        for file in &self.after.files {
            cloud.deploy(file, self.new_one(file))?;
        }
        Ok(cloud)
    }

    /// As `templates/workflow/deploy-stacks.sh` does; with the exports that stay as they are in use by stacks that are gone.
    pub(crate) fn by_pipeline(&self) -> Result<(Cloud, BTreeSet<String>), String> {
        let mut cloud = self.before.deployed();
        let mut later = Vec::new();
        for file in self.after.files.iter().filter(|file| !is_by_hand(file)) {
            if !self.deploy_with_what_is_in_use(&mut cloud, file)?.is_empty() {
                later.insert(0, file);
            }
        }
        let mut kept = BTreeSet::new();
        for file in later {
            kept.extend(self.deploy_with_what_is_in_use(&mut cloud, file)?);
        }
        Ok((cloud, kept))
    }

    fn deploy_with_what_is_in_use(&self, cloud: &mut Cloud, file: &str) -> Result<Vec<String>, String> {
        let mut new = self.new_one(file);
        let old = cloud.stacks.get(file).cloned().unwrap_or_default();
        let gone = old.exports.iter().filter(|(name, _)| !new.exports.contains_key(*name));
        let used: BTreeMap<String, String> = gone
            .filter(|(name, _)| !cloud.importers(file, name).is_empty())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if !used.is_empty() {
            // All resources stay with what they import.
            new.imports.extend(old.imports);
        }
        new.exports.extend(used.clone());
        cloud.deploy(file, new)?;
        Ok(used.into_keys().collect())
    }

    /// As the review says; a stack that is not named stays as it is.
    pub(crate) fn by_steps(&self) -> Result<Cloud, String> {
        let mut cloud = self.before.deployed();
        for step in &self.review.order {
            match step {
                Step::Deploy { file } => cloud.deploy(file, self.new_one(file))?,
                Step::Delete { file } => cloud.delete(file)?,
                Step::Pin { file, exports } => {
                    let mut pinned = cloud.stacks[file].clone();
                    pinned.imports.retain(|name| !exports.contains(name));
                    cloud.deploy(file, pinned)?;
                }
                Step::Keep { file, exports } => {
                    let old = cloud.stacks[file].clone();
                    let mut new = self.new_one(file);
                    new.imports.extend(old.imports);
                    new.exports
                        .extend(old.exports.into_iter().filter(|(name, _)| exports.contains(name)));
                    cloud.deploy(file, new)?;
                }
            }
        }
        // What no step names has nothing to wait for.
        for file in &self.after.files {
            cloud.deploy(file, self.new_one(file))?;
        }
        Ok(cloud)
    }
}

/// Whether a person deploys it.
fn is_by_hand(file: &str) -> bool {
    synth::model::Stack::BY_HAND
        .iter()
        .any(|stack| file.ends_with(&format!("/{stack}.template.json")))
}
