//! What an alarm says, and whom it tells.

use crate::aws::sns;
use crate::model::{Alert, Severity};
use crate::template::{Arn, Value};

/// What an alarm says of itself.
pub(crate) fn described(alert: &Alert, sentence: &str) -> String {
    format!("{sentence} ({})", alert.severity.word())
}

/// Whom an alarm tells: what is critical pages instead, or one outage would be told once for each of its signs.
pub(crate) fn told(alert: &Alert, topic: Value<Arn<sns::Topic>>) -> Option<Value<Vec<Arn<sns::Topic>>>> {
    (alert.severity != Severity::Critical).then(|| [topic].into())
}
