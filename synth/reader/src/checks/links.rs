//! What holds files together: exports and imports, across any number of files of which few are in memory.
//!
//! Files that somebody gives together need not be deployed together: two may be one stack for two environments, and
//! what a third imports may long be deployed. So nothing here is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::finding::Level;
use super::report::Report;
use super::rule::Rule;
use super::show::{Quoted, quoted};
use super::template::graph::{colliding_export, dangling_import};
use super::{Options, allow};
use crate::read::template::known::{Known, Sure};
use crate::read::template::{Template, known};
use crate::read::{Document, Node};

/// What one file exports and imports.
#[derive(Debug, Clone, Default)]
pub struct Links {
    exports: Vec<Site>,
    imports: Vec<Site>,
    /// Of the text: the same template in two folders is one stack deployed to two places.
    text: u64,
}

/// Where a name stands.
#[derive(Debug, Clone)]
struct Site {
    name: String,
    /// Whether it is this name whatever the parameters are.
    certain: bool,
    allowed: bool,
    at: Quoted,
}

impl Links {
    /// Finds them in a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        // Most templates have none, and to find that out must cost nothing.
        if !["ImportValue", "Export"]
            .iter()
            .any(|word| document.text.contains(word))
        {
            return Self::default();
        }
        let template = Template::new(document);
        let outputs = template.section("Outputs");
        let exports = outputs.filter_map(|output| output.value.dig(&["Export", "Name"]));
        let mut hasher = DefaultHasher::new();
        document.text.hash(&mut hasher);
        Self {
            exports: sites(&template, &colliding_export::RULE, exports),
            imports: sites(
                &template,
                &dangling_import::RULE,
                dangling_import::imports(&document.root).into_iter(),
            ),
            text: hasher.finish(),
        }
    }
}

fn sites<'a>(template: &Template<'a>, rule: &'static Rule, nodes: impl Iterator<Item = &'a Node>) -> Vec<Site> {
    let documents = std::slice::from_ref(template.document);
    let mut report = Report::of(documents, rule.name, rule.level);
    let (mut sure, mut likely) = (Vec::new(), Vec::new());
    for node in nodes {
        match known::text(template, node) {
            Some(Known {
                value,
                sure: Sure::Written,
            }) => sure.push((node, value)),
            Some(name) => likely.push((node, name.value)),
            // Files that are given together are given the same parameters.
            None => sure.extend(known::by_names(template, node).map(|name| (node, name.to_string().into()))),
        }
    }
    // The report finds the ways to the nodes; the names are the messages for now.
    let mut found = Vec::new();
    for (certain, nodes) in [(true, sure), (false, likely)] {
        for (node, name) in nodes {
            report.value(node, name.into_owned());
        }
        let findings = std::mem::replace(&mut report, Report::of(documents, rule.name, rule.level)).finish();
        found.extend(quoted(findings, documents).into_iter().map(|at| Site {
            name: at.finding.message.clone(),
            certain,
            allowed: allow::allowed(template.document, &at.finding),
            at,
        }));
    }
    found
}

/// Where each export stands: the numbers of the files and of their sites.
type Exports<'a> = BTreeMap<&'a str, Vec<(usize, &'a Site)>>;

fn exports(files: &[(String, Links)]) -> Exports<'_> {
    let mut exports = Exports::new();
    for (number, (_, links)) in files.iter().enumerate() {
        for site in &links.exports {
            exports.entry(&site.name).or_default().push((number, site));
        }
    }
    exports
}

