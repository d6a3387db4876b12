//! `synth diff`: what a change of templates does, before it is deployed.

use std::path::Path;

use super::args::{DiffArgs, FailOn, Format, Options};
use super::output::Output;
use super::{Error, Outcome};
use crate::review::source::{self, Sides};
use crate::review::{self, show};

pub(super) fn run(args: &DiffArgs, options: &Options, output: &mut Output<'_>) -> Result<Outcome, Error> {
    if matches!(options.format, Format::Sarif | Format::Github) {
        let text = "a review has no such format; use --format human, json or markdown";
        return Err(Error::Usage(text.to_owned()));
    }
    let sides = Sides::parse(args.old.as_deref(), args.new.as_deref()).map_err(usage)?;
    let loaded = source::load(&sides, Path::new(".")).map_err(usage)?;
    let review = review::compare(&loaded.old, &loaded.new);
    let text = match options.format {
        Format::Json => show::json(&review),
        Format::Markdown => show::markdown(&review),
        _ => show::human(&review, output.color()),
    };
    output.out.write_all(text.as_bytes())?;
    // A file that is broken does not silence the others, but it was not compared.
    if !loaded.broken.is_empty() {
        output.out.flush()?;
        let broken: Vec<String> = loaded.broken.iter().map(ToString::to_string).collect();
        return Err(Error::Usage(format!("not compared: {}", broken.join("; "))));
    }
    let fails = args.fail_on.iter().any(|what| review.fails_on((*what).into()));
    Ok(if fails { Outcome::Objections } else { Outcome::Fine })
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn usage(error: source::Error) -> Error {
    Error::Usage(error.to_string())
}

impl From<FailOn> for review::FailOn {
    fn from(what: FailOn) -> Self {
        match what {
            FailOn::Replace => Self::Replace,
            FailOn::Delete => Self::Delete,
            FailOn::Wider => Self::Wider,
            FailOn::Any => Self::Any,
        }
    }
}
