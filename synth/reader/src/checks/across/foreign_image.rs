use super::facts::Names;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Pods, is_settled};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "foreign-image",
    why: "An image of a repository that nobody has made cannot be pulled, and its pods wait for ever. Told is a name \
          that is nearly that of a repository of the templates; of what is rendered, each in their registry.",
    link: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # registry.yaml
Resources:
  Orders: {Type: AWS::ECR::Repository, Properties: {RepositoryName: orders, ImageTagMutability: IMMUTABLE}}
--- # orders.yaml
apiVersion: v1
kind: Pod
metadata: {name: orders}
spec:
  containers:
    - name: orders
      image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/order:1.0
",
    instead: r"
--- # registry.yaml
Resources:
  Orders: {Type: AWS::ECR::Repository, Properties: {RepositoryName: orders, ImageTagMutability: IMMUTABLE}}
--- # orders.yaml
apiVersion: v1
kind: Pod
metadata: {name: orders}
spec:
  containers:
    - name: orders
      image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0
",
    check,
};

/// An image of a registry of ECR.
struct Image<'a> {
    at: &'a Node,
    registry: &'a str,
    repository: &'a str,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let repositories = Names::of(set, "AWS::ECR::Repository", "RepositoryName");
    if repositories.is_empty() {
        return;
    }
    let containers = set.manifests.pods().iter().flat_map(Pods::containers);
    let images = containers.filter_map(|container| image(container.dig(&["image"])?));
    let images: Vec<Image<'a>> = images.collect();
    let own = images.iter().filter(|image| repositories.is(image.repository));
    let own: BTreeSet<&str> = own.map(|image| image.registry).collect();
    for image in images.iter().filter(|image| !repositories.has(image.repository)) {
        let message = format!("no template makes the repository `{}`", image.repository);
        // Every account has repositories that are not of its templates; a slip beside them is none.
        if let Some((near, at)) = repositories.near(image.repository) {
            report
                .value(image.at, message)
                .sure(near.sure)
                .also(at, format!("`{}` is here", near.value))
                .help(format!("did you mean `{}`?", near.value));
        } else if set.together && own.contains(image.registry) && repositories.is_closed() {
            let draft = report.value(image.at, message);
            draft.level(Level::Warning).sure(repositories.sure());
            draft.also_if(
                repositories.known().next().map(|(_, at)| at),
                "one that is made in this registry",
            );
            draft.help("make the repository, or name one that is made");
        }
    }
}

/// The registry and the repository of an image, of which tag and digest may be filled in later.
fn image(at: &Node) -> Option<Image<'_>> {
    let text = at.text()?;
    let (registry, rest) = text.split_once('/')?;
    let name = rest.split('@').next()?;
    let slash = name.rfind('/').map_or(0, |slash| slash + 1);
    let repository = name[slash..].find(':').map_or(name, |colon| &name[..slash + colon]);
    let settled = is_settled(registry) && is_settled(repository);
    let is_ecr = registry.contains(".dkr.ecr.") && registry.contains(".amazonaws.com");
    (settled && is_ecr).then_some(Image {
        at,
        registry,
        repository,
    })
}
