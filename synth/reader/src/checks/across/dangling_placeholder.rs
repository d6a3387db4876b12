use super::facts::{Placeholder, is_slip};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "dangling-placeholder",
    why: "`${network.FirewallArn}` in a manifest is the output `FirewallArn` of the template `network`, put in when \
          the manifest is applied. An output that the template does not have is found out by a release that stops.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # network.template.yaml
Resources:
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: shop, SampledRequestsEnabled: true}
Outputs:
  FirewallArn: {Value: !GetAtt Firewall.Arn}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/wafv2-acl-arn: '${network.FirwallArn}'}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    instead: r"
--- # network.template.yaml
Resources:
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: shop, SampledRequestsEnabled: true}
Outputs:
  FirewallArn: {Value: !GetAtt Firewall.Arn}
--- # web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/wafv2-acl-arn: '${network.FirewallArn}'}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
",
    check,
};

/// What a release puts in beside the outputs of stacks.
const OF_RELEASE: &str = "image";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let all = set.manifests.all().iter().flat_map(Placeholder::all);
    let all: Vec<Placeholder<'a>> = all.filter(|one| one.stack != OF_RELEASE).collect();
    let is_used = all.iter().any(|one| one.filled(set).is_some());
    for placeholder in all.iter().filter(|one| one.filled(set).is_none()) {
        if placeholder.templates(set).next().is_some() {
            without_output(set, *placeholder, is_used, report);
        } else {
            without_stack(set, *placeholder, is_used, report);
        }
    }
}

fn without_output<'a>(set: &Set<'a>, placeholder: Placeholder<'a>, is_used: bool, report: &mut Report<'a>) {
    let Placeholder { node, stack, output } = placeholder;
    let outputs = || {
        placeholder
            .templates(set)
            .flat_map(|template| template.section("Outputs"))
    };
    let near = nearest(output, outputs().map(|entry| entry.key.as_str()));
    // Other tools write placeholders with a point, too.
    if !(set.together || is_used || near.is_some()) {
        return;
    }
    let draft = report.value(node, format!("the template `{stack}` has no output `{output}`"));
    let Some(near) = near else {
        let heading = placeholder
            .templates(set)
            .find_map(|template| Some(&template.section("Resources").next()?.value));
        draft.also_if(heading, "this template");
        draft.help(format!(
            "add the output `{output}` to the template, or name one that it has"
        ));
        return;
    };
    let entry = outputs().find(|entry| entry.key == near);
    draft.also_if(entry, format!("`{near}` is here"));
    draft.help(format!("did you mean `${{{stack}.{near}}}`?"));
}

fn without_stack<'a>(set: &Set<'a>, placeholder: Placeholder<'a>, is_used: bool, report: &mut Report<'a>) {
    let Placeholder { node, stack, output } = placeholder;
    let stacks = Placeholder::stacks(set);
    let near = nearest(stack, stacks.iter().copied().filter(|near| is_slip(stack, near)));
    if !(set.together || is_used && near.is_some()) {
        return;
    }
    let draft = report.value(
        node,
        format!("there is no template `{stack}`, whose output `{output}` is wanted"),
    );
    match near {
        Some(near) => draft.help(format!("did you mean `${{{near}.{output}}}`?")),
        None => draft.help("name a template of the environment and one of its outputs"),
    }
}
