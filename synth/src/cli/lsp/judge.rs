//! What is wrong in the files that are open.

use std::collections::BTreeMap;

use lsp_server::Notification;
use lsp_types::notification::{Notification as _, PublishDiagnostics};
use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    PublishDiagnosticsParams, Uri,
};

use super::files::{File, Files};
use super::place::Lines;
use crate::checks::{Finding, Level, Options, workflow};
use crate::cli::validate;
use crate::read;

/// A message for each file that is open, with all that is found in it.
pub(super) fn all(files: &Files, options: &Options) -> Vec<Notification> {
    let mut found: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    let (workflows, others): (Vec<&File>, Vec<&File>) = files.open.values().partition(|file| is_workflow(file));
    let texts = others.iter().map(|file| (file.name.as_str(), file.text.as_str()));
    let mut findings = validate::texts(texts, options);
    let texts = workflows.iter().map(|file| read::File {
        path: file.name.clone(),
        text: file.text.clone(),
    });
    findings.extend(workflow::judge(&texts.collect::<Vec<_>>(), options));
    for finding in findings {
        if let Some(file) = files.open.values().find(|file| file.name == finding.file) {
            found.entry(file.uri.as_str()).or_default().push(finding);
        }
    }
    let of = |file: &File| {
        let lines = Lines::of(&file.text);
        let found = found.get(file.uri.as_str()).map_or(&[][..], Vec::as_slice);
        let diagnostics = found.iter().map(|finding| diagnostic(files, &lines, finding)).collect();
        message(PublishDiagnosticsParams::new(
            file.uri.clone(),
            diagnostics,
            Some(file.version),
        ))
    };
    files.open.values().map(of).collect()
}

/// That nothing is said of a file any more.
pub(super) fn nothing(uri: Uri) -> Notification {
    message(PublishDiagnosticsParams::new(uri, Vec::new(), None))
}

fn message(params: PublishDiagnosticsParams) -> Notification {
    Notification::new(PublishDiagnostics::METHOD.to_owned(), params)
}

fn is_workflow(file: &File) -> bool {
    file.name.replace('\\', "/").contains(".github/workflows/")
}

fn diagnostic(files: &Files, lines: &Lines<'_>, finding: &Finding) -> Diagnostic {
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    Diagnostic {
        range: lines.range(finding.span()),
        severity: Some(match finding.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some("synth".to_owned()),
        message,
        related_information: related(files, finding),
        // Editors show it faded.
        tags: finding
            .rule
            .starts_with("unused")
            .then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

fn related(files: &Files, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let also = finding.also.as_ref()?;
    let uri = files.address(&also.file)?;
    let text = files.get(&uri).map(|file| file.text.as_str()).unwrap_or_default();
    let range = Lines::of(text).range(also.span());
    Some(vec![DiagnosticRelatedInformation {
        location: Location::new(uri, range),
        message: also.label.clone(),
    }])
}
