//! The registry of images
//! (Amazon ECR user guide, "Lifecycle policy properties").

use super::place::{Place, kept};
use crate::aws::ecr;
use crate::model::{Account, Registry};
use crate::template::{self, Conditions, Document, Error, Handle, LogicalId, Operator, Principal, Statement, Template};
use crate::template::{ToNode, Value, sub};

/// Tags of images that run or ran somewhere begin like this: the release sets one for each environment that it has
/// verified. An image that the first rule looks at is never deleted by the second.
pub(crate) const DEPLOYED: &str = "deployed-";

/// How many deployed images are kept, at the least: far more than there are environments.
const DEPLOYED_KEPT: u16 = 100;

/// The account and the region that hold the registry, as `Fn::Sub` takes them: those of the first environment.
fn holder(place: Place<'_>) -> (String, String) {
    let here = place.environment.account();
    let elsewhere = place.system.registry_account();
    match elsewhere.filter(|there| there.id != here.id || there.region != here.region) {
        Some(there) => (there.region.as_str().to_owned(), there.id.to_string()),
        None => ("${AWS::Region}".to_owned(), "${AWS::AccountId}".to_owned()),
    }
}

/// The ARN of the registry's repository.
pub(crate) fn arn(place: Place<'_>) -> Value<String> {
    let (region, account) = holder(place);
    let name = place.system.name.as_str();
    sub(
        &format!("arn:${{AWS::Partition}}:ecr:{region}:{account}:repository/${{name}}"),
        &[("name", &name)],
    )
}

/// Its image without tag and digest, as `Fn::Sub` takes it; the variable `name` is the repository's.
pub(crate) fn image(place: Place<'_>) -> String {
    let (region, account) = holder(place);
    format!("{account}.dkr.ecr.{region}.${{AWS::URLSuffix}}/${{name}}")
}

/// How long an image without a tag is kept, in days.
const UNTAGGED_DAYS: u16 = 180;

pub(crate) fn expand(place: Place<'_>, template: &mut Template) -> Result<Handle<ecr::Repository>, Error> {
    let Registry::Ecr { releases_kept: keep } = place.system.registry;
    let rule = |priority: u8, what: &str, selection: serde_json::Value| serde_json::json!({ "rulePriority": priority, "description": what, "selection": selection, "action": { "type": "expire" } });
    let deployed = serde_json::json!({
        "tagStatus": "tagged", "tagPrefixList": [DEPLOYED], "countType": "imageCountMoreThan", "countNumber": keep.max(DEPLOYED_KEPT),
    });
    let others = serde_json::json!({
        "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": keep,
    });
    // What has no tag: the images of single processors, which ECR keeps as long as an index names them, and signatures,
    // which it deletes with their image (Amazon ECR user guide, "Lifecycle policy evaluation rules"). That the rule passes
    // over signatures of images that stay, the guide does not say. So it waits longer than anybody takes to roll back
    // through a workflow, which asks for the signature; `deploy.sh` does not.
    let untagged = serde_json::json!({
        "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": UNTAGGED_DAYS,
    });
    let policy = serde_json::json!({ "rules": [
        rule(1, "What ran somewhere is kept longest", deployed),
        rule(2, "Releases are kept by their number, not by their age", others),
        rule(3, "What no image needs any more goes", untagged),
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
        repository_policy_text: readers(place).map(|readers| readers.to_node().into()),
        ..ecr::Repository::new()
    };
    template.add_with(LogicalId::new("", "Registry"), &repository, kept())
}

/// Lets the roles of environments in other accounts pull, and lets whom their accounts let see which images there are,
/// as `deploy.sh` does; nothing else. Jobs that push or verify are of this account, and so is who marks an image.
/// What is encrypted with a key, ECR decrypts itself, by a grant (Amazon ECR user guide, "Encryption at rest").
fn readers(place: Place<'_>) -> Option<Document> {
    let home = place.system.registry_account()?;
    let elsewhere = place
        .system
        .environments
        .iter()
        .filter(|other| other.account().id != home.id);
    let statements: Vec<Statement> = elsewhere
        .flat_map(|environment| {
            let Account { id, region, .. } = environment.account();
            let partition = region.partition();
            let roles = format!("arn:{partition}:iam::{id}:role/{}-*", place.system.cluster(environment));
            let of_roles = Conditions::none().and(Operator::ArnLike, "aws:PrincipalArn", roles);
            let name = template::pascal(environment.name.as_str());
            let lets = |what: &str, actions: &[&str]| {
                Statement::allow(&format!("{what}{name}"), actions.iter().copied(), vec![])
                    .to(Principal::Aws(vec![format!("arn:{partition}:iam::{id}:root").into()]))
            };
            [
                lets("Pull", &PULL).when(of_roles),
                lets("Look", &["ecr:DescribeImages"]),
            ]
        })
        .collect();
    (!statements.is_empty()).then(|| Document::new(statements))
}

/// What pulling takes (Amazon ECR user guide, "Private repository policy examples").
const PULL: [&str; 3] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
];
