//! What a person reads is short enough to be read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

#[test]
fn every_system_has_both_pages() {
    let names: Vec<&String> = PAGES.keys().collect();
    insta::assert_debug_snapshot!(names, @r#"
    [
        "out/cars-api/PERMISSIONS.md",
        "out/cars-api/README.md",
        "out/predict-api/PERMISSIONS.md",
        "out/predict-api/README.md",
        "out/quotes/PERMISSIONS.md",
        "out/quotes/README.md",
    ]
    "#);
}

#[test]
fn every_link_to_a_heading_of_the_other_page_leads_to_one() {
    let mut lost = Vec::new();
    for (path, page) in PAGES.iter().filter(|(path, _)| path.ends_with("README.md")) {
        let other = &PAGES[&path.replace("README.md", "PERMISSIONS.md")];
        let anchors: Vec<String> = other.lines().filter_map(anchor).collect();
        let links = page
            .split("](PERMISSIONS.md#")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        lost.extend(
            links
                .filter(|link| !anchors.iter().any(|anchor| anchor == link))
                .map(str::to_owned),
        );
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
