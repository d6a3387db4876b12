//! Which object of one side is which of the other.

use std::collections::BTreeMap;

use super::object::Object;

/// The objects of both sides.
pub(super) struct Matched<'a> {
    pub(super) both: Vec<(&'a Object, &'a Object)>,
    pub(super) gone: Vec<&'a Object>,
    pub(super) come: Vec<&'a Object>,
    /// What is gone and what came in its place under another name.
    renamed: Vec<(&'a Object, &'a Object)>,
}

impl<'a> Matched<'a> {
    /// What came in the place of an object.
    pub(super) fn successor(&self, old: &Object) -> Option<&'a Object> {
        let mut found = self.renamed.iter().filter(|(from, _)| std::ptr::eq(*from, old));
        found.next().map(|(_, to)| *to)
    }

    /// Whether an object goes only because kustomize names it by its content.
    pub(super) fn is_renamed_by_hash(&self, old: &Object) -> bool {
        let to = self.successor(old).and_then(|to| hashed(&to.name));
        to.is_some() && hashed(&old.name) == to
    }

    /// What an object came in the place of.
    pub(super) fn ancestor(&self, new: &Object) -> Option<&'a Object> {
        let mut found = self.renamed.iter().filter(|(_, to)| std::ptr::eq(*to, new));
        found.next().map(|(from, _)| *from)
    }
}

type Key<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, &'a str);

/// Ways to know an object again, the surest first: a part of its identity is left away in each.
const WAYS: &[fn(&Object) -> Key<'_>] = &[
    |one| (&one.file, &one.group, &one.kind, one.namespace.as_deref(), &one.name),
    // Moved to another file.
    |one| ("", &one.group, &one.kind, one.namespace.as_deref(), &one.name),
];

pub(super) fn of<'a>(old: &'a [Object], new: &'a [Object]) -> Matched<'a> {
    let (mut gone, mut come): (Vec<&Object>, Vec<&Object>) = (old.iter().collect(), new.iter().collect());
    let mut both = Vec::new();
    for key in WAYS {
        take(&mut gone, &mut come, *key, &mut both);
    }
    unsaid(&mut gone, &mut come, &mut both);
    let renamed = renamed(&gone, &come);
    Matched {
        both,
        gone,
        come,
        renamed,
    }
}

/// Takes out what is once on each side under a key.
fn take<'a>(
    gone: &mut Vec<&'a Object>,
    come: &mut Vec<&'a Object>,
    key: fn(&Object) -> Key<'_>,
    both: &mut Vec<(&'a Object, &'a Object)>,
) {
    let (before, after) = (alone(gone, key), alone(come, key));
    let found: Vec<(&Object, &Object)> = before
        .iter()
        .filter_map(|(key, old)| Some(((*old)?, (*after.get(key)?)?)))
        .collect();
    remove(gone, come, &found);
    both.extend(found);
}

fn alone<'a>(objects: &[&'a Object], key: fn(&Object) -> Key<'_>) -> BTreeMap<Key<'a>, Option<&'a Object>> {
    let mut found: BTreeMap<Key<'a>, Option<&'a Object>> = BTreeMap::new();
    for object in objects {
        let place = found.entry(key(object));
        place.and_modify(|one| *one = None).or_insert(Some(*object));
    }
    found
}

fn remove<'a>(gone: &mut Vec<&'a Object>, come: &mut Vec<&'a Object>, found: &[(&'a Object, &'a Object)]) {
    let address = |object: &Object| std::ptr::from_ref(object) as usize;
    let taken: std::collections::BTreeSet<usize> = found
        .iter()
        .flat_map(|(old, new)| [address(old), address(new)])
        .collect();
    gone.retain(|object| !taken.contains(&address(object)));
    come.retain(|object| !taken.contains(&address(object)));
}

/// An object of which one side says the namespace and the other does not, in the same file.
fn unsaid<'a>(gone: &mut Vec<&'a Object>, come: &mut Vec<&'a Object>, both: &mut Vec<(&'a Object, &'a Object)>) {
    let mut found = Vec::new();
    for new in come.iter() {
        let same = |old: &&&Object| {
            (&old.file, &old.group, &old.kind, &old.name) == (&new.file, &new.group, &new.kind, &new.name)
                && old.is_beside(new)
        };
        let mut candidates = gone.iter().filter(same);
        if let (Some(old), None) = (candidates.next(), candidates.next()) {
            found.push((*old, *new));
        }
    }
    remove(gone, come, &found);
    both.extend(found);
}

/// Pairs of what is gone and what came: of one kind and place, and the same but for the name, or with a name that
/// kustomize makes of the content.
fn renamed<'a>(gone: &[&'a Object], come: &[&'a Object]) -> Vec<(&'a Object, &'a Object)> {
    /// Comparing each with each takes the product of their numbers.
    const MOST: usize = 250_000;
    let mut free: Vec<&Object> = gone.to_vec();
    let mut found = Vec::new();
    if gone.len() * come.len() > MOST {
        return found;
    }
    for new in come {
        let same = |old: &&Object| {
            (&old.group, &old.kind, &old.namespace) == (&new.group, &new.kind, &new.namespace)
                && (old.value == new.value || hashed(&old.name).is_some_and(|name| hashed(&new.name) == Some(name)))
        };
        if let Some(at) = free.iter().position(same) {
            found.push((free.remove(at), *new));
        }
    }
    found
}

/// The name before the ten letters that kustomize appends.
fn hashed(name: &str) -> Option<&str> {
    let (name, hash) = name.rsplit_once('-')?;
    let is_hash = hash.len() == 10
        && hash
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    is_hash.then_some(name)
}
