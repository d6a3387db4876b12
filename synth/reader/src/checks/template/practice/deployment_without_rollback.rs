use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::{function, known};

pub(super) const RULE: Rule = Rule {
    name: "deployment-without-rollback",
    why: "A service that neither watches alarms nor breaks the circuit keeps starting a broken version until someone looks.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties: {TaskDefinition: 'app:1'}
",
    instead: r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: app:1
      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, service) in set.of("AWS::ECS::Service") {
        let controller = service.dig(&["DeploymentController", "Type"]);
        // CodeDeploy and external controllers roll back by their own settings.
        if controller.is_some_and(|node| known::text(template, node).as_deref() != Some("ECS")) {
            continue;
        }
        let on = |keys: [&str; 3]| service.dig(&keys).is_some_and(|node| !known::is(template, node, false));
        let guard =
            |name| on(["DeploymentConfiguration", name, "Enable"]) && on(["DeploymentConfiguration", name, "Rollback"]);
        let decided = service
            .property("DeploymentConfiguration")
            .is_some_and(|node| function::of(node).is_some());
        if !decided && !guard("DeploymentCircuitBreaker") && !guard("Alarms") {
            report
                .key(
                    service.heading(),
                    format!("`{}` does not roll a failed deployment back", service.id),
                )
                .help(
                    "set `DeploymentConfiguration.DeploymentCircuitBreaker` with `Enable` and `Rollback`, or `Alarms`",
                );
        }
    }
}
