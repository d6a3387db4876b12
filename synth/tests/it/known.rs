//! What the functions of a template come to before it is deployed, and how surely.

use synth::read::template::known::{self, Ask, Known, Sure};
use synth::read::template::{Templates, worlds};
use synth::read::{self, Document, Node};

const TEMPLATE: &str = r"
Parameters:
  Name: {Type: String, Default: cars}
  Count: {Type: Number, Default: 3}
  Only: {Type: String, AllowedValues: [prod]}
  Size: {Type: String, AllowedValues: [small, large]}
  Free: {Type: String}
  Subnets: {Type: CommaDelimitedList, Default: 'a, b'}
  Secret: {Type: String, Default: '{{resolve:ssm:name:1}}'}
Mappings:
  Sizes:
    dev: {Memory: 512, Zones: [x, y]}
    prod: {Memory: 1024, Zones: [z]}
Conditions:
  Large: !Equals [!Ref Size, large]
Outputs:
";

/// What a value in YAML comes to, in the template above.
fn shown(value: &str) -> String {
    let document = document(value);
    let set = Templates::new(std::slice::from_ref(&document));
    let template = &set.templates[0];
    match known::shape(template, node(&document)) {
        Some(Known { value, sure }) => format!("{value} ({sure:?})"),
        None => "?".to_owned(),
    }
}

fn document(value: &str) -> Document {
    read::document("t.yaml", &format!("{TEMPLATE}  Of: {{Value: {value}}}\n")).unwrap()
}

fn node(document: &Document) -> &Node {
    document.root.dig(&["Outputs", "Of", "Value"]).unwrap()
}

/// One of each function, with what is known of it and what is not.
const VALUES: &[&str] = &[
    "text",
    "8080",
    "!Ref Name",
    "!Ref Count",
    "!Ref Only",
    "!Ref Size",
    "!Ref Secret",
    "!Ref 'AWS::Region'",
    "!GetAtt Queue.Arn",
    "!Sub '${Name}-${Free}-${Queue.Arn}-${!left}'",
    "!Sub ['${A}${Name}', {A: !GetAZs ''}]",
    "!Join ['-', [a, !Ref 'AWS::NoValue', !Ref Name, !GetAZs '']]",
    "!Join ['/', !Ref Subnets]",
    "!Join ['', !Split [x, axbxc]]",
    "!Select [1, [a, b]]",
    "!Select [1, !Ref Subnets]",
    "!Select [1, !Split ['/', 'a/b/${c}']]",
    "!Select [2, !Split ['/', 'a/b/${c}']]",
    "!Select [1, [!If [Large, a, !Ref 'AWS::NoValue'], b]]",
    "!FindInMap [Sizes, prod, Memory]",
    "!FindInMap [Sizes, !Ref Only, Memory]",
    "!Select [0, !FindInMap [Sizes, dev, Zones]]",
    "!FindInMap [Sizes, !Ref Free, Memory]",
    "!If [Large, a, a]",
    "!If [Large, a, b]",
    "!Base64 text",
    "!ImportValue other",
    "'{{resolve:ssm:name}}'",
    "'left ${alone} and {{ that }}'",
];

