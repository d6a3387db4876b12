//! The functions and aggregations of PromQL (<https://prometheus.io/docs/prometheus/latest/querying/functions/>), those
//! behind a switch among them.

/// What an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Scalar,
    Vector,
    Matrix,
    Text,
    /// A variable may be any of them.
    Any,
}

impl Type {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Scalar => "a number",
            Self::Vector => "an instant vector",
            Self::Matrix => "a range vector",
            Self::Text => "a text",
            Self::Any => "anything",
        }
    }

    pub(super) fn is(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }

    fn of(letter: char) -> Self {
        match letter {
            's' => Self::Scalar,
            'v' => Self::Vector,
            'm' => Self::Matrix,
            _ => Self::Text,
        }
    }
}

/// What a function takes: `v` an instant vector, `m` a range vector, `s` a number, `t` a text; what stands behind `?` may
/// be missing, and what stands before `*` there may be more of, or none.
const TAKES: [(&str, &str); 18] = [
    (
        "m",
        "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate \
         last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time \
         stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time \
         ts_of_min_over_time",
    ),
    (
        "v",
        "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count \
         histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan \
         tanh timestamp",
    ),
    (
        "?v",
        "day_of_month day_of_week day_of_year days_in_month hour minute month year",
    ),
    ("vss", "clamp"),
    ("vs", "clamp_max clamp_min"),
    ("v?s", "round"),
    ("mss", "double_exponential_smoothing holt_winters"),
    ("ssv", "histogram_fraction"),
    ("sv", "histogram_quantile"),
    ("vts*", "histogram_quantiles"),
    ("v?v", "info"),
    ("vtttt", "label_replace"),
    ("vttt*", "label_join"),
    ("vt*", "sort_by_label sort_by_label_desc"),
    ("ms", "predict_linear"),
    ("sm", "quantile_over_time"),
    ("s", "vector"),
    ("", "end pi range start step time"),
];

const SCALARS: [&str; 7] = ["end", "pi", "range", "scalar", "start", "step", "time"];

/// What brings many series together, and what it takes before them.
const AGGREGATIONS: [(&str, Option<Type>); 14] = [
    ("avg", None),
    ("bottomk", Some(Type::Scalar)),
    ("count", None),
    ("count_values", Some(Type::Text)),
    ("group", None),
    ("limit_ratio", Some(Type::Scalar)),
    ("limitk", Some(Type::Scalar)),
    ("max", None),
    ("min", None),
    ("quantile", Some(Type::Scalar)),
    ("stddev", None),
    ("stdvar", None),
    ("sum", None),
    ("topk", Some(Type::Scalar)),
];

/// What a function takes.
pub(super) fn takes(name: &str) -> Option<&'static str> {
    let found = TAKES
        .iter()
        .find(|(_, names)| names.split_whitespace().any(|known| known == name));
    found.map(|(takes, _)| *takes)
}

/// The names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TAKES.iter().flat_map(|(_, names)| names.split_whitespace())
}

/// What a function gives.
pub(super) fn gives(name: &str) -> Type {
    if SCALARS.contains(&name) {
        Type::Scalar
    } else {
        Type::Vector
    }
}

/// What brings many series together.
#[derive(Clone, Copy)]
pub(super) struct Aggregation {
    /// What it takes before them.
    pub(super) before: Option<Type>,
}

/// The aggregation of a name, in letters of any size.
pub(super) fn aggregation(name: &str) -> Option<Aggregation> {
    let found = AGGREGATIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, before)| Aggregation { before: *before })
}

/// So many of them, in words.
pub(super) fn arguments(count: usize) -> String {
    match count {
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    }
}

/// What is wrong with what a function is given, if anything is.
pub(super) fn misfit(name: &str, takes: &str, given: &[Type]) -> Option<String> {
    let needed = takes.split(['?', '*']).next().unwrap_or_default();
    let least = needed.len() - usize::from(takes.ends_with('*'));
    let letters: Vec<char> = takes.chars().filter(char::is_ascii_alphabetic).collect();
    let most = if takes.ends_with('*') {
        usize::MAX
    } else {
        letters.len()
    };
    if given.len() < least || given.len() > most {
        let takes = match (least, most) {
            (least, usize::MAX) => format!("{least} arguments or more"),
            (least, most) if least == most => arguments(least),
            (least, most) => format!("{least} to {most} arguments"),
        };
        let has = given.len();
        return Some(format!("`{name}` takes {takes}, and is given {has}"));
    }
    let repeated = letters.last().copied().unwrap_or('v');
    let wanted = letters.iter().copied().chain(std::iter::repeat(repeated)).map(Type::of);
    let (is, wanted) = given.iter().zip(wanted).find(|(is, wanted)| !is.is(*wanted))?;
    let range = match (wanted, is) {
        (Type::Matrix, Type::Vector) => ", such as `[5m]` behind the selector makes",
        _ => "",
    };
    Some(format!(
        "`{name}` takes {}{range}, and is given {}",
        wanted.word(),
        is.word()
    ))
}
