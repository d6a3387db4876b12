//! Makes the typed resource modules from the schemas. (The lead landed the emitter here early; `cargo codegen write` from the store replaces this main.)

mod emit;
mod fixups;
mod types;

use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() {
    let data = PathBuf::from(std::env::args().nth(1).expect("data dir"));
    let out = PathBuf::from(std::env::args().nth(2).expect("out dir"));
    let read = |path: PathBuf| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(path).expect("read")).expect("json")
    };
    let index = read(data.join("schemas/providers/us-east-1.json"));
    let mut services: BTreeMap<String, Vec<(&str, serde_json::Value)>> = BTreeMap::new();
    for name in types::TYPES {
        let hash = index[*name].as_str().expect("hash");
        let schema = read(data.join(format!("schemas/resources/{hash}.json")));
        services
            .entry(name.split("::").nth(1).expect("service").to_owned())
            .or_default()
            .push((name, schema));
    }
    let mut kinds = emit::Kinds::new(types::TYPES.iter().copied());
    for (service, types) in &services {
        let types: Vec<_> = types.iter().map(|(name, schema)| (*name, schema)).collect();
        let text = emit::module(service, &types, &mut kinds);
        let path = out.join(format!("{}.rs", service.to_ascii_lowercase()));
        std::fs::write(&path, text).expect("write");
        std::process::Command::new("rustfmt")
            .args(["--edition", "2024"])
            .arg(&path)
            .status()
            .expect("rustfmt");
    }
    eprintln!("{:?}", kinds.unmatched());
}
