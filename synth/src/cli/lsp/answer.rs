//! What is answered to each request.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, References, Request as _};
use lsp_types::{
    CompletionOptions, CompletionParams, DocumentSymbol, DocumentSymbolParams, GotoDefinitionParams, HoverParams,
    HoverProviderCapability, OneOf, ReferenceParams, ServerCapabilities, SymbolKind, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind,
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::files::{File, Files};
use super::place::Lines;
use super::{complete, hover, names};
use crate::read::Map;

/// What an editor may ask.
pub(super) fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", ":", ".", "{", "\""].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}

/// The answer to a request; `null` where there is nothing to say.
pub(super) fn to(files: &Files, request: Request) -> Response {
    let id = request.id.clone();
    let answered = match request.method.as_str() {
        HoverRequest::METHOD => of(request, |params: HoverParams| {
            let (file, position) = placed(files, &params.text_document_position_params)?;
            json(hover::hover(file, position)?)
        }),
        Completion::METHOD => of(request, |params: CompletionParams| {
            let (file, position) = placed(files, &params.text_document_position)?;
            json(complete::at(file, position))
        }),
        GotoDefinition::METHOD => of(request, |params: GotoDefinitionParams| {
            let (file, position) = placed(files, &params.text_document_position_params)?;
            json(names::defined(files, file, position)?)
        }),
        References::METHOD => of(request, |params: ReferenceParams| {
            let (file, position) = placed(files, &params.text_document_position)?;
            json(names::references(file, position, params.context.include_declaration)?)
        }),
        DocumentSymbolRequest::METHOD => of(request, |params: DocumentSymbolParams| {
            json(symbols(files.get(&params.text_document.uri)?)?)
        }),
        method => Err((
            ErrorCode::MethodNotFound,
            format!("`{method}` is nothing that synth answers"),
        )),
    };
    match answered {
        Ok(result) => Response::new_ok(id, result),
        Err((code, why)) => Response::new_err(id, code as i32, why),
    }
}

fn of<P: DeserializeOwned>(
    request: Request,
    answer: impl FnOnce(P) -> Option<Json>,
) -> Result<Json, (ErrorCode, String)> {
    let params = serde_json::from_value(request.params).map_err(|error| {
        (
            ErrorCode::InvalidParams,
            format!("the parameters cannot be read: {error}"),
        )
    })?;
    Ok(answer(params).unwrap_or(Json::Null))
}

fn json(value: impl serde::Serialize) -> Option<Json> {
    serde_json::to_value(value).ok()
}

fn placed<'a>(files: &'a Files, at: &TextDocumentPositionParams) -> Option<(&'a File, lsp_types::Position)> {
    Some((files.get(&at.text_document.uri)?, at.position))
}

/// The sections of a template with their entries.
fn symbols(file: &File) -> Option<Vec<DocumentSymbol>> {
    let document = file.document.as_ref()?;
    document.root.get("Resources")?;
    let lines = Lines::of(&file.text);
    let sections = document.root.map().into_iter().flat_map(Map::iter);
    let symbol = |entry: &crate::read::Entry, kind: SymbolKind, children: Option<Vec<DocumentSymbol>>| {
        let key = lines.range(entry.key_at);
        let value = lines.range(entry.value.at);
        #[expect(deprecated, reason = "the type has no other way to be made")]
        DocumentSymbol {
            name: entry.key.clone(),
            detail: entry
                .value
                .get("Type")
                .and_then(crate::read::Node::text)
                .map(str::to_owned),
            kind,
            tags: None,
            deprecated: None,
            range: lsp_types::Range::new(key.start, value.end.max(key.end)),
            selection_range: key,
            children,
        }
    };
    let all = sections.map(|section| {
        let entries = section.value.map().into_iter().flat_map(Map::iter);
        let entries = entries.map(|entry| symbol(entry, SymbolKind::OBJECT, None)).collect();
        symbol(section, SymbolKind::NAMESPACE, Some(entries))
    });
    Some(all.collect())
}
