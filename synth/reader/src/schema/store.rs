//! A file that holds facts: named records in compressed blocks.
//!
//! The file is a row of ordinary zstd frames. The first is the index, in lines of text; the second is a dictionary;
//! each further one is a block of records that lie one after the other, compressed with that dictionary. A look-up
//! decodes one block of about 64 KiB and leaves the others alone.

use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::Source;

/// Why a store can be trusted to be whole: it is part of the binary, and a test decodes every record of it.
pub(super) const WHOLE: &str = "the embedded stores are whole";

const RESOURCES: &[u8] = include_bytes!("../../../schemas/resources.zst");
const KUBERNETES: &[u8] = include_bytes!("../../../schemas/kubernetes.zst");
const GOOGLE: &[u8] = include_bytes!("../../../schemas/google.zst");

/// Where the facts of all stores come from, AWS's, Kubernetes' and Google Cloud's, and the versions of each: what stands
/// at the top of its index, for which nothing else is decoded.
#[must_use]
pub fn heads() -> Option<[(Source, Vec<String>); 3]> {
    let [aws, kubernetes, google] = [RESOURCES, KUBERNETES, GOOGLE].map(head);
    Some([aws?, kubernetes?, google?])
}

fn head(bytes: &[u8]) -> Option<(Source, Vec<String>)> {
    // More than the top has, and less than a block of the frame.
    const TOP: usize = 8 << 10;
    let mut decoder = FrameDecoder::new();
    let mut rest = bytes;
    decoder.init(&mut rest).ok()?;
    decoder
        .decode_blocks(&mut rest, BlockDecodingStrategy::UptoBytes(TOP))
        .ok()?;
    let mut top = vec![0; TOP];
    let length = std::io::Read::read(&mut decoder, &mut top).ok()?;
    let top = String::from_utf8_lossy(&top[..length]);
    let (mut source, mut versions) = (Source::default(), Vec::new());
    for line in top.lines().take_while(|line| !line.starts_with("block ")) {
        let (word, rest) = line.split_once(' ')?;
        source.line(word, rest);
        if word == "versions" {
            versions = rest.split(' ').map(str::to_owned).collect();
        }
    }
    Some((source, versions))
}

impl Source {
    /// Takes in a line of an index.
    fn line(&mut self, word: &str, rest: &str) {
        match word {
            "source" => self.packages.push(rest.to_owned()),
            "date" => rest.clone_into(&mut self.date),
            _ => {}
        }
    }
}

/// An opened store.
pub struct Store {
    bytes: &'static [u8],
    /// What stands at the top of the index.
    pub source: Source,
    /// The regions, or the versions of Kubernetes or of a provider, in the order of the bits of [`Record::absent`].
    pub regions: Vec<String>,
    /// The records, sorted by name.
    pub records: Vec<Record>,
    blocks: Vec<Block>,
    decoder: Mutex<FrameDecoder>,
}

struct Block {
    start: usize,
    end: usize,
    text: OnceLock<String>,
}

/// Where a record lies.
pub struct Record {
    /// Its name: that of a resource type, or the prefix of a service.
    pub name: String,
    block: usize,
    start: usize,
    end: usize,
    /// The regions or versions that do not have it, a bit each.
    pub absent: u64,
}

/// The resource types.
pub(super) fn resources() -> &'static Store {
    static STORE: LazyLock<Store> = LazyLock::new(|| Store::open(RESOURCES).expect(WHOLE));
    &STORE
}

/// The services of IAM.
pub(super) fn iam() -> &'static Store {
    static STORE: LazyLock<Store> =
        LazyLock::new(|| Store::open(include_bytes!("../../../schemas/iam.zst")).expect(WHOLE));
    &STORE
}

/// The instance types.
pub(super) fn instances() -> &'static Store {
    static STORE: LazyLock<Store> =
        LazyLock::new(|| Store::open(include_bytes!("../../../schemas/instances.zst")).expect(WHOLE));
    &STORE
}

/// The kinds of Kubernetes.
pub(super) fn kubernetes() -> &'static Store {
    static STORE: LazyLock<Store> = LazyLock::new(|| Store::open(KUBERNETES).expect(WHOLE));
    &STORE
}

/// The kinds of the provider `hashicorp/google`.
pub(super) fn google() -> &'static Store {
    static STORE: LazyLock<Store> = LazyLock::new(|| Store::open(GOOGLE).expect(WHOLE));
    &STORE
}

impl Store {
    /// Reads the index and the dictionary of a store; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut decoder = FrameDecoder::new();
        let index = String::from_utf8(frame(&mut decoder, &mut rest)?).ok()?;
        let dictionary = frame(&mut decoder, &mut rest)?;
        decoder.add_dict(Dictionary::decode_dict(&dictionary).ok()?).ok()?;
        let mut store = Self {
            bytes,
            source: Source::default(),
            regions: Vec::new(),
            records: Vec::new(),
            blocks: Vec::new(),
            decoder: Mutex::new(decoder),
        };
        let first = bytes.len() - rest.len();
        for line in index.lines() {
            store.line(first, line)?;
        }
        store.records.sort_by(|a, b| a.name.cmp(&b.name));
        Some(store)
    }

    /// Takes in a line of the index.
    fn line(&mut self, first: usize, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "source" | "date" => self.source.line(word, rest),
            "regions" | "versions" => self.regions = rest.split(' ').map(str::to_owned).collect(),
            "block" => {
                let start = self.blocks.last().map_or(first, |block| block.end);
                let end = start + rest.parse::<usize>().ok()?;
                let text = OnceLock::new();
                self.blocks.push(Block { start, end, text });
            }
            name => {
                let (length, absent) = rest.split_once(' ')?;
                let block = self.blocks.len().checked_sub(1)?;
                let start = self
                    .records
                    .last()
                    .filter(|last| last.block == block)
                    .map_or(0, |last| last.end);
                self.records.push(Record {
                    name: name.to_owned(),
                    block,
                    start,
                    end: start + length.parse::<usize>().ok()?,
                    absent: u64::from_str_radix(absent, 16).ok()?,
                });
            }
        }
        Some(())
    }

    /// The place of a record among [`Store::records`].
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.records
            .binary_search_by(|record| record.name.as_str().cmp(name))
            .ok()
    }

    /// The text of a record.
    #[must_use]
    pub fn text(&self, record: &Record) -> Option<&str> {
        let block = self.blocks.get(record.block)?;
        let text = if let Some(text) = block.text.get() {
            text
        } else {
            let text = self.decode(block)?;
            block.text.get_or_init(|| text)
        };
        text.get(record.start..record.end)
    }

    fn decode(&self, block: &Block) -> Option<String> {
        let mut source = self.bytes.get(block.start..block.end)?;
        // A decoder starts anew with each frame, so a panic of another thread has left nothing in it that matters.
        let mut decoder = self.decoder.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8(frame(&mut decoder, &mut source)?).ok()
    }
}

/// Decodes the next frame.
fn frame(decoder: &mut FrameDecoder, source: &mut &[u8]) -> Option<Vec<u8>> {
    decoder.init(&mut *source).ok()?;
    decoder.decode_blocks(source, BlockDecodingStrategy::All).ok()?;
    decoder.collect()
}
