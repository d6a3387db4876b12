use crate::checks::template::value::{Wrong, judge_node};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "refused-runtime",
    why: "Lambda makes no new functions of a runtime that it has retired: `The runtime parameter is no longer supported`.",
    link: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: resize.zip}
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: nodejs12.x
",
    instead: r"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: resize.zip}
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: nodejs24.x
",
    check,
};

/// Runtimes whose functions cannot be made any more (as of October 2026), each with what follows it.
const RETIRED: [(&str, &str); 20] = [
    ("dotnetcore1.0", "dotnet10"),
    ("dotnetcore2.0", "dotnet10"),
    ("dotnetcore2.1", "dotnet10"),
    ("dotnetcore3.1", "dotnet10"),
    ("go1.x", "provided.al2023"),
    ("java8", "java25"),
    ("nodejs", "nodejs24.x"),
    ("nodejs4.3", "nodejs24.x"),
    ("nodejs4.3-edge", "nodejs24.x"),
    ("nodejs6.10", "nodejs24.x"),
    ("nodejs8.10", "nodejs24.x"),
    ("nodejs10.x", "nodejs24.x"),
    ("nodejs12.x", "nodejs24.x"),
    ("nodejs14.x", "nodejs24.x"),
    ("provided", "provided.al2023"),
    ("python2.7", "python3.14"),
    ("python3.6", "python3.14"),
    ("python3.7", "python3.14"),
    ("ruby2.5", "ruby4.0"),
    ("ruby2.7", "ruby4.0"),
];

/// What the names of runtimes begin with that `SnapStart` does not know.
const WITHOUT_SNAPSHOTS: [&str; 9] = [
    "nodejs",
    "ruby",
    "provided",
    "go",
    "java8",
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in set.templates.iter().filter(|template| template.serverless()) {
        if let Some(node) = template
            .named("Globals", "Function")
            .and_then(|node| node.get("Runtime"))
        {
            judge_node(template, node, report, retired);
        }
    }
    let functions = ["AWS::Lambda::Function", "AWS::Serverless::Function"].into_iter();
    for (template, function) in functions.flat_map(|kind| set.of(kind)) {
        let Some(node) = function.property("Runtime") else {
            continue;
        };
        judge_node(template, node, report, retired);
        let snap = function.dig(&["SnapStart", "ApplyOn"]);
        if let Some(place) = snap.filter(|node| node.text() == Some("PublishedVersions"))
            && let Some(runtime) = known::text(template, node)
            && WITHOUT_SNAPSHOTS.iter().any(|begin| runtime.starts_with(begin))
        {
            let message = format!("Lambda makes no snapshots of functions of `{runtime}`");
            report.value(place, message).sure(runtime.sure);
        }
    }
}

fn retired(runtime: &str) -> Option<Wrong> {
    let (name, next) = RETIRED.iter().find(|(name, _)| runtime == *name)?;
    Some(Wrong::new(format!("Lambda makes no functions of `{name}` any more")).help(format!("use `{next}`")))
}
