use crate::checks::template::contents::containers;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "writable-root",
    why: "Whoever breaks into a container with a writable root can leave programs in it.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000'}
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000', ReadonlyRootFilesystem: true}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, task) in set.of("AWS::ECS::TaskDefinition") {
        for container in containers(task) {
            let setting = container.get("ReadonlyRootFilesystem");
            let writable = setting.is_none_or(|node| known::is(template, node, false));
            if writable {
                let name = container.get("Name").and_then(Node::text).unwrap_or("?");
                report
                    .value(
                        setting.unwrap_or(container),
                        format!("container `{name}` can write to its root file system"),
                    )
                    .help("set `ReadonlyRootFilesystem` to true and mount a volume where it must write");
            }
        }
    }
}
