//! A request → its response, from the state of the library.

use jiff::civil::Date;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentSymbolResponse, GotoDefinitionParams, HoverParams, InlayHintParams,
    PrepareRenameResponse, ReferenceParams, RenameFilesParams, RenameParams, TextDocumentPositionParams, Url,
    request::{
        CodeActionRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest, GotoDefinition, HoverRequest,
        InlayHintRequest, PrepareRenameRequest, References, Rename, Request as _, SemanticTokensFullRequest,
        WillRenameFiles,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    actions, catch_panic::catch_panic, completion, cursor_query::CursorQuery, hover, library::LibraryState, navigation,
    outline, rename, semantic_tokens, text::Encoding,
};
use crate::problem::FilePath;

/// The facts about the client that responses depend on.
#[derive(Clone, Copy)]
pub struct ClientSettings {
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether the client supports snippets.
    pub with_snippets: bool,
    /// Gives the day.
    pub today: fn() -> Option<Date>,
}

/// The file of a request.
pub fn file_of(request: &Request) -> Option<Url> {
    Url::parse(request.params["textDocument"]["uri"].as_str()?).ok()
}

/// Does the response contain positions, so that the state must be as new as the text?
pub fn needs_places(method: &str) -> bool {
    !matches!(method, Completion::METHOD | HoverRequest::METHOD)
}

/// Responds to a request about an open file. Gives an empty response if there is no state.
pub fn answer(
    client: &ClientSettings,
    request: Request,
    state: Option<&LibraryState>,
    path: &FilePath,
    text: &str,
) -> Response {
    let Some(state) = state else { return Response::new_ok(request.id, Value::Null) };
    let id = request.id.clone();
    let answered = catch_panic(&format!("the answer to {}", request.method), || {
        let ClientSettings { encoding, with_snippets, .. } = *client;
        let query = CursorQuery { state, path, text, encoding, with_snippets };
        result(client, &request.method, request.params, &query)
    });
    match answered {
        Ok(Ok(result)) => Response::new_ok(id, result),
        Ok(Err((code, message))) => Response::new_err(id, code as i32, message),
        Err(message) => Response::new_err(id, ErrorCode::InternalError as i32, message),
    }
}

type MethodResult = Result<Value, (ErrorCode, String)>;

fn result(client: &ClientSettings, method: &str, params: Value, query: &CursorQuery<'_>) -> MethodResult {
    match method {
        Completion::METHOD => with(params, |params: CompletionParams| {
            completion::completion(query, params.text_document_position.position)
        }),
        HoverRequest::METHOD => {
            with(params, |params: HoverParams| hover::hover(query, params.text_document_position_params.position))
        }
        GotoDefinition::METHOD => with(params, |params: GotoDefinitionParams| {
            navigation::definition(query, params.text_document_position_params.position)
        }),
        References::METHOD => with(params, |params: ReferenceParams| {
            navigation::references(query, params.text_document_position.position)
        }),
        PrepareRenameRequest::METHOD => with(params, |params: TextDocumentPositionParams| {
            rename::prepare(query, params.position).map(PrepareRenameResponse::Range)
        }),
        Rename::METHOD => {
            let params: RenameParams = read(params)?;
            let renamed = rename::rename(query, params.text_document_position.position, params.new_name.trim());
            written(renamed.map_err(|reason| (ErrorCode::RequestFailed, reason))?)
        }
        WillRenameFiles::METHOD => {
            with(params, |params: RenameFilesParams| rename::files(query.state, &params, query.encoding))
        }
        CodeActionRequest::METHOD => with(params, |CodeActionParams { range, context, .. }: CodeActionParams| {
            actions::actions(query, range, context.only.as_deref(), (client.today)())
        }),
        DocumentSymbolRequest::METHOD => written(DocumentSymbolResponse::Nested(outline::symbols(query))),
        FoldingRangeRequest::METHOD => written(outline::folding(query)),
        SemanticTokensFullRequest::METHOD => written(semantic_tokens::terms(query)),
        InlayHintRequest::METHOD => with(params, |params: InlayHintParams| outline::labels(query, params.range)),
        _ => Err((ErrorCode::MethodNotFound, format!("there is no answer to {method}"))),
    }
}

fn with<P: DeserializeOwned, R: Serialize>(params: Value, answer: impl FnOnce(P) -> R) -> MethodResult {
    written(answer(read(params)?))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn written(result: impl Serialize) -> MethodResult {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}
