//! The house is in order: which room may use which, how large a file may be, and nothing idle.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{files, uses, written};

/// The rooms, each of which uses only what stands before it.
const ROOMS: [&str; 26] = [
    "schema",
    "read",
    "checks",
    "review",
    "template",
    "manifest",
    "tofu",
    "aws",
    "k8s",
    "google",
    "model",
    "systems",
    "monitoring",
    "permissions",
    "resources",
    "cluster",
    "text",
    "machines",
    "workflow",
    "render",
    "readme",
    "script",
    "compose",
    "rendered",
    "files",
    "cli",
];

/// Those of them that are the crate of whoever only validates or reviews.
const READER: [&str; 4] = ["schema", "read", "checks", "review"];

/// Modules of one room that use each other: to be taken apart.
const CIRCLES: &[&str] = &[];

/// Files with more lines than [`MOST_LINES`]: to be taken apart.
const LONG: &[&str] = &[];

/// Generated modules that synth itself does not use, with the reason.
const IDLE: [(&str, &str); 2] = [
    (
        "backup",
        "systems may add a plan of their own for what RDS does not keep",
    ),
    (
        "ssm",
        "its parameter is the type whose tags are a map; systems may add one",
    ),
];

/// A file that is longer is about two things.
const MOST_LINES: usize = 300;

#[test]
fn a_room_uses_only_what_stands_before_it() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut against = BTreeSet::new();
    for (module, used) in uses()
        .iter()
        .filter(|(module, _)| !["lib", "main"].contains(&module.as_str()))
    {
        let room = room(module);
        for other in used.iter().map(|used| self::room(used)) {
            assert!(
                place(room).is_some() && place(other).is_some(),
                "{room} or {other} is no room"
            );
            if place(other) > place(room) {
                against.insert((room.to_owned(), other.to_owned()));
            }
        }
    }
    assert_eq!(against, BTreeSet::new());
}

#[test]
fn no_modules_of_a_room_use_each_other() {
    let told: BTreeSet<String> = CIRCLES.iter().map(|circle| (*circle).to_owned()).collect();
    assert_eq!(circles(&uses()), told);
}

#[test]
fn the_map_of_the_crate_is_the_order_of_its_rooms() {
    let text = std::fs::read_to_string(format!("{}/synth/src/lib.rs", source::ROOT)).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | "));
    let rooms: Vec<&str> = rows
        .filter_map(|row| row.split('`').nth(1))
        .filter(|name| ROOMS.contains(name))
        .collect();
    assert_eq!(rooms, ROOMS);
}

#[test]
fn the_map_in_the_readme_is_the_tree() {
    let text = std::fs::read_to_string(format!("{}/README.md", source::ROOT)).unwrap();
    let map = |crate_: &str| {
        let map = text.split(&format!("\n{crate_}/\n")).nth(1).unwrap();
        let rows = map.lines().map_while(|line| line.strip_prefix("  "));
        rows.filter_map(|row| row.split(' ').next()).collect::<Vec<&str>>()
    };
    assert_eq!(map("synth/reader/src"), READER.map(|room| format!("{room}/")));
    let there = |room: &str| {
        let file = format!("{room}.rs");
        let is_file = std::path::Path::new(source::ROOT)
            .join("synth/src")
            .join(&file)
            .is_file();
        if is_file { file } else { format!("{room}/") }
    };
    let others: Vec<String> = ROOMS
        .into_iter()
        .filter(|room| !READER.contains(room))
        .map(there)
        .collect();
    assert_eq!(map("synth/src"), others);
}

#[test]
fn no_file_is_about_two_things() {
    let rooms = [
        "synth/src",
        "synth/reader/src",
        "synth/reader/tests",
        "synth/codegen/src",
        "synth/tests",
        "app",
    ];
    let long: BTreeSet<String> = rooms
        .into_iter()
        .flat_map(written)
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(name, _)| name)
        .collect();
    let told = LONG.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(long, told);
}

