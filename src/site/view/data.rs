//! The data dictionary: the files of the open data, with the columns of each table.

use serde::Serialize;

use crate::{
    export::{
        data_file::DataFile,
        data_package::{kind, meaning, tables},
        json_ld,
    },
    model::{Address, Library},
    site::{
        exports::{account, description},
        view::{Common, PageHead, site::LinkedName, web},
    },
};

/// The data dictionary: `data.html`.
#[derive(Debug, Serialize)]
pub struct DataView<'a> {
    /// Title, description and trail.
    pub page: PageHead,
    /// A description of the data.
    pub description: String,
    /// The licence of the data.
    pub licence: Option<LinkedName<'a>>,
    /// The files.
    pub files: Vec<FileView<'a>>,
    /// The tables, with their columns.
    pub tables: Vec<DataTableView>,
}

/// A file of the open data.
#[derive(Debug, Serialize)]
pub struct FileView<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its address.
    pub href: String,
    /// A description of its content.
    pub description: &'a str,
}

/// A table of the open data.
#[derive(Debug, Serialize)]
pub struct DataTableView {
    /// The name of its file.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: Vec<ColumnView>,
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// Its type, as Table Schema names it.
    pub kind: &'static str,
    /// Its meaning.
    pub meaning: String,
}

/// Makes the view of the data dictionary.
pub fn data<'a>(common: Common<'a>, address: &Address, library: &'a Library) -> DataView<'a> {
    let words = common.words;
    let description = description(words, common.config);
    let page = PageHead::new(common, address, words.data.clone());
    let file = |file: DataFile| FileView {
        name: file.name(),
        href: common.href(&file.address()),
        description: words.data_files.get(file.name()).map_or("", String::as_str),
    };
    let said = account(words, &description);
    let tables = tables(library).into_iter().map(|(file, columns)| DataTableView {
        name: file.name(),
        columns: columns
            .iter()
            .map(|column| ColumnView {
                name: column.name.clone(),
                kind: kind(column.kind),
                meaning: meaning(library, column, said),
            })
            .collect(),
    });
    DataView {
        page: page.described(description.as_str()).linked(&json_ld::dataset(library, &description)),
        licence: library
            .config
            .licence
            .as_ref()
            .map(|licence| LinkedName { text: &licence.name, href: web(licence.url.as_deref()) }),
        files: DataFile::of(library).into_iter().map(file).collect(),
        tables: tables.collect(),
        description,
    }
}
