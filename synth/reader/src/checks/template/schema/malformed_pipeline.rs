use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function;
use std::collections::BTreeMap;

use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "malformed-pipeline",
    why: "CodePipeline refuses a pipeline whose first stage does anything but fetch sources, whose names repeat, or whose actions take artifacts that none made.",
    link: "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore: {Type: S3, Location: artifacts}
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: '1'}
              OutputArtifacts: [{Name: Code}]
        - Name: Build
          Actions:
            - Name: Compile
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}
              InputArtifacts: [{Name: Source}]
",
    instead: r"
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      ArtifactStore: {Type: S3, Location: artifacts}
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: '1'}
              OutputArtifacts: [{Name: Code}]
        - Name: Build
          Actions:
            - Name: Compile
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}
              InputArtifacts: [{Name: Code}]
",
    check,
};

/// Owner, category and provider with the least and the most artifacts that go in and come out.
type Counts = (&'static str, &'static str, &'static str, [usize; 4]);

const COUNTS: [Counts; 21] = [
    ("AWS", "Source", "S3", [0, 0, 1, 1]),
    ("AWS", "Source", "CodeCommit", [0, 0, 1, 1]),
    ("AWS", "Source", "ECR", [0, 0, 1, 1]),
    ("AWS", "Source", "CodeStarSourceConnection", [0, 0, 1, 1]),
    ("ThirdParty", "Source", "GitHub", [0, 0, 1, 1]),
    ("AWS", "Build", "CodeBuild", [1, 5, 0, 5]),
    ("AWS", "Test", "CodeBuild", [1, 5, 0, 5]),
    ("AWS", "Test", "DeviceFarm", [1, 1, 0, 0]),
    ("AWS", "Approval", "Manual", [0, 0, 0, 0]),
    ("AWS", "Deploy", "S3", [1, 1, 0, 0]),
    ("AWS", "Deploy", "CloudFormation", [0, 10, 0, 1]),
    ("AWS", "Deploy", "CodeDeploy", [1, 1, 0, 0]),
    ("AWS", "Deploy", "ElasticBeanstalk", [1, 1, 0, 0]),
    ("AWS", "Deploy", "OpsWorks", [1, 1, 0, 0]),
    ("AWS", "Deploy", "ECS", [1, 1, 0, 0]),
    ("AWS", "Deploy", "CodeDeployToECS", [1, 5, 0, 0]),
    ("AWS", "Deploy", "ServiceCatalog", [1, 1, 0, 0]),
    ("AWS", "Invoke", "Lambda", [0, 5, 0, 5]),
    ("AWS", "Invoke", "StepFunctions", [0, 1, 0, 1]),
    ("Custom", "Build", "Jenkins", [0, 5, 0, 5]),
    ("Custom", "Test", "Jenkins", [0, 5, 0, 5]),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, pipeline) in set.of("AWS::CodePipeline::Pipeline") {
        let stages = pipeline.property("Stages").and_then(Node::list).unwrap_or_default();
        // What a choice puts there is not followed.
        if stages
            .iter()
            .any(|stage| function::of(stage).is_some() || actions(stage).is_none())
        {
            continue;
        }
        unique(stages.iter(), "stage", report);
        let (mut made, mut open) = (BTreeMap::new(), false);
        for (at, stage) in stages.iter().enumerate() {
            let actions = actions(stage).unwrap_or_default();
            unique(actions.iter(), "action", report);
            for action in actions {
                place(action, at, report);
            }
            // Actions of one stage run in the order of their numbers, so what one makes another may take.
            for action in actions {
                outputs(action, &mut made, report);
                // What a function names may be what is asked for.
                open |= artifacts(action, "OutputArtifacts").any(|name| name.text().is_none());
            }
            for action in actions {
                if !open {
                    inputs(action, &made, report);
                }
                counts(action, report);
            }
        }
    }
}

fn actions(stage: &Node) -> Option<&[Node]> {
    let actions = stage.get("Actions")?.list()?;
    actions
        .iter()
        .all(|action| function::of(action).is_none())
        .then_some(actions)
}

fn unique<'a>(nodes: impl Iterator<Item = &'a Node>, what: &str, report: &mut Report<'a>) {
    let mut seen = BTreeMap::new();
    for node in nodes.filter_map(|node| node.get("Name")) {
        if let Some(name) = node.text()
            && let Some(other) = seen.insert(name, node)
        {
            report
                .value(node, format!("another {what} has the name `{name}`"))
                .also(other, format!("the other {what}"));
        }
    }
}

/// Sources stand in the first stage, and nothing else does.
fn place<'a>(action: &'a Node, stage: usize, report: &mut Report<'a>) {
    let Some(node) = action.dig(&["ActionTypeId", "Category"]) else {
        return;
    };
    match node.text() {
        Some("Source") if stage > 0 => {
            report.value(node, "only the first stage has sources");
        }
        Some(category) if stage == 0 && category != "Source" => {
            report.value(node, format!("the first stage has only sources, found {category}"));
        }
        _ => {}
    }
}

fn artifacts<'a>(action: &'a Node, list: &str) -> impl Iterator<Item = &'a Node> {
    let items = action.get(list).and_then(Node::list).unwrap_or_default();
    items.iter().filter_map(|artifact| artifact.get("Name"))
}

fn outputs<'a>(action: &'a Node, made: &mut BTreeMap<&'a str, &'a Node>, report: &mut Report<'a>) {
    for node in artifacts(action, "OutputArtifacts") {
        if let Some(name) = node.text()
            && let Some(other) = made.insert(name, node)
        {
            report
                .value(node, format!("another action makes the artifact `{name}`"))
                .also(other, "the other action's");
        }
    }
}

fn inputs<'a>(action: &'a Node, made: &BTreeMap<&'a str, &'a Node>, report: &mut Report<'a>) {
    for node in artifacts(action, "InputArtifacts") {
        if let Some(name) = node.text().filter(|name| !made.contains_key(name)) {
            let draft = report.value(node, format!("no action before makes the artifact `{name}`"));
            if let Some(near) = crate::schema::nearest(name, made.keys().copied()) {
                draft
                    .also(made[near], format!("`{near}` is made here"))
                    .help(format!("did you mean `{near}`?"));
            }
        }
    }
}

fn counts<'a>(action: &'a Node, report: &mut Report<'a>) {
    let Some(kind) = action.get("ActionTypeId") else { return };
    let text = |name: &str| kind.get(name).and_then(Node::text).unwrap_or_default();
    let (owner, category, provider) = (text("Owner"), text("Category"), text("Provider"));
    let known = COUNTS
        .iter()
        .find(|(a, b, c, _)| (*a, *b, *c) == (owner, category, provider));
    let Some((.., [least_in, most_in, least_out, most_out])) = known else {
        return;
    };
    for (list, word, least, most) in [
        ("InputArtifacts", "takes", least_in, most_in),
        ("OutputArtifacts", "makes", least_out, most_out),
    ] {
        let node = action.get(list);
        if node.is_some_and(|node| {
            node.list()
                .is_none_or(|items| items.iter().any(|item| function::of(item).is_some()))
        }) {
            continue;
        }
        let found = node.and_then(Node::list).map_or(0, <[Node]>::len);
        if found < *least || found > *most {
            let wants = if least == most {
                least.to_string()
            } else {
                format!("{least} to {most}")
            };
            report.value(
                node.unwrap_or(kind),
                format!("an action of {provider} {word} {wants} artifacts, found {found}"),
            );
        }
    }
}