#[test]
fn every_rule_of_a_folder_is_listed_under_its_name() {
    for (folder, rules) in [
        ("synth/reader/src/checks/template/", synth::checks::RULES),
        ("synth/reader/src/checks/manifest/", synth::checks::manifest::RULES),
        ("synth/reader/src/checks/tofu/", synth::checks::tofu::RULES),
    ] {
        let listed: BTreeMap<String, String> = rules
            .iter()
            .map(|rule| (rule.name.replace('-', "_"), rule.family.name().to_owned()))
            .collect();
        let files: BTreeMap<String, String> = files(folder)
            .into_iter()
            .filter_map(|(name, _)| {
                let path = name.strip_prefix(folder)?.strip_suffix(".rs")?.to_owned();
                let (family, rule) = path.split_once('/').filter(|(_, rule)| *rule != "mod")?;
                Some((rule.to_owned(), family.to_owned()))
            })
            .collect();
        assert_eq!(files, listed);
    }
}

#[test]
fn every_rule_over_several_languages_is_listed_under_its_name() {
    use synth::checks::across;
    for (folder, rules) in [
        ("synth/reader/src/checks/across/", across::RULES),
        ("synth/reader/src/checks/across/queries/", across::queries::RULES),
    ] {
        let listed: BTreeSet<String> = rules.iter().map(|rule| rule.name.replace('-', "_")).collect();
        let files: BTreeSet<String> = files(folder)
            .into_iter()
            .filter_map(|(name, _)| Some(name.strip_prefix(folder)?.strip_suffix(".rs")?.to_owned()))
            .filter(|name| name != "mod" && !name.contains('/'))
            .collect();
        assert_eq!(files, listed);
    }
}

#[test]
fn every_template_is_used() {
    let sources: String = files("synth/src").into_iter().map(|(_, text)| text).collect();
    let idle = |name: &String| {
        let path = name.trim_start_matches("templates/");
        let stem = path.trim_start_matches("workflow/").trim_end_matches(".sh");
        !sources.contains(&format!("{path}\"")) && !sources.contains(&format!("\"{stem}\""))
    };
    let idle: Vec<String> = files("templates")
        .into_iter()
        .map(|(name, _)| name)
        .filter(idle)
        .collect();
    assert_eq!(idle, Vec::<String>::new());
}

#[test]
fn no_generated_module_is_idle() {
    let sources = files("synth/src");
    let generated = |name: &str| {
        name.strip_prefix("synth/src/aws/")
            .map(|name| name.trim_end_matches(".rs").to_owned())
    };
    let written: String = written("synth/src").into_iter().map(|(_, text)| text).collect();
    let idle: Vec<String> = sources
        .iter()
        .filter_map(|(name, _)| generated(name))
        .filter(|module| {
            module != "mod" && !written.contains(&format!("{module}::")) && !written.contains(&format!("{module} as "))
        })
        .collect();
    assert_eq!(idle, IDLE.map(|(module, _)| module));
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// Groups of modules of one room that lead to each other.
fn circles(uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses
        .keys()
        .map(|module| (module.as_str(), reach(uses, module)))
        .collect();
    let group = |module: &str| {
        let back = |other: &&&str| reached.get(**other).is_some_and(|from| from.contains(module));
        let group: Vec<&str> = reached[module].iter().filter(back).copied().collect();
        (group.len() > 1).then(|| group.join(" "))
    };
    uses.keys().filter_map(|module| group(module)).collect()
}

/// All modules of the same room that a module leads to.
fn reach<'a>(uses: &'a BTreeMap<String, BTreeSet<String>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut left = vec![from];
    while let Some(module) = left.pop() {
        for used in uses
            .get(module)
            .into_iter()
            .flatten()
            .filter(|used| room(used) == room(from))
        {
            if found.insert(used.as_str()) {
                left.push(used);
            }
        }
    }
    found
}
