//! What who asks for signatures may do on AWS: they stand beside the image in the registry.

use super::identity::{self, Says};
use crate::aws::iam;
use crate::resources::place::Place;
use crate::resources::registry;
use crate::resources::role::Boundary;
use crate::template::{Document, Error, Statement, Template};

/// Where Kyverno looks at pods, and as whom (the chart `kyverno`, `admissionController.rbac.serviceAccount`).
pub(crate) const VERIFIER: (&str, &str) = ("kyverno", "kyverno-admission-controller");

/// The name of its role.
pub(crate) const VERIFIER_ID: &str = "verifier";

/// To find what refers to an image it takes what reading the image takes (Amazon ECR API reference, `ListImageReferrers`).
const READ: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

pub(super) fn expand(place: Place<'_>, template: &mut Template, says: Says<'_>) -> Result<(), Error> {
    let document = Document::new([
        // The action has no resource-level permissions (Service authorization reference, Amazon ECR).
        Statement::allow("SignIn", ["ecr:GetAuthorizationToken"], vec!["*".into()]),
        Statement::allow("ReadSignatures", READ, vec![registry::arn(place)]),
    ]);
    let role = iam::Role {
        permissions_boundary: Some(Boundary::Operators.of(place)),
        ..identity::of_pods(
            place,
            (says, VERIFIER),
            "Reads who signed the images of the system",
            vec![("read-signatures", document)],
        )
    };
    identity::give(place, template, (VERIFIER_ID, says, VERIFIER), role)
}
