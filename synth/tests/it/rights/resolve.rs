//! Templates with their functions resolved, as CloudFormation resolves them in one account.

use serde_json::{Map, Value as Json, json};

use super::physical::{Form, digits, form, made_up};
use super::stack::Stack;

/// The account that all environments are in.
pub(super) const ACCOUNT: &str = "111122223333";
pub(super) const REGION: &str = "us-east-1";

/// All stacks of an environment.
pub(super) struct Stacks(pub(super) Vec<Stack>);

/// What AWS calls a resource.
#[derive(Clone, Debug)]
pub(super) struct Physical {
    pub(super) name: String,
    pub(super) id: String,
    /// What `Ref` gives.
    pub(super) reference: String,
    /// Empty if it has none.
    pub(super) arn: String,
}

impl Stacks {
    /// What AWS calls a resource of a stack.
    pub(super) fn physical(&self, stack: &Stack, id: &str) -> Physical {
        let resource = &stack.template["Resources"][id];
        let kind = resource["Type"]
            .as_str()
            .unwrap_or_else(|| panic!("{} has no {id}", stack.name));
        let form = form(kind);
        let given = form.name.and_then(|property| resource["Properties"].get(property));
        let name = given
            .map(|given| self.text(stack, given))
            .filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| made_up(form.style, &stack.name, id));
        // The name of GitHub's identity provider is its URL without the scheme.
        let name = name.trim_start_matches("https://").to_owned();
        let chosen = digits(&format!("{} {id}", stack.name), form.id);
        let fill = |text: &str| {
            let text = text.replace("{name}", &name).replace("{id}", &chosen);
            text.replace("{r}", REGION).replace("{a}", ACCOUNT)
        };
        let arn = self.arn(stack, resource, form, fill);
        let reference = fill(form.reference).replace("{arn}", &arn);
        Physical {
            name,
            id: chosen,
            reference,
            arn,
        }
    }

    fn arn(&self, stack: &Stack, resource: &Json, form: &Form, fill: impl Fn(&str) -> String) -> String {
        if form.arn.is_empty() {
            return String::new();
        }
        let arn = format!("arn:aws:{}", fill(form.arn));
        let Some((start, rest)) = arn.split_once("{of ") else {
            return arn;
        };
        let (property, end) = rest.split_once('}').unwrap();
        let of = self.text(stack, &resource["Properties"][property]);
        let last = of.splitn(6, ':').last().unwrap();
        let last = if of.starts_with("arn:") {
            last.split_once('/').map_or(last, |(_, last)| last)
        } else {
            &of
        };
        format!("{start}{last}{end}")
    }

    fn text(&self, stack: &Stack, node: &Json) -> String {
        match self.eval(stack, node) {
            Some(Json::String(text)) => text,
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// A piece of a template without functions; none where it is `AWS::NoValue`.
    pub(super) fn eval(&self, stack: &Stack, node: &Json) -> Option<Json> {
        match node {
            Json::Array(items) => Some(items.iter().filter_map(|item| self.eval(stack, item)).collect()),
            Json::Object(map) => match map.iter().next() {
                Some((name, of)) if map.len() == 1 && (name == "Ref" || name.starts_with("Fn::")) => {
                    self.function(stack, name, of)
                }
                _ => {
                    let pairs = map
                        .iter()
                        .filter_map(|(key, node)| Some((key.clone(), self.eval(stack, node)?)));
                    Some(Json::Object(pairs.collect::<Map<_, _>>()))
                }
            },
            plain => Some(plain.clone()),
        }
    }

    fn function(&self, stack: &Stack, name: &str, of: &Json) -> Option<Json> {
        Some(match name {
            "Ref" => return self.reference(stack, of.as_str().unwrap()),
            "Fn::GetAtt" => {
                let (id, attribute) = match of {
                    Json::String(both) => both.split_once('.').unwrap(),
                    _ => (of[0].as_str().unwrap(), of[1].as_str().unwrap()),
                };
                json!(self.attribute(stack, id, attribute))
            }
            "Fn::Sub" => json!(self.sub(stack, of)),
            "Fn::ImportValue" => return self.import(&self.text(stack, of)),
            "Fn::If" => {
                let holds = self.condition(stack, of[0].as_str().unwrap());
                return self.eval(stack, &of[if holds { 1 } else { 2 }]);
            }
            "Fn::Join" => json!(self.texts(stack, &of[1]).join(of[0].as_str().unwrap())),
            "Fn::Split" => json!(
                self.text(stack, &of[1])
                    .split(of[0].as_str().unwrap())
                    .collect::<Vec<_>>()
            ),
            "Fn::Select" => {
                let index = self.text(stack, &of[0]).parse::<usize>().unwrap();
                json!(self.texts(stack, &of[1])[index])
            }
            "Fn::GetAZs" => json!(["a", "b", "c", "d"].map(|zone| format!("{REGION}{zone}"))),
            other => panic!("{}: the tests' world does not know {other}", stack.name),
        })
    }

    fn texts(&self, stack: &Stack, node: &Json) -> Vec<String> {
        let all = self.eval(stack, node);
        all.as_ref()
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect()
    }

    fn reference(&self, stack: &Stack, name: &str) -> Option<Json> {
        Some(json!(match name {
            "AWS::NoValue" => return None,
            "AWS::Partition" => "aws".to_owned(),
            "AWS::AccountId" => ACCOUNT.to_owned(),
            "AWS::Region" => REGION.to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            "AWS::StackName" => stack.name.clone(),
            "AWS::StackId" => stack.arn(),
            _ => match stack.parameters.get(name) {
                Some(value) => value.clone(),
                None => self.physical(stack, name).reference,
            },
        }))
    }

    fn attribute(&self, stack: &Stack, id: &str, attribute: &str) -> String {
        let physical = self.physical(stack, id);
        let kind = stack.template["Resources"][id]["Type"].as_str().unwrap();
        let end = || physical.arn.rsplit_once(':').map_or("", |(_, end)| end).to_owned();
        match (kind, attribute) {
            ("AWS::Logs::LogGroup", "Arn") => format!("{}:*", physical.arn),
            ("AWS::RDS::DBInstance", "MasterUserSecret.SecretArn") => managed_secret(&physical.name),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerFullName") => {
                end().replacen("loadbalancer/", "", 1)
            }
            (_, "Arn" | "DBInstanceArn" | "ServiceArn" | "ListenerArn" | "RuleArn" | "TopicArn" | "PolicyArn") => {
                physical.arn
            }
            (_, "Name" | "RoleName" | "TopicName") => physical.name,
            (_, "Id" | "AllocationId" | "GroupId" | "KeyId" | "VpcId" | "SubnetId") => physical.id,
            // What no policy speaks of, such as the address of a database.
            (_, attribute) => format!("<{} {id} {attribute}>", stack.name),
        }
    }

    fn sub(&self, stack: &Stack, of: &Json) -> String {
        let (text, own) = match of {
            Json::Array(both) => (both[0].as_str().unwrap(), &both[1]),
            text => (text.as_str().unwrap(), &Json::Null),
        };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, behind) = after.split_once('}').unwrap();
            out.push_str(before);
            rest = behind;
            if let Some(literal) = name.strip_prefix('!') {
                out.extend(["${", literal, "}"]);
            } else if let Some(node) = own.get(name) {
                out.push_str(&self.text(stack, node));
            } else if let Some((id, attribute)) = name.split_once('.') {
                out.push_str(&self.attribute(stack, id, attribute));
            } else {
                out.push_str(&self.text(stack, &json!({ "Ref": name })));
            }
        }
        out + rest
    }

    fn import(&self, name: &str) -> Option<Json> {
        let outputs = self.0.iter().flat_map(|stack| {
            let outputs = stack.template["Outputs"].as_object().into_iter().flatten();
            outputs.map(move |(_, output)| (stack, output))
        });
        let mut found = outputs.filter(|(stack, output)| {
            output
                .get("Export")
                .is_some_and(|export| self.text(stack, &export["Name"]) == name)
        });
        let (stack, output) = found.next().unwrap_or_else(|| panic!("nothing exports {name}"));
        self.eval(stack, &output["Value"])
    }

    /// Whether a condition of a stack is true.
    pub(super) fn condition(&self, stack: &Stack, name: &str) -> bool {
        self.truth(stack, &stack.template["Conditions"][name])
    }

    fn truth(&self, stack: &Stack, node: &Json) -> bool {
        let (name, of) = node
            .as_object()
            .and_then(|map| map.iter().next())
            .expect("a condition is a function");
        let all = || of.as_array().unwrap().iter();
        match name.as_str() {
            "Fn::Equals" => self.text(stack, &of[0]) == self.text(stack, &of[1]),
            "Fn::Not" => !self.truth(stack, &of[0]),
            "Fn::And" => all().all(|one| self.truth(stack, one)),
            "Fn::Or" => all().any(|one| self.truth(stack, one)),
            "Condition" => self.condition(stack, of.as_str().unwrap()),
            other => panic!("{}: the tests' world does not know {other}", stack.name),
        }
    }
}

/// The secret that RDS makes for a database's master user.
pub(super) fn managed_secret(database: &str) -> String {
    let id = digits(database, "########-####-####-####-############-######");
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!db-{id}")
}
