//! Pages CMS: `.pages.yml`.
//!
//! The body is edited as Markdown: a visual editor would lose footnotes, citations and comments.

use serde_json::{Value, json};

use super::{
    SettingsFile,
    field::{self, FormField, Widget},
    written::WrittenForms,
};
use crate::model::Library;

pub(super) const FIRST_STEPS: &str = "\
Commit .pages.yml, and push it to GitHub.
Open Pages CMS (app.pagescms.org, or one that you host), sign in, and choose the repository.
A new case is a draft until you choose \"Published\".";

pub(super) fn files(library: &Library, written: &WrittenForms) -> Vec<SettingsFile> {
    let settings = json!({
        "media": { "input": "content/files", "output": "/files" },
        // Keep keys that the form does not show.
        "settings": { "content": { "merge": true } },
        "content": [
            {
                "name": "cases",
                "label": "Cases",
                "type": "collection",
                "path": "content/cases",
                "subfolders": true,
                "filename": "{primary}.md",
                "format": "yaml-frontmatter",
                "view": {
                    "primary": "title",
                    "fields": ["title", "date", "status"],
                    "sort": ["date", "title"],
                    "default": { "sort": "date", "order": "desc" },
                },
                "fields": with_body(field::of_case(library, written)),
            },
            {
                "name": "pages",
                "label": "Pages",
                "type": "collection",
                "path": "content/pages",
                "subfolders": true,
                "filename": "{primary}.md",
                "format": "yaml-frontmatter",
                "view": { "primary": "title", "fields": ["title"] },
                "fields": with_body(field::of_page(library)),
            },
        ],
    });
    let text = super::yaml(&settings);
    vec![SettingsFile { path: ".pages.yml".to_owned(), text }]
}

fn with_body(fields: Vec<FormField>) -> Vec<Value> {
    let body = json!({ "name": "body", "label": "Text", "type": "code", "options": { "language": "markdown" } });
    fields.iter().map(of_field).chain([body]).collect()
}

fn of_field(field: &FormField) -> Value {
    let mut made = of_widget(&field.widget);
    made["name"] = json!(field.name);
    made["label"] = json!(field.label);
    if !field.hint.is_empty() {
        made["description"] = json!(field.hint);
    }
    if field.is_required {
        made["required"] = json!(true);
    }
    if field.name == "status" {
        made["default"] = json!("draft");
    }
    made
}

fn of_widget(widget: &Widget) -> Value {
    match widget {
        Widget::Line => json!({ "type": "string" }),
        Widget::Sentences => json!({ "type": "text" }),
        Widget::Day => json!({ "type": "date", "options": { "format": "yyyy-MM-dd" } }),
        Widget::Number { .. } => json!({ "type": "number" }),
        Widget::Flag => json!({ "type": "boolean" }),
        Widget::Picture => json!({ "type": "image" }),
        Widget::Choice { options, many } => {
            let values: Vec<Value> =
                options.iter().map(|(value, label)| json!({ "value": value, "label": label })).collect();
            json!({ "type": "select", "options": { "values": values, "multiple": many } })
        }
        Widget::Group(fields) => {
            json!({ "type": "object", "fields": fields.iter().map(of_field).collect::<Vec<_>>() })
        }
        Widget::Many(inner) => {
            let mut made = of_widget(inner);
            made["list"] = json!(true);
            made
        }
    }
}
