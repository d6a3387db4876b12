//! speed FOLDER: processor time of reading and judging all files of a folder; or speed --kustomize FILES
use std::collections::BTreeMap;
use std::time::Instant;
use synth_reader::{
    checks::{Options, example, manifest},
    read,
    read::kustomize::{self, Files},
};
struct T(BTreeMap<String, Vec<u8>>);
impl Files for T {
    fn bytes(&self, p: &str) -> Option<Vec<u8>> {
        self.0.get(p).cloned()
    }
    fn is_folder(&self, p: &str) -> bool {
        let b = format!("{p}/");
        self.0.keys().any(|k| k.starts_with(&b))
    }
}
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let start = Instant::now();
    if args[0] == "--kustomize" {
        for f in &args[1..] {
            let text = std::fs::read_to_string(f).unwrap();
            let files = example::files(&text);
            let map = files
                .iter()
                .map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec()))
                .collect();
            let s = Instant::now();
            let r = kustomize::render(files[0].0, &T(map));
            let rendered = s.elapsed();
            let found = manifest::judge_rendering(&r, &Options::default()).len();
            println!(
                "{f}: {} bytes, {} objects, rendered {:?}, judged {:?}, {} findings, {:?}",
                text.len(),
                r.documents.len(),
                rendered,
                s.elapsed(),
                found,
                r.faults.first().map(|f| &f.message)
            );
        }
        return;
    }
    let mut documents = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(&args[0])
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.sort();
    for p in &names {
        documents.extend(read::documents(&p.to_string_lossy(), &std::fs::read_to_string(p).unwrap()).unwrap());
    }
    let read = start.elapsed();
    let found = manifest::judge(&documents, &Options::default()).len();
    println!(
        "{} files {} documents: read {:?}, all {:?}, {} findings",
        names.len(),
        documents.len(),
        read,
        start.elapsed(),
        found
    );
}
