//! `synth diff`: what a change of templates, manifests and workflows does, before it is deployed.

use std::path::Path;

use super::args::{DiffArgs, FailOn, Format, Options};
use super::output::Output;
use super::select::known;
use super::{Error, Outcome};
use crate::model::Systems;
use crate::review::source::{self, Sides};
use crate::review::{self, show};
use crate::workflow::branches::FILE;

pub(super) fn run(
    systems: &Systems,
    args: &DiffArgs,
    options: &Options,
    output: &mut Output<'_>,
) -> Result<Outcome, Error> {
    if matches!(options.format, Format::Sarif | Format::Github) {
        let text = "a review has no such format; use --format human, json or markdown";
        return Err(Error::Usage(text.to_owned()));
    }
    let sides = Sides::parse(args.old.as_deref(), args.new.as_deref()).map_err(usage)?;
    let ours = only(systems, options, &sides)?;
    let (mut old, mut new, mut broken) = source::sides(&sides, Path::new(".")).map_err(usage)?;
    old.retain(&ours);
    new.retain(&ours);
    broken.retain(|error| match error {
        source::Error::Text(error) => ours(&error.file),
        _ => true,
    });
    let review = review::compare_sides(old, new);
    let text = match options.format {
        Format::Json => show::json(&review),
        Format::Markdown => show::markdown(&review),
        _ => show::human(&review, output.color()),
    };
    output.out.write_all(text.as_bytes())?;
    // A file that is broken does not silence the others, but it was not compared.
    if !broken.is_empty() {
        output.out.flush()?;
        let broken: Vec<String> = broken.iter().map(ToString::to_string).collect();
        return Err(Error::Usage(format!("not compared: {}", broken.join("; "))));
    }
    let fails = args.fail_on.iter().any(|what| review.fails_on((*what).into()));
    Ok(if fails { Outcome::Objections } else { Outcome::Fine })
}

/// Whether a file is a template or a workflow of the systems that are asked for.
fn only(systems: &Systems, options: &Options, sides: &Sides) -> Result<impl Fn(&str) -> bool, Error> {
    known(systems, options)?;
    if !options.system.is_empty() && matches!(sides, Sides::Paths { .. }) {
        let text = "--system chooses among the templates of revisions; of two folders name those of the system";
        return Err(Error::Usage(text.to_owned()));
    }
    let out = options.out.as_deref().unwrap_or(Path::new("out"));
    let out = out.to_string_lossy().replace('\\', "/");
    let folder = |name: &String| format!("{}/{name}/", out.trim_end_matches('/'));
    let workflows = |name: &String| match systems.named(name).and_then(|system| system.system().machines()) {
        Some(_) => format!(".github/workflows/{FILE}"),
        None => format!(".github/workflows/{name}-"),
    };
    let named = options.system.iter();
    let begins: Vec<String> = named.flat_map(|name| [folder(name), workflows(name)]).collect();
    Ok(move |file: &str| begins.is_empty() || begins.iter().any(|begin| file.starts_with(begin)))
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn usage(error: source::Error) -> Error {
    Error::Usage(error.to_string())
}

impl From<FailOn> for review::FailOn {
    fn from(what: FailOn) -> Self {
        match what {
            FailOn::Replace => Self::Replace,
            FailOn::Refused => Self::Refused,
            FailOn::Delete => Self::Delete,
            FailOn::Wider => Self::Wider,
            FailOn::Any => Self::Any,
        }
    }
}
