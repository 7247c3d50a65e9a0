//! A description of the tables for programs: a Frictionless data package, made from the same columns as the tables.

use serde_json::{Value, json};

use super::{
    data_file::{DataDescription, DataFile},
    json::{text, without_absent},
    table::{Column, ColumnKind, case_columns, map_columns},
};
use crate::model::{Address, Library, address::slug};

/// The data package of a library's tables.
pub fn data_package(library: &Library, description: DataDescription<'_>) -> String {
    let config = &library.config;
    let name = Some(slug(&config.title)).filter(|name| name.is_ascii() && !name.is_empty());
    let licence = config.licence.as_ref();
    // In a data package, a licence needs an address or an identifier, and a library may have neither.
    let linked =
        licence.and_then(|licence| licence.url.as_ref().map(|url| json!([{ "title": licence.name, "path": url }])));
    let publisher = config.publisher.as_ref();
    let resources = tables(library).into_iter().map(|(file, columns)| resource(library, file, &columns, description));
    text(&without_absent(json!({
        "profile": "tabular-data-package",
        "name": name.unwrap_or_else(|| "casebook".to_owned()),
        "title": config.title,
        "description": description.description,
        "homepage": config.base.full(&Address::page([])),
        "licenses": linked,
        "rights": licence.map(|licence| &licence.name),
        "contributors": publisher.map(|publisher| json!([{ "title": publisher.name, "role": "publisher" }])),
        "resources": resources.collect::<Vec<_>>(),
    })))
}

/// The tables of a library with their columns.
pub fn tables(library: &Library) -> Vec<(DataFile, Vec<Column<'_>>)> {
    let columns = |file: &DataFile| match file {
        DataFile::CasesCsv => Some(case_columns(library)),
        DataFile::EvidenceMap => Some(map_columns()),
        _ => None,
    };
    DataFile::of(library).into_iter().filter_map(|file| Some((file, columns(&file)?))).collect()
}

/// The meaning of a column, in words.
pub fn meaning<'a>(library: &Library, column: &Column<'a>, description: DataDescription<'a>) -> String {
    let described = |name: &str| description.columns.get(name).cloned().unwrap_or_default();
    match column.vocabulary {
        Some(vocabulary) => {
            described("vocabulary").replace("{vocabulary}", &library.vocabularies[vocabulary].file.label)
        }
        None => match column.own_field {
            Some(field) => field.label.clone(),
            None => described(&column.name),
        },
    }
}

fn resource(library: &Library, file: DataFile, columns: &[Column<'_>], description: DataDescription<'_>) -> Value {
    let fields: Vec<Value> = columns.iter().map(|column| field(library, column, description)).collect();
    let is_cases = file == DataFile::CasesCsv;
    json!({
        "profile": "tabular-data-resource",
        "name": file.name().trim_end_matches(".csv"),
        "path": file.name(),
        "mediatype": file.media_type(),
        "format": "csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": true, "header": true },
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": if is_cases { json!("slug") } else { json!(["row", "column"]) },
        },
    })
}

fn field(library: &Library, column: &Column<'_>, description: DataDescription<'_>) -> Value {
    json!({
        "name": column.name,
        "type": kind(column.kind),
        "description": meaning(library, column, description),
        "constraints": column.is_required.then(|| json!({ "required": true })),
    })
}

/// The type of a column, as Table Schema names it.
pub fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "string",
        ColumnKind::Day => "date",
        ColumnKind::Year => "year",
        ColumnKind::Number => "integer",
        ColumnKind::Decimal => "number",
    }
}
