//! What a kustomization makes, and what is wrong with it itself.

use super::{graph, judge, schema};
use crate::checks::{Certainty, Finding, Options, Rule};
use crate::read::kustomize::{Fault, Rendering, Verdict};

/// Looks at what a kustomization makes by the rules that the options leave, and at the kustomization itself.
#[must_use]
pub fn judge_rendering(rendering: &Rendering, options: &Options) -> Vec<Finding> {
    let faults = rendering.faults.iter().map(|fault| (rule(fault), fault));
    let told = faults.filter(|(rule, _)| options.wants(rule.name));
    let mut findings: Vec<Finding> = told.map(|(rule, fault)| finding(rule, fault)).collect();
    options.raise(&mut findings);
    let options = Options {
        partial: rendering.partial,
        ..options.clone()
    };
    findings.extend(judge(&rendering.documents, &options));
    findings
}

fn rule(fault: &Fault) -> &'static Rule {
    match fault.verdict {
        Verdict::Refused => &schema::REFUSED_KUSTOMIZATION,
        Verdict::Unread => &schema::UNREAD_KUSTOMIZATION,
        Verdict::Idle => &graph::IDLE_PATCH,
    }
}

fn finding(rule: &'static Rule, fault: &Fault) -> Finding {
    Finding {
        help: Some(fault.help.clone()),
        certainty: Certainty::Written,
        ..rule.unreadable(&fault.file, fault.at, fault.message.clone())
    }
}
