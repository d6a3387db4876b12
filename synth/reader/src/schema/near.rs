//! What a mistyped name was meant to be.

/// The candidate that takes the fewest edits, if they are few for the length of the name. Case counts for nothing.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let most = name.len() / 4 + 1;
    candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= most)
        .filter_map(|candidate| {
            let lower = candidate.to_ascii_lowercase();
            let (from, to) = (name.as_bytes(), lower.as_bytes());
            // Most names are far by their letters alone, which is seen in one look at each.
            let edits = if at_least(from, to) <= most {
                edits(from, to, most)
            } else {
                None
            };
            Some((edits?, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The fewest edits that there can be, by how often each letter is in either text: one edit takes one away, and brings one.
fn at_least(from: &[u8], to: &[u8]) -> usize {
    let mut more = [0_i32; 64];
    for byte in from {
        more[usize::from(byte & 63)] += 1;
    }
    for byte in to {
        more[usize::from(byte & 63)] -= 1;
    }
    let away: i32 = more.iter().filter(|more| **more > 0).sum();
    let brought: i32 = -more.iter().filter(|more| **more < 0).sum::<i32>();
    usize::try_from(away.max(brought)).unwrap_or_default()
}

/// The edits from one text to the other, if they are at most so many: insert, delete, replace a byte, swap two
/// neighbours.
fn edits(from: &[u8], to: &[u8], most: usize) -> Option<usize> {
    // What is further from the diagonal takes more edits, so nothing there is looked at.
    let far = most + 1;
    let (mut before, mut row) = (vec![far; to.len() + 1], vec![far; to.len() + 1]);
    let mut last: Vec<usize> = (0..=to.len()).map(|edits| edits.min(far)).collect();
    let mut fewest_before = 0;
    for (i, a) in from.iter().enumerate() {
        row.fill(far);
        row[0] = far.min(i + 1);
        let mut fewest = row[0];
        for j in i.saturating_sub(most)..to.len().min(i + far) {
            let mut best = (last[j] + usize::from(*a != to[j]))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == to[j] {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best.min(far);
            fewest = fewest.min(best);
        }
        // A swap reaches back over two rows.
        if fewest.min(fewest_before) > most {
            return None;
        }
        fewest_before = fewest;
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[to.len()]).filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::{at_least, edits};

    /// All words of up to four letters.
    fn words() -> Vec<Vec<u8>> {
        let mut words = vec![Vec::new()];
        let mut start = 0;
        for _ in 0..4 {
            let end = words.len();
            for at in start..end {
                for letter in b"abc" {
                    words.push([words[at].as_slice(), &[*letter]].concat());
                }
            }
            start = end;
        }
        words
    }

    #[test]
    fn a_bound_changes_no_number_of_edits_within_it() {
        let words = words();
        for from in &words {
            for to in &words {
                let all = edits(from, to, 8);
                assert!(all.is_some_and(|all| at_least(from, to) <= all), "{from:?} {to:?}");
                for most in 0..4 {
                    assert_eq!(edits(from, to, most), all.filter(|all| *all <= most), "{from:?} {to:?}");
                }
            }
        }
        assert_eq!(edits(b"abcd", b"bacd", 8), Some(1));
        assert_eq!(edits(b"kitten", b"sitting", 8), Some(3));
        assert_eq!(at_least(b"kitten", b"sitting"), 3);
    }
}