#[test]
fn each_function_comes_to_what_cloudformation_makes_of_it() {
    let lines: Vec<String> = VALUES
        .iter()
        .map(|value| format!("{value} -> {}", shown(value)))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    text -> text (Written)
    8080 -> 8080 (Written)
    !Ref Name -> cars (Default)
    !Ref Count -> 3 (Default)
    !Ref Only -> prod (Written)
    !Ref Size -> ${Size} (Written)
    !Ref Secret -> {{resolve:ssm:name:1}} (Default)
    !Ref 'AWS::Region' -> ${AWS::Region} (Written)
    !GetAtt Queue.Arn -> ${Queue.Arn} (Written)
    !Sub '${Name}-${Free}-${Queue.Arn}-${!left}' -> cars-${Free}-${Queue.Arn}-${left} (Default)
    !Sub ['${A}${Name}', {A: !GetAZs ''}] -> ${?}cars (Default)
    !Join ['-', [a, !Ref 'AWS::NoValue', !Ref Name, !GetAZs '']] -> a-cars-${?} (Default)
    !Join ['/', !Ref Subnets] -> a/b (Default)
    !Join ['', !Split [x, axbxc]] -> abc (Written)
    !Select [1, [a, b]] -> b (Written)
    !Select [1, !Ref Subnets] -> b (Default)
    !Select [1, !Split ['/', 'a/b/${c}']] -> b (Written)
    !Select [2, !Split ['/', 'a/b/${c}']] -> ?
    !Select [1, [!If [Large, a, !Ref 'AWS::NoValue'], b]] -> ?
    !FindInMap [Sizes, prod, Memory] -> 1024 (Written)
    !FindInMap [Sizes, !Ref Only, Memory] -> 1024 (Written)
    !Select [0, !FindInMap [Sizes, dev, Zones]] -> x (Written)
    !FindInMap [Sizes, !Ref Free, Memory] -> ?
    !If [Large, a, a] -> a (Written)
    !If [Large, a, b] -> ?
    !Base64 text -> ?
    !ImportValue other -> ?
    '{{resolve:ssm:name}}' -> {{resolve:ssm:name}} (Written)
    'left ${alone} and {{ that }}' -> left ${alone} and {{ that }} (Written)
    ");
}

#[test]
fn all_that_a_value_can_be_is_told() {
    let all = |value: &str| {
        let document = document(value);
        let set = Templates::new(std::slice::from_ref(&document));
        let texts = known::texts(&set.templates[0], node(&document));
        let texts = texts.iter().map(|text| format!("{text} {:?}", text.sure));
        texts.collect::<Vec<_>>().join(", ")
    };
    insta::assert_snapshot!(all("!Ref Size"), @"small OneOf, large OneOf");
    insta::assert_snapshot!(all("!FindInMap [Sizes, !Ref Size, Memory]"), @"512 OneOf, 1024 OneOf");
    insta::assert_snapshot!(all("!If [Large, !Ref Name, b]"), @"cars Default, b Written");
    insta::assert_snapshot!(all("!Ref Free"), @"");
}

#[test]
fn in_a_scenario_conditions_and_parameters_are_what_it_says() {
    let document = document("!If [Large, !Sub 'is ${Size}', !Ref Name]");
    let set = Templates::new(std::slice::from_ref(&document));
    let template = &set.templates[0];
    let conditions = std::iter::once("Large").collect();
    let texts: Vec<String> = worlds::all(template, &conditions)
        .iter()
        .filter_map(|scenario| Ask::of(template).in_scenario(scenario).text(node(&document)))
        .map(|text| format!("{text} {:?}", text.sure))
        .collect();
    insta::assert_snapshot!(texts.join("\n"), @"
    cars Default
    is large OneOf
    ");
}

#[test]
fn an_import_is_what_another_template_exports_and_may_be_deployed_otherwise() {
    let exporter = read::document(
        "e.yaml",
        "Outputs: {Name: {Value: !Sub 'cars-${AWS::NoValue}', Export: {Name: open}}, Fixed: {Value: cars, Export: {Name: fixed}}}",
    )
    .unwrap();
    let importer = document("[!ImportValue fixed, !ImportValue open, !ImportValue missing]");
    let documents = [exporter, importer];
    let set = Templates::new(&documents);
    let ask = Ask::of(&set.templates[1]).across(&set);
    let found: Vec<Option<(String, Sure)>> = node(&documents[1])
        .list()
        .unwrap()
        .iter()
        .map(|node| ask.text(node).map(|text| (text.to_string(), text.sure)))
        .collect();
    assert_eq!(found, [Some(("cars".to_owned(), Sure::OneOf)), None, None]);
}

#[test]
fn a_text_that_grows_beyond_every_template_is_not_known() {
    let value = format!("!Sub ['{}', {{Long: '{}'}}]", "${Long}".repeat(2000), "x".repeat(1000));
    let document = document(&value);
    let set = Templates::new(std::slice::from_ref(&document));
    assert_eq!(known::text(&set.templates[0], node(&document)), None);
}
