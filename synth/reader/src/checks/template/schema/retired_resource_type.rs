use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::{self, ResourceSchema};

pub(super) const RULE: Rule = Rule {
    name: "retired-resource-type",
    why: "The service that made these has been shut down: nothing can be created in it any more.",
    link: "https://docs.aws.amazon.com/general/latest/gr/full_shutdown_services.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Ledger:
    Type: AWS::QLDB::Ledger
    Properties: {PermissionsMode: STANDARD}
",
    instead: r"
Resources:
  Ledger:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for resource in set.templates.iter().flat_map(|template| &template.resources) {
        let gone = schema::resource(resource.kind).and_then(ResourceSchema::lifecycle);
        let Some(gone) = gone.filter(|lifecycle| lifecycle.status == "shutdown") else {
            continue;
        };
        if let Some(node) = resource.attribute("Type") {
            let since = gone.date.map(|date| format!(" since {date}")).unwrap_or_default();
            report.value(node, format!("AWS makes no `{}` any more{since}", resource.kind));
        }
    }
}
