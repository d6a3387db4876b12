use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{self, Sure};

pub(super) const RULE: Rule = Rule {
    name: "reserved-variable",
    why: "Lambda sets some variables itself and refuses others' values for them, and takes 4 KB of variables at most.",
    link: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
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
      Runtime: nodejs24.x
      Environment: {Variables: {AWS_REGION: eu-west-1}}
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
      Environment: {Variables: {BUCKET_REGION: eu-west-1}}
",
    check,
};

const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

const MOST: usize = 4096;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for kind in ["AWS::Lambda::Function", "AWS::Serverless::Function"] {
        for (template, function) in set.of(kind) {
            let Some(variables) = function.dig(&["Environment", "Variables"]).and_then(Node::map) else {
                continue;
            };
            let (mut written, mut size, mut sure) = (0, 0, Sure::Written);
            for entry in variables {
                if RESERVED.contains(&entry.key.as_str()) {
                    report.key(entry, format!("Lambda sets `{}` itself", entry.key));
                }
                if let Some(value) = known::text(template, &entry.value) {
                    let own = entry.key.len() + value.len();
                    size += own;
                    written += if value.sure == Sure::Written { own } else { 0 };
                    sure = sure.max(value.sure);
                }
            }
            if size > MOST
                && let Some(first) = variables.iter().next()
            {
                report
                    .key(first, format!("the variables have {size} bytes; the most is {MOST}"))
                    .sure(if written > MOST { Sure::Written } else { sure });
            }
        }
    }
}
