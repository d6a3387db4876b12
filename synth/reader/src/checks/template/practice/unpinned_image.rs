use crate::checks::template::contents::containers;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "unpinned-image",
    why: "`latest` is another image tomorrow, and a rollback starts the same one.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/container-considerations.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:latest', ReadonlyRootFilesystem: true, User: '1000'}
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', ReadonlyRootFilesystem: true, User: '1000'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, task) in set.of("AWS::ECS::TaskDefinition") {
        for container in containers(task) {
            let Some(node) = container.get("Image") else { continue };
            let Some(image) = known::shape(template, node) else {
                continue;
            };
            if image.has("@") || image.ends_open() {
                continue;
            }
            let parts = image.split("/", usize::MAX);
            let Some(name) = parts.last() else { continue };
            if name.end().ends_with(":latest") || !name.has(":") {
                report
                    .value(node, format!("`{image}` is not pinned"))
                    .help("name a digest: `repository@sha256:…`");
            }
        }
    }
}
