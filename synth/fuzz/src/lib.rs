//! What fuzzers and `tests/it/fuzz.rs` feed: each function takes any bytes, and panics where `synth` is wrong.

use std::collections::BTreeMap;

use synth::checks::{Finding, Options, example, manifest};
use synth::read::kustomize::{self, Files};
use synth::read::{self, Document};
use synth::{checks, review};

/// What parts the two templates of an input for [`diff`].
const BETWEEN: &[u8] = b"\n=====\n";

/// Reading ends, and JSON is read as other readers of JSON read it.
pub fn read(bytes: &[u8]) {
    let document = read::bytes("t", bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        assert!(document.is_err());
        return;
    };
    if !text.starts_with('{') || text.contains("Fn::ForEach") {
        return;
    }
    let Ok(plain) = serde_json::from_str::<serde_json::Value>(text) else {
        return;
    };
    let document = document.expect("what is JSON to others is JSON");
    if document.duplicates.is_empty() && !text.contains(['.', 'e', 'E']) {
        assert_eq!(document.root.to_value(), plain);
    }
}

/// Checks end, point into the text, and are shown in every format.
pub fn validate(bytes: &[u8]) {
    let Some(document) = document("t", bytes) else { return };
    // To YAML a carriage return alone ends a line too.
    let lines = document.text.split(['\n', '\r']).count();
    let documents = [document];
    let findings = checks::run(&documents);
    for finding in &findings {
        let (line, end) = (finding.line as usize, finding.end_line as usize);
        assert!(
            line >= 1 && line <= end && end <= lines + 1,
            "{finding:?} of {lines} lines"
        );
        assert!(finding.column >= 1, "{finding:?}");
    }
    let _ = checks::show::human(&findings, &documents, checks::show::Color::Always);
    let _ = checks::show::github(&findings);
    for text in [checks::show::json(&findings), checks::show::sarif(&findings)] {
        serde_json::from_str::<serde_json::Value>(&text).expect("the format is JSON");
    }
}

/// The files of an input for [`manifests`].
struct Texts<'a>(BTreeMap<String, &'a str>);

impl Files for Texts<'_> {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_vec())
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0
            .keys()
            .any(|name| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// Manifests are judged and kustomizations built, and all that is found points into its file. Lines such as
/// `--- # base/kustomization.yaml` begin the files of a kustomization, the outermost first.
pub fn manifests(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let files = example::files(text).into_iter();
    // As the command line names them.
    let files: Vec<(String, &str)> = files.map(|(name, text)| (kustomize::path(name), text)).collect();
    let texts: BTreeMap<String, &str> = files.iter().cloned().collect();
    let outermost = files.first().filter(|(name, _)| name.ends_with("kustomization.yaml"));
    let findings = if let Some((name, _)) = outermost {
        let rendering = kustomize::render(name, &Texts(texts.clone()));
        manifest::judge_rendering(&rendering, &Options::default())
    } else {
        let documents = texts.iter().filter_map(|(name, text)| read::documents(name, text).ok());
        manifest::judge(&documents.flatten().collect::<Vec<_>>(), &Options::default())
    };
    for finding in &findings {
        points_into(finding, &texts);
    }
    serde_json::from_str::<serde_json::Value>(&checks::show::json(&findings)).expect("the format is JSON");
}

fn points_into(finding: &Finding, texts: &BTreeMap<String, &str>) {
    let text = texts
        .get(finding.file.as_str())
        .expect("the file is one of those that were read");
    let lines = text.split(['\n', '\r']).count();
    assert!(
        finding.line >= 1 && finding.line as usize <= lines + 1 && finding.column >= 1,
        "{finding:?} of {lines} lines"
    );
}

/// Comparing ends, says nothing of a template and itself, and is shown in every format.
pub fn diff(bytes: &[u8]) {
    let at = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (old, new) = match at {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => bytes.split_at(bytes.len() / 2),
    };
    let (Some(old), Some(new)) = (document("t", old), document("t", new)) else {
        return;
    };
    let (old, new) = ([old], [new]);
    let review = review::compare(&old, &new);
    let _ = review::show::human(&review, checks::show::Color::Always);
    let _ = review::show::markdown(&review);
    serde_json::from_str::<serde_json::Value>(&review::show::json(&review)).expect("the format is JSON");
    assert!(review::compare(&old, &old).is_empty(), "a template differs from itself");
}

fn document(file: &str, bytes: &[u8]) -> Option<Document> {
    read::bytes(file, bytes).ok()
}
