//! What gives a secret away: the name of a value, and the form of a value.

/// What names of secrets end with, in lower case and without signs between words.
const ENDINGS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "secretstring",
    "secret",
    "secretkey",
    "secretaccesskey",
    "accesskeyid",
    "token",
    "apikey",
    "privatekey",
    "credentials",
];

/// Whether a name says that its value is a secret.
#[must_use]
pub fn is_named(name: &str) -> bool {
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = plain.map(|c| c.to_ascii_lowercase()).collect();
    ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

/// How keys and tokens begin, and how many letters, digits, `_` and `-` follow at least. Their makers chose the
/// beginnings so that they can be found: AWS (IAM user guide, "IAM identifiers"), GitHub ("About authentication to
/// GitHub"), GitLab, Slack, Stripe, and JSON Web Tokens (RFC 7519).
const BEGINNINGS: [(&str, usize); 12] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("eyJhbGciOi", 20),
];

/// Whether a value has the form of a credential: a key or token of a known maker, a private key, a URL with a password
/// in it, or a reference that would put a secret into plain text.
#[must_use]
pub fn is_credential(value: &str) -> bool {
    let follows = |rest: &str, least: usize| {
        let count = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c))
            .count();
        count >= least
    };
    let words = value.split(|c: char| c.is_whitespace() || "\"'=:,;".contains(c));
    let mut words = words.flat_map(|word| BEGINNINGS.map(|(start, least)| (word.strip_prefix(start), least)));
    words.any(|(rest, least)| rest.is_some_and(|rest| follows(rest, least)))
        || value.contains("-----BEGIN ") && value.contains("PRIVATE KEY")
        || ["{{resolve:secretsmanager:", "{{resolve:ssm-secure:"]
            .iter()
            .any(|reference| value.contains(reference))
        || has_password(value)
}

/// Whether it is a URL of the form `scheme://user:password@host`.
fn has_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
    user.is_some_and(|(_, password)| !password.is_empty())
}
