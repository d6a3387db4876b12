//! What Prometheus is asked: rules and dashboards of all files of a call are judged together, as one records what another
//! asks for.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::inputs::Input;
use super::judged::{Judged, place};
use crate::checks::Options;
use crate::checks::across::queries;
use crate::checks::show::quoted;
use crate::read::promql::{is_dashboard, is_rules};
use crate::read::{self, Document, MAX_BYTES};

/// Reads a file that may be a dashboard or one of Prometheus' rules; nothing if it plainly is neither.
pub(super) fn read(input: &Input, text: &str) -> Option<Judged> {
    let mentions = ["panels", "groups"].iter().any(|word| text.contains(word)) && text.contains("expr");
    if !mentions || text.len() > MAX_BYTES {
        return None;
    }
    let documents = read::documents(&input.name, text).ok()?;
    let asks = |document: &Document| is_dashboard(&document.root) || is_rules(&document.root);
    documents.iter().any(asks).then(|| Judged::Queries {
        findings: Vec::new(),
        documents: documents.into_iter().filter(asks).collect(),
    })
}

/// Judges what is asked in all files, gives each what was found in it, and hands back the manifests.
pub(super) fn together(
    inputs: &[Input],
    judged: &mut [Judged],
    mut documents: Vec<Document>,
    options: &Options,
    quoting: bool,
) -> Vec<Document> {
    let manifests = documents.len();
    for file in judged.iter_mut() {
        if let Judged::Queries { documents: its, .. } = file {
            documents.append(its);
        }
    }
    // If this fails, what was found otherwise stands.
    let found = catch_unwind(AssertUnwindSafe(|| queries::judge(&documents, options)));
    let numbers = inputs.iter().zip(0..).map(|(input, at)| (input.name.as_str(), at));
    let numbers: BTreeMap<&str, usize> = numbers.collect();
    for told in quoted(found.unwrap_or_default(), if quoting { &documents } else { &[] }) {
        let number = numbers.get(told.finding.file.as_str()).copied();
        if let Some(Judged::Queries { findings, .. } | Judged::Manifest { findings, .. }) =
            number.and_then(|number| judged.get_mut(number))
        {
            findings.push(told);
            findings.sort_by(|a, b| place(&a.finding).cmp(&place(&b.finding)));
        }
    }
    documents.truncate(manifests);
    documents
}
