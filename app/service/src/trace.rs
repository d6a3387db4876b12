//! The two names of a request: its own id, and the trace that it belongs to.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use axum::http::{HeaderMap, HeaderValue};

/// The header that carries a request's id, both ways.
pub const REQUEST_ID: &str = "x-request-id";

/// What the log knows a request by.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The caller's id if it is short and plain, a new one otherwise.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(REQUEST_ID)
            .filter(|value| is_plain(value.as_bytes()))
            .map_or_else(Self::new, |value| Self(value.clone()))
    }

    /// The id as text of letters, digits, `-`, `_` and `.` only.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(crate) fn into_header(self) -> HeaderValue {
        self.0
    }

    fn new() -> Self {
        let mut text = [0; 32];
        for (place, half) in text.as_chunks_mut::<16>().0.iter_mut().zip([random(), random()]) {
            hex(place, half);
        }
        // Hexadecimal digits are always a valid header value.
        Self(HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("unknown")))
    }
}

/// The ids of the trace that a caller names in `traceparent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceParent {
    trace_id: [u8; 32],
    parent_id: [u8; 16],
}

impl TraceParent {
    /// The caller's trace, or none if the header is missing or is not what
    /// <https://www.w3.org/TR/trace-context/#traceparent-header> allows.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get("traceparent")?.as_bytes())
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let (head, rest) = text.split_at_checked(55)?;
        let version = &head[0..2];
        let dashes = [2, 35, 52].iter().all(|&at| head[at] == b'-');
        let fields = [version, &head[3..35], &head[36..52], &head[53..55]];
        // A later version may append fields, each after a dash; version ff is forbidden.
        let length = rest.is_empty() || (version != b"00" && rest[0] == b'-');
        let lower_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let not_zero = |field: &[u8]| field.iter().any(|&byte| byte != b'0');
        if !dashes
            || !length
            || version == b"ff"
            || !fields.iter().all(|field| field.iter().all(lower_hex))
            || !not_zero(fields[1])
            || !not_zero(fields[2])
        {
            return None;
        }
        Some(Self {
            trace_id: fields[1].try_into().ok()?,
            parent_id: fields[2].try_into().ok()?,
        })
    }

    /// The id of the whole trace, 32 hexadecimal digits.
    #[must_use]
    pub fn trace_id(&self) -> &[u8] {
        &self.trace_id
    }

    /// The id of the caller's span, 16 hexadecimal digits.
    #[must_use]
    pub fn parent_id(&self) -> &[u8] {
        &self.parent_id
    }
}

fn is_plain(id: &[u8]) -> bool {
    (1..=64).contains(&id.len())
        && id
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

fn hex(place: &mut [u8; 16], number: u64) {
    for (pair, byte) in place.as_chunks_mut::<2>().0.iter_mut().zip(number.to_be_bytes()) {
        *pair = [
            b"0123456789abcdef"[usize::from(byte >> 4)],
            b"0123456789abcdef"[usize::from(byte & 15)],
        ];
    }
}

/// The splitmix64 generator, one per thread: an id must be unlikely to repeat, not hard to guess.
fn random() -> u64 {
    thread_local!(static STATE: Cell<u64> = Cell::new(RandomState::new().hash_one(0)));
    STATE.with(|state| {
        let mut mixed = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        state.set(mixed);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{RequestId, TraceParent};

    fn id_for(value: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(super::REQUEST_ID, HeaderValue::from_static(value));
        String::from_utf8_lossy(RequestId::of(&headers).as_bytes()).into_owned()
    }

    #[test]
    fn a_plain_id_of_the_caller_is_kept() {
        assert_eq!(id_for("order-17_b.2"), "order-17_b.2");
    }

    #[test]
    fn an_id_that_could_break_a_log_line_is_replaced() {
        for value in [
            "",
            "a b",
            "\"},{\"",
            "0123456789012345678901234567890123456789012345678901234567890123456789",
        ] {
            assert_eq!(id_for(value).len(), 32);
        }
    }

    #[test]
    fn new_ids_differ() {
        assert_ne!(RequestId::new().as_bytes(), RequestId::new().as_bytes());
    }

    const VALID: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_traceparent_is_taken_apart() {
        let trace = TraceParent::parse(VALID.as_bytes()).unwrap();
        assert_eq!(trace.trace_id(), b"4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(trace.parent_id(), b"00f067aa0ba902b7");
    }

    #[test]
    fn a_later_version_may_append_fields() {
        let later = VALID.replacen("00", "cc", 1) + "-what";
        assert!(TraceParent::parse(later.as_bytes()).is_some());
    }

    #[test]
    fn a_malformed_traceparent_is_ignored() {
        for text in [
            "",
            "00",
            &VALID.to_uppercase(),
            &format!("{VALID}-more"),
            &VALID.replacen("00", "ff", 1),
            &VALID.replace("4bf92f3577b34da6a3ce929d0e0e4736", "00000000000000000000000000000000"),
            &VALID.replace("00f067aa0ba902b7", "0000000000000000"),
            &VALID.replace('-', "_"),
        ] {
            assert_eq!(TraceParent::parse(text.as_bytes()), None, "{text}");
        }
    }
}
