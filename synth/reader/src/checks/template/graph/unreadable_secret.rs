use crate::checks::template::contents::containers;
use crate::checks::template::policy::{Statement, matches};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::branch::branches;
use crate::read::template::known::Sure;
use crate::read::template::{Resource, Template, function, known};

pub(super) const RULE: Rule = Rule {
    name: "unreadable-secret",
    why: "ECS reads the secrets of a container with the execution role: without the permission the task does not start.",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Secret: {Type: AWS::SecretsManager::Secret, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {'aws:SourceAccount': !Ref 'AWS::AccountId'}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ExecutionRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          Secrets: [{Name: PASSWORD, ValueFrom: !Ref Secret}]
",
    instead: r"
Resources:
  Secret: {Type: AWS::SecretsManager::Secret, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
      Policies:
        - PolicyName: secret
          PolicyDocument:
            Version: '2012-10-17'
            Statement: {Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref Secret}
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {'aws:SourceAccount': !Ref 'AWS::AccountId'}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ExecutionRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          Secrets: [{Name: PASSWORD, ValueFrom: !Ref Secret}]
",
    check,
};

/// What AWS's own policy for execution roles allows has nothing to do with secrets.
const PLAIN: &str = "AmazonECSTaskExecutionRolePolicy";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, task) in set.of("AWS::ECS::TaskDefinition") {
        let secrets = containers(task)
            .iter()
            .filter_map(|container| container.get("Secrets")?.list())
            .flatten();
        let role = task.property("ExecutionRoleArn");
        for node in secrets.filter_map(|secret| secret.get("ValueFrom")) {
            let Some(role) = role else {
                report
                    .value(
                        node,
                        format!("`{}` has secrets and no execution role to read them with", task.id),
                    )
                    .help("set `ExecutionRoleArn`");
                continue;
            };
            let reader = set
                .target(template, role)
                .filter(|(_, role)| role.kind == "AWS::IAM::Role");
            let (Some((home, role)), Some((secret, action))) = (reader, secret(template, node)) else {
                continue;
            };
            if let Some(sure) = cannot(set, home, role, secret, action) {
                report
                    .value(
                        node,
                        format!("the execution role `{}` cannot read `{}`", role.id, secret.id),
                    )
                    .also(role.entry, "the role")
                    .sure(sure)
                    .help(format!("allow it `{action}` on the secret"));
            }
        }
    }
}

/// The secret or parameter that a container asks for, and what reading it takes.
fn secret<'s, 'a>(template: &'s Template<'a>, node: &'a Node) -> Option<(&'s Resource<'a>, &'static str)> {
    let mut names = Vec::new();
    function::names(node, &mut names);
    names.into_iter().find_map(|name| {
        let resource = template.resource(name)?;
        let action = match resource.kind {
            "AWS::SecretsManager::Secret" => "secretsmanager:getsecretvalue",
            "AWS::SSM::Parameter" => "ssm:getparameters",
            _ => return None,
        };
        Some((resource, action))
    })
}

/// Whether all policies of a role are known, and none of them allows an action on a secret; and how surely.
fn cannot<'a>(
    set: &Set<'a>,
    home: &Template<'a>,
    role: &Resource<'a>,
    secret: &Resource<'a>,
    action: &str,
) -> Option<Sure> {
    let mut sure = Sure::Written;
    let managed = role.property("ManagedPolicyArns");
    for item in managed.map_or(Some(&[][..]), Node::list)? {
        let plain = known::shape(home, item).filter(|shape| shape.end().ends_with(PLAIN))?;
        sure = sure.max(plain.sure);
    }
    let documents = documents(set, home, role)?;
    let allowed = documents.iter().any(|(home, document)| {
        let Some(statements) = Statement::all(document) else {
            return true;
        };
        statements
            .iter()
            .any(|statement| statement.allows && allows(home, statement, secret, action))
    });
    (!allowed).then_some(sure)
}

/// The documents that are attached to a role; nothing if one of them is not known.
fn documents<'s, 'a>(
    set: &'s Set<'a>,
    home: &'s Template<'a>,
    role: &Resource<'a>,
) -> Option<Vec<(&'s Template<'a>, &'a Node)>> {
    let mut found = Vec::new();
    if let Some(policies) = role.property("Policies") {
        for policy in policies.list()? {
            found.push((home, policy.get("PolicyDocument")?));
        }
    }
    for kind in ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"] {
        for (template, policy) in set.of(kind) {
            let names = ["Roles", "RoleName"]
                .into_iter()
                .filter_map(|name| policy.property(name));
            let mut aims = names.flat_map(|node| node.list().unwrap_or(std::slice::from_ref(node)));
            let this = aims.any(|node| match set.target(template, node) {
                Some((_, target)) => target.id == role.id,
                // A role by its name may be this one.
                None => true,
            });
            if this {
                found.push((template, policy.property("PolicyDocument")?));
            }
        }
    }
    Some(found)
}

fn allows(home: &Template<'_>, statement: &Statement<'_>, secret: &Resource<'_>, action: &str) -> bool {
    let other = ["NotAction", "NotResource"]
        .iter()
        .any(|name| statement.node.get(name).is_some());
    let unwritten = |name: &str| statement.node.get(name).is_none_or(|node| branches(node).is_empty());
    if other || unwritten("Action") {
        return true;
    }
    if !statement
        .actions()
        .any(|pattern| matches(&pattern.to_ascii_lowercase(), action))
    {
        return false;
    }
    let Some(resources) = statement.node.get("Resource") else {
        return true;
    };
    let items = resources.list().unwrap_or(std::slice::from_ref(resources));
    items.iter().any(|node| {
        let mut names = Vec::new();
        function::names(node, &mut names);
        let other_secret = |name: &&str| {
            let target = home.resource(name);
            target.is_some_and(|target| target.kind == secret.kind && target.id != secret.id)
        };
        // Only what names another secret, and nothing else, is certainly not this one.
        let only_others = !names.is_empty() && names.iter().all(other_secret);
        !only_others
    })
}