/// The numbers of files that refer to each other, for each group of at least two.
///
/// An export that several files make is that of the file in the same folder, if that is one.
#[must_use]
pub fn groups(files: &[(String, Links)]) -> Vec<Vec<usize>> {
    let exports = exports(files);
    let mut leaders: Vec<usize> = (0..files.len()).collect();
    for (number, (name, links)) in files.iter().enumerate() {
        for site in &links.imports {
            let all = exports.get(site.name.as_str()).map_or(&[][..], Vec::as_slice);
            let near: Vec<usize> = all
                .iter()
                .map(|(from, _)| *from)
                .filter(|from| folder(&files[*from].0) == folder(name))
                .collect();
            let exporter = match (near.as_slice(), all) {
                ([one], _) | ([], [(one, _)]) => *one,
                _ => continue,
            };
            let (a, b) = (leader(&mut leaders, number), leader(&mut leaders, exporter));
            leaders[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..files.len() {
        groups.entry(leader(&mut leaders, number)).or_default().push(number);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Follows a file to the first of its group, and shortens the way.
fn leader(leaders: &mut [usize], mut number: usize) -> usize {
    while leaders[number] != number {
        leaders[number] = leaders[leaders[number]];
        number = leaders[number];
    }
    number
}

fn folder(file: &str) -> &str {
    file.rfind(['/', '\\']).map_or("", |end| &file[..end])
}

/// Exports that stand in two files, and imports of what none of the files exports.
#[must_use]
pub fn across(files: &[(String, Links)], options: &Options) -> Vec<(usize, Quoted)> {
    let exports = exports(files);
    let mut found = Vec::new();
    if options.wants(colliding_export::RULE.name) {
        collisions(files, &exports, &mut found);
    }
    if options.wants(dangling_import::RULE.name) {
        dangling(files, &exports, &mut found);
    }
    for (_, told) in &mut found {
        options.raise(std::slice::from_mut(&mut told.finding));
    }
    found
}

fn collisions(files: &[(String, Links)], exports: &Exports<'_>, found: &mut Vec<(usize, Quoted)>) {
    for (name, sites) in exports {
        let sites: Vec<_> = sites.iter().filter(|(_, site)| site.certain).collect();
        let Some(first) = sites.first() else { continue };
        for (number, site) in &sites[1..] {
            let near = sites
                .iter()
                .find(|(other, _)| other < number && folder(&files[*other].0) == folder(&files[*number].0));
            let (other, its) = near.unwrap_or(first);
            if other == number || site.allowed || files[*other].1.text == files[*number].1.text {
                continue;
            }
            let mut told = site.at.clone();
            told.finding.level = if near.is_some() { Level::Warning } else { Level::Info };
            told.finding.message = format!("the export `{name}` is in {} too", files[*other].0);
            tell_also(&mut told, its);
            told.finding.help = Some("the two can only be deployed to different accounts or regions".to_owned());
            found.push((*number, told));
        }
    }
}

/// Names the export that is the other end of a finding.
fn tell_also(told: &mut Quoted, export: &Site) {
    told.finding.also = Some(export.at.finding.place("the export"));
    told.also.clone_from(&export.at.quote);
}

fn dangling(files: &[(String, Links)], exports: &Exports<'_>, found: &mut Vec<(usize, Quoted)>) {
    let folders = by_folder(files);
    for (number, (file, links)) in files.iter().enumerate() {
        let missing = |site: &&Site| site.certain && !site.allowed && !exports.contains_key(site.name.as_str());
        for site in links.imports.iter().filter(missing) {
            // What none of these exports may be exported by a stack that was not given, unless it is a slip.
            let Some(near) = slip(file, &site.name, &folders) else {
                continue;
            };
            let mut told = site.at.clone();
            told.finding.level = Level::Warning;
            told.finding.message = format!("none of these templates exports `{}`", site.name);
            let there = |(from, _): &&(usize, &Site)| folder(&files[*from].0) == folder(file);
            if let Some((_, its)) = exports.get(near).and_then(|sites| sites.iter().find(there)) {
                tell_also(&mut told, its);
            }
            told.finding.help = Some(format!("did you mean `{near}`?"));
            found.push((number, told));
        }
    }
}

/// The certain names that the files of each folder export.
type Folders<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn by_folder(files: &[(String, Links)]) -> Folders<'_> {
    let mut folders = Folders::new();
    for (file, links) in files {
        let names = links.exports.iter().map(|site| site.name.as_str());
        folders.entry(folder(file)).or_default().extend(names);
    }
    folders
}

/// The export of a file in the same folder that was probably meant. `subnet-2` is no slip for `subnet-1`, and short
/// names are all alike.
fn slip<'a>(file: &str, name: &str, folders: &Folders<'a>) -> Option<&'a str> {
    const SHORTEST: usize = 6;
    // Each name is compared with each; whoever has more of them has made them with a program.
    const MOST: usize = 300;
    let names = folders.get(folder(file)).filter(|names| names.len() <= MOST)?;
    if name.len() < SHORTEST {
        return None;
    }
    let found = crate::schema::nearest(name, names.iter().copied())?;
    let letters = |name: &str| -> String { name.chars().filter(|c| !c.is_ascii_digit()).collect() };
    (letters(name) != letters(found)).then_some(found)
}
