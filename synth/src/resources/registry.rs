//! The registry of images
//! (Amazon ECR user guide, "Lifecycle policy properties").

use super::place::{Place, kept};
use crate::aws::ecr;
use crate::template::{Error, Handle, LogicalId, Template};

/// Tags of images that run or ran somewhere begin like this: the release sets one for each environment that it has
/// verified. An image that the first rule looks at is never deleted by the second.
pub(crate) const DEPLOYED: &str = "deployed-";

/// How many deployed images are kept, at the least: far more than there are environments.
const DEPLOYED_KEPT: u16 = 100;

pub(crate) fn expand(place: Place<'_>, template: &mut Template) -> Result<Handle<ecr::Repository>, Error> {
    let keep = place.system.registry.releases_kept;
    let rule = |priority: u8, what: &str, selection: serde_json::Value| serde_json::json!({ "rulePriority": priority, "description": what, "selection": selection, "action": { "type": "expire" } });
    let deployed = serde_json::json!({
        "tagStatus": "tagged", "tagPrefixList": [DEPLOYED], "countType": "imageCountMoreThan", "countNumber": keep.max(DEPLOYED_KEPT),
    });
    // Nothing expires by its age, and nothing without a tag: the images of one architecture have none.
    let others = serde_json::json!({
        "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": keep,
    });
    let policy = serde_json::json!({ "rules": [
        rule(1, "What ran somewhere is kept longest", deployed),
        rule(2, "Releases are kept by their number, not by their age", others),
    ] });
    let repository = ecr::Repository {
        encryption_configuration: Some(ecr::EncryptionConfiguration::new(ecr::EncryptionType::Kms).into()),
        image_scanning_configuration: Some(
            ecr::ImageScanningConfiguration {
                scan_on_push: Some(true.into()),
            }
            .into(),
        ),
        image_tag_mutability: Some(ecr::RepositoryImageTagMutability::Immutable.into()),
        lifecycle_policy: Some(
            ecr::LifecyclePolicy {
                lifecycle_policy_text: Some(policy.to_string().into()),
                ..ecr::LifecyclePolicy::new()
            }
            .into(),
        ),
        repository_name: Some(place.system.name.as_str().into()),
        ..ecr::Repository::new()
    };
    template.add_with(LogicalId::new("", "Registry"), &repository, kept())
}
