use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{entries, is_literal, texts};
use crate::read::{Map, Node};
use crate::schema::secret;

pub(super) const RULE: Rule = Rule {
    name: "readable-metadata",
    why: "Every process on a machine reads its metadata, scripts included, and so does whoever may look at the project; \
          the same value stands in the state. A secret that is there is everybody's, the token with which a machine \
          joins a cluster too.",
    link: "https://cloud.google.com/compute/docs/metadata/overview",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
{"resource": {"google_compute_instance": {"web": {
  "name": "web", "machine_type": "e2-small", "boot_disk": {"source": "web"},
  "network_interface": {"network": "main"},
  "metadata": {"db-password": "hunter2-hunter2"}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_instance": {"web": {
  "name": "web", "machine_type": "e2-small", "boot_disk": {"source": "web"},
  "network_interface": {"network": "main"},
  "metadata": {"db-secret-name": "web-login"}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

/// Kinds whose machines have metadata.
const KINDS: [&str; 3] = [
    "google_compute_instance",
    "google_compute_instance_template",
    "google_compute_region_instance_template",
];

/// Whole words of which the next one is a secret: those of `kubeadm join`.
const OPTIONS: [&str; 3] = ["--token", "--certificate-key", "--password"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let help = "keep it in Secret Manager, and let the machine's account read it";
    for block in KINDS.iter().flat_map(|kind| set.modules.resources(kind)) {
        let metadata = block.get("metadata").and_then(Node::map);
        for entry in metadata
            .into_iter()
            .flat_map(entries)
            .filter(|entry| secret::is_named(&entry.key))
        {
            let written = entry.value.text().is_some_and(|text| !text.is_empty());
            if written {
                report
                    .value(
                        &entry.value,
                        format!("`{}` is a secret that everybody can read here", entry.key),
                    )
                    .help(help);
            }
        }
        let scripts = block.get("metadata_startup_script").into_iter();
        let values = metadata.into_iter().flat_map(Map::iter).map(|entry| &entry.value);
        for node in scripts.chain(values) {
            texts(node, &mut |node, text| {
                if node.text() == Some(text) && holds_secret(text) {
                    report
                        .value(node, "a secret stands in this text, which everybody can read here")
                        .help(help);
                }
            });
        }
    }
}

/// Whether a text has a credential in it, or passes one to a program.
fn holds_secret(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().peekable();
    let mut passes = false;
    while let Some(word) = words.next() {
        let (name, value) = word
            .split_once('=')
            .map_or((word, words.peek().copied()), |(name, value)| (name, Some(value)));
        let plain = value.is_some_and(|value| is_literal(value) && !value.contains('$') && value.len() > 7);
        passes |= OPTIONS.contains(&name) && plain;
    }
    passes || secret::is_credential(text)
}
