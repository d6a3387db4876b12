//! The same change in several templates, told once; the most dangerous first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::first::follows;
use super::{InterfaceChange, ResourceChange, Review, Weaker, Wider};

/// Something that is told of files.
trait Told: Serialize + Clone {
    fn files(&mut self) -> &mut Vec<String>;
    fn line(&mut self) -> Option<&mut u32>;
}

macro_rules! told {
    ($type:ty, $line:expr) => {
        impl Told for $type {
            fn files(&mut self) -> &mut Vec<String> {
                &mut self.files
            }
            fn line(&mut self) -> Option<&mut u32> {
                let line: fn(&mut Self) -> Option<&mut u32> = $line;
                line(self)
            }
        }
    };
}

told!(ResourceChange, |change| Some(&mut change.line));
told!(Weaker, |weaker| Some(&mut weaker.line));
told!(Wider, |wider| Some(&mut wider.line));
told!(InterfaceChange, |_| None);

/// Tells the same once, and puts what is most dangerous first.
pub(super) fn tell(review: &mut Review) {
    group(&mut review.resources);
    group(&mut review.weaker);
    group(&mut review.wider);
    group(&mut review.interface);
    review.resources.sort_by(|a, b| {
        let danger = b.endangers().cmp(&a.endangers());
        danger
            .then_with(|| b.verdict.cmp(&a.verdict))
            .then_with(|| follows(a).cmp(&follows(b)))
            .then_with(|| a.files.cmp(&b.files))
            .then_with(|| a.id.cmp(&b.id))
    });
    review
        .weaker
        .sort_by(|a, b| (b.stateful.is_some(), &a.files, &a.id).cmp(&(a.stateful.is_some(), &b.files, &b.id)));
    review.wider.sort_by(|a, b| {
        let key = |wider: &Wider| (wider.what, wider.files.clone(), wider.id.clone(), wider.path.clone());
        key(a).cmp(&key(b))
    });
    review.interface.sort_by(|a, b| {
        let key = |change: &InterfaceChange| {
            (
                !change.breaks,
                change.section,
                change.files.clone(),
                change.name.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
}

fn group<T: Told>(list: &mut Vec<T>) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut out: Vec<T> = Vec::with_capacity(list.len());
    for mut one in list.drain(..) {
        let mut bare = one.clone();
        bare.files().clear();
        if let Some(line) = bare.line() {
            *line = 0;
        }
        // A value that cannot be written as JSON is told by itself; ours all can.
        let Ok(key) = serde_json::to_string(&bare) else {
            out.push(one);
            continue;
        };
        if let Some(place) = places.get(&key) {
            let files = one.files().clone();
            out[*place].files().extend(files);
        } else {
            places.insert(key, out.len());
            out.push(one);
        }
    }
    *list = out;
}
