//! Records into compressed blocks with an index; `synth::schema` tells the layout.

use std::fmt::Write;
use std::io;

use super::Record;

const LEVEL: i32 = 22;
/// A look-up decodes one block, so that a larger one costs time; a smaller one costs size.
const BLOCK: usize = 64 << 10;

/// The bytes of the store, with a dictionary of at most so many bytes.
pub(super) fn encode(head: &[String], records: &[Record], dictionary: usize) -> io::Result<Vec<u8>> {
    let samples: Vec<&str> = records.iter().map(|record| record.text.as_str()).collect();
    let dictionary = zstd::dict::from_samples(&samples, dictionary)?;
    let mut index = head.join("\n") + "\n";
    let mut frames = compress(&mut compressor(&[])?, &dictionary)?;
    let mut with_dictionary = compressor(&dictionary)?;
    for block in blocks(records) {
        let text: String = block.iter().map(|record| record.text.as_str()).collect();
        let frame = compress(&mut with_dictionary, text.as_bytes())?;
        let _ = writeln!(index, "block {}", frame.len());
        frames.extend(frame);
        for Record { name, text, absent, .. } in block {
            let _ = writeln!(index, "{name} {} {absent:x}", text.len());
        }
    }
    let mut bytes = compress(&mut compressor(&[])?, index.as_bytes())?;
    bytes.extend(frames);
    Ok(bytes)
}

/// The records of a group, as many together as a block takes.
fn blocks(records: &[Record]) -> impl Iterator<Item = &[Record]> {
    let mut length = 0;
    records.chunk_by(move |before, next| {
        length += before.text.len();
        let fits = before.group == next.group && length + next.text.len() <= BLOCK;
        if !fits {
            length = 0;
        }
        fits
    })
}

fn compressor(dictionary: &[u8]) -> io::Result<zstd::bulk::Compressor<'static>> {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary)?;
    compressor.include_checksum(false)?;
    Ok(compressor)
}

fn compress(compressor: &mut zstd::bulk::Compressor<'_>, bytes: &[u8]) -> io::Result<Vec<u8>> {
    compressor.compress(bytes)
}
