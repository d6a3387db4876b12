use crate::checks::template::contents::containers;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "root-user",
    why: "A process that is root in the container is a step from root on what runs it.",
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
        - {Name: app, Image: 'example/app:1.0', ReadonlyRootFilesystem: true, User: root}
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
            // Without `User` the image decides, of which the template says nothing.
            let Some(user) = container.get("User") else { continue };
            let Some(text) = known::text(template, user) else {
                continue;
            };
            if matches!(text.split(':').next(), Some("0" | "root")) {
                report
                    .value(user, "the container runs as root")
                    .help("use a numeric user such as `1000:1000`");
            }
        }
    }
}
