//! Stacks that refer to each other.

use insta::assert_snapshot;
use serde_json::Value as Json;
use synth::aws::ec2::{Subnet, Vpc};
use synth::aws::elasticloadbalancingv2::LoadBalancer;
use synth::template::{Handle, Stack, Template, Value, link, sub};

use super::{id, refused, template, thing};

fn with_vpc(stack: &str) -> (Template, Handle<Vpc>) {
    let mut template = template(stack);
    let vpc = template.add(id("vpc"), &Vpc::new()).unwrap();
    (template, vpc)
}

/// A stack that uses the ids of these VPCs.
fn using(stack: &str, vpcs: &[&Handle<Vpc>]) -> Template {
    let mut template = template(stack);
    for (number, vpc) in vpcs.iter().enumerate() {
        template.add(id(&format!("use-{number}")), &thing(&vpc.id())).unwrap();
    }
    template
}

fn names(stacks: &[Stack]) -> Vec<&str> {
    stacks.iter().map(|stack| stack.name.as_str()).collect()
}

fn property(stack: &Stack, id: &str) -> Json {
    stack.template["Resources"][id]["Properties"]["It"].clone()
}

#[test]
fn a_reference_into_another_stack_is_an_import() {
    let (network, vpc) = with_vpc("network");
    let stacks = link(&[network, using("service", &[&vpc])]).unwrap();
    assert_snapshot!(property(&stacks[1], "Use0"), @r#"{"Fn::ImportValue":"network-Vpc"}"#);
}

#[test]
fn what_another_stack_refers_to_is_an_export() {
    let (network, vpc) = with_vpc("network");
    let stacks = link(&[network, using("service", &[&vpc, &vpc])]).unwrap();
    let outputs = &stacks[0].template["Outputs"];
    assert_snapshot!(outputs, @r#"{"Vpc":{"Value":{"Ref":"Vpc"},"Export":{"Name":"network-Vpc"}}}"#);
}

#[test]
fn what_no_other_stack_refers_to_is_no_export() {
    let (network, _) = with_vpc("network");
    assert_eq!(link(&[network]).unwrap()[0].template.get("Outputs"), None);
}

#[test]
fn an_attribute_is_exported_under_its_name() {
    let mut network = template("network");
    let balancer = network.add(id("load-balancer"), &LoadBalancer::new()).unwrap();
    let mut service = template("service");
    service.add(id("use"), &thing(&balancer.full_name())).unwrap();
    let stacks = link(&[network, service]).unwrap();
    assert_snapshot!(stacks[0].template["Outputs"], @r#"{"LoadBalancerFullName":{"Value":{"Fn::GetAtt":["LoadBalancer","LoadBalancerFullName"]},"Export":{"Name":"network-LoadBalancerFullName"}}}"#);
}

#[test]
fn an_import_in_a_sub_is_a_variable_beside_it() {
    let (network, vpc) = with_vpc("network");
    let mut service = template("service");
    service
        .add(id("use"), &thing(&sub("vpc/${vpc}", &[("vpc", &vpc.id())])))
        .unwrap();
    let stacks = link(&[network, service]).unwrap();
    assert_snapshot!(property(&stacks[1], "Use"), @r#"{"Fn::Sub":["vpc/${Vpc}",{"Vpc":{"Fn::ImportValue":"network-Vpc"}}]}"#);
}

#[test]
fn imports_of_one_name_from_two_stacks_keep_apart_in_a_sub() {
    let ((blue, one), (green, other)) = (with_vpc("blue"), with_vpc("green"));
    let mut service = template("service");
    let both = sub("${one} ${other}", &[("one", &one.id()), ("other", &other.id())]);
    service.add(id("use"), &thing(&both)).unwrap();
    let stacks = link(&[blue, green, service]).unwrap();
    assert_snapshot!(property(&stacks[2], "Use"), @r#"{"Fn::Sub":["${Vpc} ${Vpc2}",{"Vpc":{"Fn::ImportValue":"blue-Vpc"},"Vpc2":{"Fn::ImportValue":"green-Vpc"}}]}"#);
}

#[test]
fn an_import_in_a_sub_does_not_hide_a_resource_of_its_name() {
    let ((network, there), (mut service, here)) = (with_vpc("network"), with_vpc("service"));
    let both = sub("${there} ${here}", &[("there", &there.id()), ("here", &here.id())]);
    service.add(id("use"), &thing(&both)).unwrap();
    let stacks = link(&[network, service]).unwrap();
    assert_snapshot!(property(&stacks[1], "Use"), @r#"{"Fn::Sub":["${Vpc2} ${Vpc}",{"Vpc2":{"Fn::ImportValue":"network-Vpc"}}]}"#);
}

#[test]
fn an_output_can_show_what_another_stack_has() {
    let (network, vpc) = with_vpc("network");
    let mut service = template("service");
    service.output("Where", "The network", vpc.id().text()).unwrap();
    let stacks = link(&[network, service]).unwrap();
    assert_snapshot!(stacks[1].template["Outputs"], @r#"{"Where":{"Description":"The network","Value":{"Fn::ImportValue":"network-Vpc"}}}"#);
}

#[test]
fn a_stack_comes_after_those_that_it_imports_from() {
    let (network, vpc) = with_vpc("network");
    let stacks = link(&[using("service", &[&vpc]), network]).unwrap();
    assert_eq!(names(&stacks), ["network", "service"]);
}

#[test]
fn stacks_that_need_nothing_of_each_other_keep_their_order() {
    let (last, vpc) = with_vpc("y");
    let stacks = link(&[template("z"), using("x", &[&vpc]), last, template("a")]).unwrap();
    assert_eq!(names(&stacks), ["z", "y", "x", "a"]);
}

#[test]
fn a_stack_tells_what_it_depends_on_once() {
    let ((b, one), (a, other)) = (with_vpc("b"), with_vpc("a"));
    let stacks = link(&[b, a, using("c", &[&one, &other, &one])]).unwrap();
    let needs: Vec<_> = stacks[2].depends_on.iter().map(ToString::to_string).collect();
    assert_eq!(needs, ["a", "b"]);
}

#[test]
fn a_circle_is_named_without_what_only_waits_for_it() {
    let ((mut a, in_a), (mut b, in_b)) = (with_vpc("a"), with_vpc("b"));
    a.add(id("use"), &thing(&in_b.id())).unwrap();
    b.add(id("use"), &thing(&in_a.id())).unwrap();
    let waits = using("waits", &[&in_a]);
    assert_snapshot!(refused(&[waits, a, b]), @"stacks import from each other in a circle: a -> b -> a; move what they share into a stack of its own");
}

#[test]
fn a_stack_that_is_not_linked_is_missed() {
    let (_, vpc) = with_vpc("network");
    assert_snapshot!(refused(&[using("service", &[&vpc])]), @"service refers to `Vpc` of network, which is not among the stacks that are linked");
}

#[test]
fn a_resource_that_another_copy_of_the_stack_has_is_missed() {
    let (_, vpc) = with_vpc("network");
    assert_snapshot!(refused(&[template("network"), using("service", &[&vpc])]), @"service refers to `Vpc` of network, which is not among the stacks that are linked");
}

#[test]
fn two_stacks_have_two_names() {
    assert_snapshot!(refused(&[template("network"), template("network")]), @"network: `network` stands twice; give one of the two another role");
}

#[test]
fn an_export_does_not_replace_an_output() {
    let (mut network, vpc) = with_vpc("network");
    network.output("Vpc", "Something else", "no".into()).unwrap();
    assert_snapshot!(refused(&[network, using("service", &[&vpc])]), @"network: `Vpc` stands twice; give one of the two another role");
}

#[test]
fn exports_stand_in_the_order_of_their_resources() {
    let (mut network, vpc) = with_vpc("network");
    let subnet = network.add(id("a-subnet"), &Subnet::new(vpc.id())).unwrap();
    let mut service = template("service");
    let all: Value<Vec<String>> = [subnet.id().text(), vpc.id().text(), vpc.default_security_group().text()].into();
    service.add(id("use"), &thing(&all)).unwrap();
    let stacks = link(&[network, service]).unwrap();
    let outputs: Vec<_> = stacks[0].template["Outputs"].as_object().unwrap().keys().collect();
    assert_eq!(outputs, ["Vpc", "VpcDefaultSecurityGroup", "ASubnet"]);
}

#[test]
fn a_long_chain_given_backwards_is_put_in_order() {
    let mut templates = vec![];
    let mut before: Option<Handle<Vpc>> = None;
    for number in 0..500 {
        let (mut template, vpc) = with_vpc(&format!("s{number}"));
        if let Some(before) = before.replace(vpc) {
            template.add(id("use"), &thing(&before.id())).unwrap();
        }
        templates.push(template);
    }
    templates.reverse();
    let stacks = link(&templates).unwrap();
    assert_eq!((stacks[0].name.as_str(), stacks[499].name.as_str()), ("s0", "s499"));
}
