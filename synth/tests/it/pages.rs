//! What a person reads is short enough to be read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::readme::{ROOT, links};

/// How many lines a README has at the most.
const LINES: usize = 400;

/// How many characters the cell of a table shows at the most.
const CELL: usize = 200;

/// The pages of every system and of the example, by their paths.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let systems = synth::systems::all().unwrap();
    let rendered = systems.each().map(|system| synth::render(system).unwrap());
    let rendered = rendered.chain([crate::alone::render(&crate::own_system::quotes())]);
    let files = rendered.flat_map(|rendered| rendered.files);
    files.filter(|(path, _)| path.strip_suffix(".md").is_some()).collect()
});

/// All pages.
pub(crate) fn all() -> &'static BTreeMap<String, String> {
    &PAGES
}

/// The cells of the tables of a page, as they are shown: without where links lead to.
fn cells(page: &str) -> impl Iterator<Item = String> {
    let rows = page.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.replace("\\|", "/").split('|').map(shown).collect::<Vec<_>>())
}

fn shown(cell: &str) -> String {
    let mut parts = cell.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once(')').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn no_cell_is_a_text_of_its_own() {
    let mut long = Vec::new();
    for (path, page) in &*PAGES {
        let cells = cells(page).filter(|cell| cell.trim().chars().count() > CELL);
        long.extend(cells.map(|cell| format!("{path}: {cell}")));
    }
    assert_eq!(long, Vec::<String>::new());
}

/// A bar inside of code ends the cell all the same, and GitHub leaves out what comes after the last one.
#[test]
fn every_row_has_as_many_cells_as_the_head_of_its_table() {
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut torn = Vec::new();
    for (path, page) in &*PAGES {
        let mut head = None;
        for line in page.lines() {
            let row = line.starts_with('|').then(|| bars(line));
            let wanted = row.map(|bars| *head.get_or_insert(bars));
            head = head.filter(|_| row.is_some());
            torn.extend((row != wanted).then(|| format!("{path}: {line}")));
        }
    }
    assert_eq!(torn, Vec::<String>::new());
}

/// A reason that is in the line before, or nowhere, looks the same.
#[test]
fn every_action_that_iam_cannot_bind_stands_beside_its_reason() {
    let pages = PAGES.iter().filter(|(path, _)| path.ends_with("/PERMISSIONS.md"));
    let without = pages.flat_map(|(path, page)| {
        let (_, table) = page.split_once("| Actions | Why |\n").unwrap();
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        rows.filter(|row| row.ends_with("|  |")).map(move |row| (path, row))
    });
    assert_eq!(without.collect::<Vec<_>>(), vec![]);
}

#[test]
fn commands_say_which_account_they_are_for_where_there_is_more_than_one() {
    let page = &PAGES["out/quotes/DEPLOYMENT.md"];
    let told = [
        "deploy.sh setup staging # signed in to 444455556666\n",
        "are made now, in each of 444455556666 and 777788889999;",
        "\nstaging, signed in to 444455556666:\n",
        "\nprod, signed in to 777788889999:\n",
    ];
    let untold = told.iter().filter(|text| !page.contains(**text));
    assert_eq!(untold.collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(!PAGES["out/cars-api/DEPLOYMENT.md"].contains("signed in to"));
}

#[test]
fn no_readme_is_a_book() {
    let readmes = PAGES.iter().filter(|(path, _)| path.ends_with("/README.md"));
    let long = readmes
        .map(|(path, page)| (path, page.lines().count()))
        .filter(|(_, lines)| *lines > LINES);
    assert_eq!(
        long.collect::<Vec<_>>(),
        vec![],
        "move what a newcomer can do without to another page"
    );
}

#[test]
fn every_system_has_its_pages() {
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in PAGES.keys() {
        let (system, page) = path.trim_start_matches("out/").split_once('/').unwrap();
        of.entry(system).or_default().push(page.trim_end_matches(".md"));
    }
    let lines = of
        .iter()
        .map(|(system, pages)| format!("{system}: {}", pages.join(" ")));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    cars-api: CONTRACT COSTS DATABASE DEPLOYMENT EXCEPTIONS PERMISSIONS README STACKS
    fastapi-devops: CLUSTER DEPLOYMENT EXCEPTIONS README
    healthcare-api: CLUSTER CONTRACT COSTS DEPLOYMENT EXCEPTIONS PERMISSIONS README STACKS
    predict-api: CONTRACT COSTS DEPLOYMENT EXCEPTIONS PERMISSIONS README STACKS
    predictor: CLUSTER CONTRACT COSTS DEPLOYMENT EXCEPTIONS PERMISSIONS README STACKS
    quotes: CONTRACT COSTS DEPLOYMENT EXCEPTIONS PERMISSIONS README STACKS
    ");
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let mut lost = Vec::new();
    for (path, page) in &*PAGES {
        let folder = path.rsplit_once('/').unwrap().0;
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some((file, heading)) = link.split_once('#').filter(|(file, _)| !file.contains("://")) else {
                continue;
            };
            let to = if file.is_empty() {
                path.clone()
            } else {
                format!("{folder}/{file}")
            };
            let there = PAGES
                .get(&to)
                .is_some_and(|page| page.lines().filter_map(anchor).any(|one| one == heading));
            lost.extend((!there).then(|| format!("{path}: {link}")));
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// Where GitHub puts a heading.
fn anchor(line: &str) -> Option<String> {
    let heading = line
        .trim_start_matches('#')
        .strip_prefix(' ')
        .filter(|_| line.starts_with('#'))?;
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    Some(
        heading
            .to_lowercase()
            .chars()
            .filter(kept)
            .collect::<String>()
            .replace(' ', "-"),
    )
}

/// A link leads to a file, or to a folder that has some.
#[test]
fn every_link_of_a_page_leads_to_a_file() {
    for system in [synth::systems::predict_api(), synth::systems::predictor()] {
        let files = crate::alone::render(&system).files;
        let here = format!("out/{}/", system.name);
        let pages = files.iter().filter(|(path, _)| path.strip_suffix(".md").is_some());
        let is_there =
            |path: &str| files.contains_key(path) || files.keys().any(|one| one.starts_with(&format!("{path}/")));
        let lost: Vec<&str> = pages
            .flat_map(|(_, page)| links(page))
            .filter(|link| match link.strip_prefix("../../") {
                Some(path) => !files.contains_key(path) && !std::path::Path::new(ROOT).join(path).exists(),
                None => !is_there(&format!("{here}{link}")),
            })
            .collect();
        assert_eq!(lost, Vec::<&str>::new());
    }
}
