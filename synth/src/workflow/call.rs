//! Calls of a file beside.

use super::model::{Program, Waiver};

/// The input that names the environment.
pub(super) const ENVIRONMENT: &str = "environment";

/// Such a call names a file of the same commit.
pub(super) const SELF: Waiver = Waiver {
    program: Program::Zizmor,
    check: "self-repository",
    reason: "no step comes before a call, so nothing can have changed the file",
};
