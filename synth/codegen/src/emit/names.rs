//! AWS's names in Rust's case.

/// Splits `DBInstance` into `DB` and `Instance`, `IPv6CidrBlock` into `Ipv6`, `Cidr` and `Block`.
fn words(name: &str) -> Vec<String> {
    let mut text = name.to_owned();
    for (odd, even) in [
        ("IPv", "Ipv"),
        ("ARNs", "Arns"),
        ("IDs", "Ids"),
        ("ACLs", "Acls"),
        ("CIDRs", "Cidrs"),
        ("IOps", "Iops"),
    ] {
        text = text.replace(odd, even);
    }
    let letters: Vec<char> = text.chars().collect();
    let mut words = vec![String::new()];
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        let after = letters.get(index + 1);
        let lower = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
        let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let boundary = !letter.is_ascii_alphanumeric()
            || letter.is_ascii_uppercase()
                && (lower(before) || digit(before) && lower(after) || lower(after) && before.is_some());
        if boundary {
            words.push(String::new());
        }
        if letter.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(letter);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `DBInstance` as a type: `DbInstance`.
pub(crate) fn pascal(name: &str) -> String {
    let capital = |word: String| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first
            .into_iter()
            .chain(letters.map(|c| c.to_ascii_lowercase()))
            .collect::<String>()
    };
    words(name).into_iter().map(capital).collect()
}

/// `DBInstanceClass` as a field: `db_instance_class`.
pub(crate) fn snake(name: &str) -> String {
    let name = words(name).join("_").to_ascii_lowercase();
    match name.as_str() {
        "type" | "match" | "static" | "use" | "move" | "loop" | "enum" | "mod" | "ref" | "in" | "for" | "if"
        | "abstract" | "override" | "macro" | "final" | "box" | "where" | "continue" | "async" | "priv" | "do"
        | "as" => format!("r#{name}"),
        _ => name,
    }
}

/// A value of a closed set as a variant: `HTTP_301` is `Http301`.
pub(crate) fn variant(value: &str) -> String {
    let all_caps = !value.chars().any(|c| c.is_ascii_lowercase());
    let text = if all_caps {
        value.to_ascii_lowercase()
    } else {
        value.to_owned()
    };
    let name: String = text.split(|c: char| !c.is_ascii_alphanumeric()).map(pascal).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        _ => name,
    }
}

/// A property without the name of its type before it: `TopicArn` of `Topic` is `Arn`.
pub(super) fn without_type<'a>(property: &'a str, kind: &str) -> &'a str {
    let short = property
        .get(..kind.len())
        .filter(|start| start.eq_ignore_ascii_case(kind));
    match short.and_then(|_| property.get(kind.len()..)) {
        Some(rest) if !rest.is_empty() => rest,
        _ => property,
    }
}

/// The struct of a resource type.
pub(super) fn short(resource: &str) -> String {
    pascal(resource.rsplit("::").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake, variant, without_type};

    #[test]
    fn abbreviations_become_words() {
        assert_eq!(pascal("DBInstance"), "DbInstance");
        assert_eq!(snake("VPCGatewayAttachment"), "vpc_gateway_attachment");
        assert_eq!(snake("AssignIpv6AddressOnCreation"), "assign_ipv6_address_on_creation");
    }

    #[test]
    fn keywords_of_rust_are_raw_names() {
        assert_eq!(snake("Type"), "r#type");
    }

    #[test]
    fn values_become_variants() {
        assert_eq!(
            ["HTTP_301", "aws:kms", "1", "http/s"].map(variant),
            ["Http301", "AwsKms", "V1", "HttpS"]
        );
    }

    #[test]
    fn the_name_of_the_type_is_left_out() {
        assert_eq!(without_type("TopicArn", "Topic"), "Arn");
        assert_eq!(without_type("VpcId", "VPC"), "Id");
        assert_eq!(without_type("Topic", "Topic"), "Topic");
    }
}
