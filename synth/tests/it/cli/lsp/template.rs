//! What is answered about a template.

use serde_json::{Value as Json, json};

use super::{Editor, TEMPLATE, place, uri};
use crate::files::Temp;

#[test]
fn a_property_says_what_a_change_of_it_does() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    let name = uri(&temp, "a.yaml");
    editor.open(&name, TEMPLATE);
    let mut hover = |word: &str| {
        let answer = editor.at("textDocument/hover", &name, TEMPLATE, word);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover("      MasterUser").contains("**replaces**"));
    assert!(hover("      AllocatedSto").contains("in place"));
    let kind = hover("Type: AWS::RDS::DBIn");
    assert!(
        kind.contains("**AWS::RDS::DBInstance**") && kind.contains("`Endpoint.Address`"),
        "{kind}"
    );
    let parameter = hover("AllocatedStorage: !Ref Si");
    assert!(
        parameter.contains("parameter") && parameter.contains("In gigabytes") && parameter.contains("`20`"),
        "{parameter}"
    );
    let attribute = hover("${Database.End");
    assert!(
        attribute.contains("`AWS::RDS::DBInstance`") && attribute.contains("`Endpoint.Address`"),
        "{attribute}"
    );
    assert_eq!(hover("DeletionPolicy: Ret"), "");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn names_lead_to_where_they_are_made_and_used() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    let name = uri(&temp, "a.yaml");
    editor.open(&name, TEMPLATE);
    for (word, made) in [
        ("Ref Size, ", "Parameters:\n  Size"),
        ("DependsOn: Datab", "Database"),
        ("[Lar", "  Large"),
        ("${Data", "Database"),
    ] {
        let word = word.trim_end_matches(", ");
        let answer = editor.at("textDocument/definition", &name, TEMPLATE, word);
        let (line, _) = place(TEMPLATE, made);
        assert_eq!(
            (&answer["uri"], &answer["range"]["start"]["line"]),
            (&json!(name), &json!(line)),
            "{word}"
        );
    }
    let used = editor.at("textDocument/references", &name, TEMPLATE, "  Database");
    let lines: Vec<&Json> = used
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["range"]["start"]["line"])
        .collect();
    assert_eq!(lines, [8, 21, 24]);
    let used = editor.at("textDocument/references", &name, TEMPLATE, "  Large");
    assert_eq!(used.as_array().unwrap().len(), 2);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_imported_leads_to_the_file_of_the_folder_that_exports_it() {
    let temp = Temp::new();
    temp.put(
        "network/vpc.yaml",
        "Resources: {}\nOutputs:\n  Vpc:\n    Value: a\n    Export: {Name: shared-vpc}\n",
    );
    let mut editor = Editor::new(&temp);
    let importing = "Resources:\n  A:\n    Type: AWS::EC2::Subnet\n    Properties: {VpcId: !ImportValue shared-vpc}\n";
    let other = uri(&temp, "b.yaml");
    editor.open(&other, importing);
    let answer = editor.at("textDocument/definition", &other, importing, "shared");
    assert_eq!(
        (&answer["uri"], &answer["range"]["start"]["line"]),
        (&json!(uri(&temp, "network/vpc.yaml")), &json!(2))
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_can_be_written_is_what_fits() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    let name = uri(&temp, "a.yaml");
    // Each is written into a template of its own, which is none while it is written.
    let mut fits = |place: &str, written: &str| {
        let text = TEMPLATE.replacen(place, &format!("{place}{written}\n"), 1);
        editor.open(&name, &text);
        editor.complete(&name, &text, &format!("{place}{written}"))
    };
    let properties = "    Properties:\n";
    assert_eq!(fits(properties, "      StorageEncr"), ["StorageEncrypted"]);
    assert_eq!(fits(properties, "      AllocatedSto"), ["MaxAllocatedStorage"]);
    assert_eq!(fits(properties, "      StorageEncrypted: t"), ["true"]);
    assert_eq!(
        fits(properties, "      DBSubnetGroupName: !Ref Da").first().unwrap(),
        "Database"
    );
    assert_eq!(fits("  Address:\n", "    Dele"), ["DeletionPolicy"]);
    assert_eq!(
        fits("Resources:\n", "  Subnets: {Type: AWS::S3::Bu}"),
        Vec::<String>::new()
    );
    assert_eq!(
        fits("  Database:\n", "    Type: AWS::RDS::DBSubnetGr"),
        ["AWS::RDS::DBSubnetGroup"]
    );
    let attributes = fits("    DependsOn: Database\n", "    Metadata: !Sub '${Database.Endp");
    assert!(attributes.contains(&"Endpoint.Port".to_owned()), "{attributes:?}");
    assert_eq!(fits("    DependsOn: Database\n", "    DependsOn: Da"), ["Database"]);
    assert_eq!(fits("    DependsOn: Database\n", "    Condition: "), ["Large"]);
    assert_eq!(fits("      Type: String\n", "      Tier: Adv"), ["Advanced"]);
    assert_eq!(fits("", "Map"), ["Mappings"]);
    let json = r#"{"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"Fif": 1}}}}"#;
    editor.open(&name, json);
    assert_eq!(
        editor.complete(&name, json, "\"Fif"),
        ["FifoQueue", "FifoThroughputLimit"]
    );
    assert_eq!(editor.end(), Some(0));
}
