//! The hash of what a ConfigMap or a Secret holds, which kustomize puts behind its name:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go>.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value as Json;

use super::resource::Resource;
use crate::read::Node;

/// Puts the hash behind the names of what was generated.
pub(super) fn append(resources: &mut [Resource]) {
    for resource in resources.iter_mut().filter(|resource| resource.hashed) {
        if let Some(hash) = of(resource.root()) {
            let name = resource.id().name;
            resource.rename(format!("{name}-{hash}"));
        }
    }
}

/// The hash of an object.
fn of(root: &Node) -> Option<String> {
    let kind = root.get("kind")?.text()?;
    let value = |keys: &[&str]| root.dig(keys).map_or_else(|| Json::from(""), sorted);
    let mut parts = BTreeMap::from([
        ("data", value(&["data"])),
        ("kind", Json::from(kind)),
        // kustomize looks for the name where it never is.
        ("name", Json::from("")),
    ]);
    let more = match kind {
        "ConfigMap" => "binaryData",
        "Secret" => {
            parts.insert("type", value(&["type"]));
            "stringData"
        }
        _ => return None,
    };
    if let Some(node) = root.get(more).filter(|node| node.map().is_some()) {
        parts.insert(more, sorted(node));
    }
    let text = serde_json::to_string(&parts).ok()?;
    Some(letters(&sha256(escaped(&text).as_bytes())))
}

fn sorted(node: &Node) -> Json {
    let Some(map) = node.map() else { return node.to_value() };
    let entries: BTreeMap<&str, Json> = map
        .iter()
        .map(|entry| (entry.key.as_str(), sorted(&entry.value)))
        .collect();
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// Go writes these letters otherwise, as JSON may stand in HTML.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => _ = write!(text, "\\u{:04x}", u32::from(letter)),
            letter => text.push(letter),
        }
    }
    text
}

/// The first ten digits, those that make words of them taken out.
fn letters(hash: &[u32; 8]) -> String {
    let hex = format!("{:08x}{:08x}", hash[0], hash[1]);
    let letter = |digit| match digit {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        digit => digit,
    };
    hex.chars().take(10).map(letter).collect()
}

/// The fractional parts of the cube roots of the first primes: <https://datatracker.ietf.org/doc/html/rfc6234#section-5.1>.
const ROOTS: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

/// SHA-256.
fn sha256(bytes: &[u8]) -> [u32; 8] {
    let mut state = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if bytes.len() % 64 >= 56 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        let mut words = [0_u32; 64];
        for (word, four) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = four.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
        }
        round(&mut state, &mut words);
    }
    state
}

fn round(state: &mut [u32; 8], words: &mut [u32; 64]) {
    for at in 16..64 {
        let (early, late) = (words[at - 15], words[at - 2]);
        let one = early.rotate_right(7) ^ early.rotate_right(18) ^ early >> 3;
        let two = late.rotate_right(17) ^ late.rotate_right(19) ^ late >> 10;
        words[at] = words[at - 16]
            .wrapping_add(one)
            .wrapping_add(words[at - 7])
            .wrapping_add(two);
    }
    let mut now = *state;
    for (root, word) in ROOTS.iter().zip(words.iter()) {
        let [.., last] = now;
        let early = now[4].rotate_right(6) ^ now[4].rotate_right(11) ^ now[4].rotate_right(25);
        let choice = now[4] & now[5] ^ !now[4] & now[6];
        let first = [early, choice, *root, *word].into_iter().fold(last, u32::wrapping_add);
        let late = now[0].rotate_right(2) ^ now[0].rotate_right(13) ^ now[0].rotate_right(22);
        let second = late.wrapping_add(now[0] & now[1] ^ now[0] & now[2] ^ now[1] & now[2]);
        now.copy_within(..7, 1);
        now[4] = now[4].wrapping_add(first);
        now[0] = first.wrapping_add(second);
    }
    for (word, new) in state.iter_mut().zip(now) {
        *word = word.wrapping_add(new);
    }
}
