use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::Text;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-resources",
    why: "Two resources that belong together say different things of what they share, and AWS refuses the second.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: aurora-mysql, MasterUsername: cars, ManageMasterUserPassword: true}
  Instance:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBInstanceClass: db.t4g.medium, DBClusterIdentifier: !Ref Cluster}
",
    instead: r"
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: aurora-postgresql, MasterUsername: cars, ManageMasterUserPassword: true}
  Instance:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBInstanceClass: db.t4g.medium, DBClusterIdentifier: !Ref Cluster}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, service) in set.of("AWS::ECS::Service") {
        service_and_task(set, template, service, report);
    }
    for (template, instance) in set.of("AWS::RDS::DBInstance") {
        instance_and_cluster(set, template, instance, report);
    }
    for (template, stage) in set.of("AWS::ApiGateway::Stage") {
        same_api(set, template, stage, "DeploymentId", report);
    }
    for (template, method) in set.of("AWS::ApiGateway::Method") {
        same_api(set, template, method, "AuthorizerId", report);
        authorization(set, template, method, report);
    }
}

fn service_and_task<'a>(set: &Set<'a>, template: &Template<'a>, service: &Resource<'a>, report: &mut Report<'a>) {
    let Some((home, task)) = service
        .property("TaskDefinition")
        .and_then(|node| set.target(template, node))
        .filter(|(_, task)| task.kind == "AWS::ECS::TaskDefinition")
    else {
        return;
    };
    fargate((template, service), (home, task), report);
    network((home, task), service, report);
}

/// A resource, and the template that it stands in.
type Placed<'s, 'a> = (&'s Template<'a>, &'s Resource<'a>);

fn text<'a>((home, of): Placed<'_, 'a>, name: &str) -> Option<Text<'a>> {
    known::text(home, of.property(name)?)
}

fn fargate<'a>(service: Placed<'_, 'a>, (home, task): Placed<'_, 'a>, report: &mut Report<'a>) {
    if let Some(launch) = text(service, "LaunchType").filter(|launch| *launch == "FARGATE")
        && let Some(node) = task.property("RequiresCompatibilities")
        && let Some(items) = known::list(home, node)
        && !items.value.is_empty()
        && items
            .value
            .iter()
            .all(|item| item.whole().is_some_and(|item| item != "FARGATE"))
    {
        let message = format!("`{}` runs this task on Fargate, which it does not allow", service.1.id);
        report
            .value(node, message)
            .sure(launch.sure.max(items.sure))
            .also_if(service.1.property("LaunchType"), "the service");
    }
}

fn network<'a>(task: Placed<'_, 'a>, service: &Resource<'a>, report: &mut Report<'a>) {
    if let Some(mode) = text(task, "NetworkMode").filter(|mode| *mode == "awsvpc")
        && service.properties.is_some_and(|map| {
            map.entry("NetworkConfiguration").is_none() && !crate::read::template::kind::is_open(map)
        })
    {
        report
            .key(
                service.entry,
                format!(
                    "`{}` needs `NetworkConfiguration`: its task has a network of its own",
                    service.id
                ),
            )
            .sure(mode.sure)
            .also_if(task.1.property("NetworkMode"), "the task")
            .help("name subnets and security groups");
    }
}

fn instance_and_cluster<'a>(set: &Set<'a>, template: &Template<'a>, instance: &Resource<'a>, report: &mut Report<'a>) {
    let Some((home, cluster)) = instance
        .property("DBClusterIdentifier")
        .and_then(|node| set.target(template, node))
        .filter(|(_, cluster)| cluster.kind == "AWS::RDS::DBCluster")
    else {
        return;
    };
    for name in ["Engine", "StorageEncrypted"] {
        let (Some(node), Some(other)) = (instance.property(name), cluster.property(name)) else {
            continue;
        };
        let pair = known::text(template, node).zip(known::text(home, other));
        if let Some((own, of_cluster)) = pair.filter(|(own, of_cluster)| !own.eq_ignore_ascii_case(of_cluster)) {
            let message = format!("`{name}` is {own}; the cluster `{}` has {of_cluster}", cluster.id);
            report
                .value(node, message)
                .sure(own.sure)
                .sure(of_cluster.sure)
                .also(other, "the cluster");
        }
    }
}

/// What a stage or a method names is of its own API.
fn same_api<'a>(set: &Set<'a>, template: &Template<'a>, of: &Resource<'a>, name: &str, report: &mut Report<'a>) {
    let Some(node) = of.property(name) else { return };
    let api = |home: &Template<'a>, of: &Resource<'a>| {
        let node = of.property("RestApiId")?;
        set.target(home, node).map(|(_, api)| api.id)
    };
    if let Some((home, target)) = set.target(template, node)
        && let (Some(own), Some(other)) = (api(template, of), api(home, target))
        && own != other
    {
        report
            .value(
                node,
                format!("`{}` is of the API `{other}`; this one is `{own}`", target.id),
            )
            .also_if(target.property("RestApiId"), format!("`{}`", target.id));
    }
}

fn authorization<'a>(set: &Set<'a>, template: &Template<'a>, method: &Resource<'a>, report: &mut Report<'a>) {
    let (Some(node), Some(aim)) = (method.property("AuthorizationType"), method.property("AuthorizerId")) else {
        return;
    };
    let Some((home, authorizer)) = set.target(template, aim) else {
        return;
    };
    let kind = authorizer
        .property("Type")
        .and_then(|node: &'a Node| known::text(home, node));
    let pair = known::text(template, node).zip(kind);
    let Some((wants, kind)) = pair else { return };
    let fits = match &*wants {
        "CUSTOM" => kind == "TOKEN" || kind == "REQUEST",
        "COGNITO_USER_POOLS" => kind == "COGNITO_USER_POOLS",
        _ => return,
    };
    if !fits {
        let message = format!(
            "the authorization is {wants}; the authorizer `{}` is of type {kind}",
            authorizer.id
        );
        report
            .value(node, message)
            .sure(wants.sure)
            .sure(kind.sure)
            .also_if(authorizer.property("Type"), "the authorizer");
    }
}
