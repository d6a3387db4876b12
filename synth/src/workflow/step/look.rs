//! Steps that look at the sources and at what scanners found.

use super::image::{TRIVY, fetch, keep};
use super::{Shape, runs, script, uses};
use crate::schema::github::pins;
use crate::workflow::value::Value;

/// What judges dependencies.
const CARGO_DENY: &str = "0.20.2";

/// Looks at the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Tells how many lines of a package its tests run.
    Coverage {
        /// The package.
        package: String,
    },
    /// Fails on dependencies that are known for a vulnerability, were withdrawn, or are not allowed.
    Dependencies,
    /// Writes down the grave vulnerabilities and the secrets in the repository's files.
    Files,
    /// Writes down the grave vulnerabilities of `image/`.
    Image,
    /// Keeps what was written down for the job that tells GitHub.
    Keep(Found),
    /// Fails if anything was written down.
    Refuse,
    /// Fetches what was written down.
    Fetch,
    /// Tells GitHub.
    Tell(Found),
}

/// Where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the repository's files.
    Files,
    /// In the image of the matrix's platform.
    OfMatrix,
    /// In the image of a platform.
    Image(&'static str),
}

/// Where scanners write, and the form that GitHub reads.
const FINDINGS: &str = "findings.sarif";

impl Found {
    /// The artifact, which is the folder of it once it was fetched.
    fn artifact(self) -> String {
        match self {
            Self::Files => "findings-files".into(),
            Self::OfMatrix => "findings-${{ matrix.platform }}".into(),
            Self::Image(platform) => format!("findings-{platform}"),
        }
    }

    /// Where it is once it was fetched.
    pub(in crate::workflow) fn fetched(self) -> String {
        format!("findings/{}/{FINDINGS}", self.artifact())
    }
}

impl Look {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Coverage { package } => runs(script!("measure-coverage"), [("PACKAGE", package.into())]),
            Self::Dependencies => runs(script!("check-dependencies"), [("VERSION", CARGO_DENY.into())]),
            Self::Files => scan(["scan-ref", "."], "fs"),
            Self::Image => scan(["input", "image"], "image"),
            Self::Keep(found) => keep(found.artifact().into(), FINDINGS),
            Self::Refuse => runs(script!("refuse-findings"), [("FINDINGS", FINDINGS.into())]),
            Self::Fetch => fetch([("pattern", "findings-*".into()), ("path", "findings".into())]),
            Self::Tell(found) => uses(
                &pins::UPLOAD_SARIF,
                [
                    ("sarif_file", found.fetched().into()),
                    ("category", found.artifact().into()),
                ],
            ),
        }
    }
}

/// Only what is grave and has a fix is written down, so that what is written down can stop a change.
fn scan([given, at]: [&'static str; 2], kind: &str) -> Shape {
    let how = [
        ("scan-type", kind.into()),
        (given, at.into()),
        ("scanners", "vuln,secret".into()),
        ("severity", "CRITICAL,HIGH".into()),
        ("ignore-unfixed", "true".into()),
        ("format", "sarif".into()),
        ("limit-severities-for-sarif", "true".into()),
        ("output", Value::from(FINDINGS)),
        ("version", TRIVY.into()),
    ];
    uses(&pins::TRIVY, how)
}
