use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::path::Place;

pub(super) const RULE: Rule = Rule {
    name: "refused-size",
    why: "Fargate has sizes of CPU and memory that go together, and takes no other.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: '1024'
      Memory: '1024'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000', ReadonlyRootFilesystem: true}
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: '1024'
      Memory: '2048'
      ContainerDefinitions:
        - {Name: app, Image: 'example/app:1.0', User: '1000', ReadonlyRootFilesystem: true}
",
    check,
};

/// Units of CPU, the least and the greatest memory in MiB, and the steps between. Of the least CPU, and of sizes in words,
/// the schema tells.
const SIZES: [(u32, u32, u32, u32); 6] = [
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16_384, 1024),
    (4096, 8192, 30_720, 1024),
    (8192, 16_384, 61_440, 4096),
    (16_384, 32_768, 122_880, 8192),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for task in set.at("AWS::ECS::TaskDefinition", "") {
        let mut allowed = task.below("RequiresCompatibilities").filter_map(Place::text);
        let Some(fargate) = allowed.find(|text| *text == "FARGATE") else {
            continue;
        };
        let units = |name: &str| task.get(name)?.text()?.and_then(|text| text.trim().parse::<u32>().ok());
        let (Some(cpu), Some(memory), Some(place)) = (units("Cpu"), units("Memory"), task.get("Memory")) else {
            continue;
        };
        if let Some((least, most, step)) = refused(cpu.value, memory.value) {
            let message = format!(
                "Fargate has no size of {} CPU units and {} MiB: it has {least} to {most} MiB in steps of {step}",
                cpu.value, memory.value
            );
            report
                .value(place.node, message)
                .sure(cpu.sure.max(memory.sure).max(fargate.sure));
        }
    }
}

/// What goes with these units, if the memory is none of it.
fn refused(cpu: u32, memory: u32) -> Option<(u32, u32, u32)> {
    let (_, least, most, step) = SIZES.into_iter().find(|(units, ..)| *units == cpu)?;
    let fits = (least..=most).contains(&memory) && memory.is_multiple_of(step);
    (!fits).then_some((least, most, step))
}
