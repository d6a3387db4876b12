//! Lines and columns: synth counts characters from one, the protocol UTF-16 units from zero.

use lsp_types::{Position, Range};

use crate::read::Span;

/// The lines of a text.
pub(super) struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self(
            text.split('\n')
                .map(|line| line.strip_suffix('\r').unwrap_or(line))
                .collect(),
        )
    }

    pub(super) fn line(&self, number: u32) -> &'a str {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    /// Where a stretch of the text is for an editor.
    pub(super) fn range(&self, at: Span) -> Range {
        Range::new(
            self.position(at.line, at.column),
            self.position(at.end_line, at.end_column),
        )
    }

    fn position(&self, line: u32, column: u32) -> Position {
        let line = line.saturating_sub(1);
        let before = self.line(line).chars().take(column.saturating_sub(1) as usize);
        let units: usize = before.map(char::len_utf16).sum();
        Position::new(line, u32::try_from(units).unwrap_or(u32::MAX))
    }

    /// The line and the column, from one, of a place in an editor.
    pub(super) fn place(&self, position: Position) -> (u32, u32) {
        let before = self.before(position).chars().count();
        (
            position.line + 1,
            u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        )
    }

    /// What stands before a place on its line.
    pub(super) fn before(&self, position: Position) -> &'a str {
        let line = self.line(position.line);
        &line[..byte(line, position.character)]
    }

    /// What stands behind a place on its line.
    pub(super) fn after(&self, position: Position) -> &'a str {
        let line = self.line(position.line);
        &line[byte(line, position.character)..]
    }
}

/// The byte of a line that so many UTF-16 units stand before.
fn byte(line: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in line.char_indices() {
        if left < letter.len_utf16() {
            return at;
        }
        left -= letter.len_utf16();
    }
    line.len()
}

/// The byte of a text at a place; its end if the place is behind it.
pub(super) fn offset(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(end) => start += end + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + byte(line, position.character)
}

/// Whether a place, its line and column from one, lies in a stretch or at its end.
pub(super) fn holds(at: Span, (line, column): (u32, u32)) -> bool {
    (at.line, at.column) <= (line, column) && (line, column) <= (at.end_line, at.end_column)
}

#[cfg(test)]
mod tests {
    use lsp_types::Position;

    use super::{Lines, offset};
    use crate::read::Span;

    #[test]
    fn columns_are_those_of_an_editor_where_letters_are_wide() {
        let text = "a: 1\nüber: 🦀x\n";
        let lines = Lines::of(text);
        let crab = Span {
            line: 2,
            column: 7,
            end_line: 2,
            end_column: 8,
        };
        let range = lines.range(crab);
        assert_eq!((range.start, range.end), (Position::new(1, 6), Position::new(1, 8)));
        assert_eq!(lines.place(range.end), (2, 8));
        assert_eq!((lines.before(range.start), lines.after(range.end)), ("über: ", "x"));
        assert_eq!(&text[offset(text, range.start)..offset(text, range.end)], "🦀");
        assert_eq!(offset(text, Position::new(9, 9)), text.len());
    }
}
