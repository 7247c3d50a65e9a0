//! Decap CMS and Sveltia CMS: a page that runs the tool, and its `config.yml`.
//!
//! Both read the same settings. The page is in a folder of its own and is not published with the site, whose strict
//! policy would not let it run. The program comes from npm, so the page requests it from no other host.

use serde_json::{Value, json};

use super::{
    SettingsFile,
    field::{self, FormField, Widget},
    written::WrittenForms,
};
use crate::model::Library;

/// The differences between the two tools.
pub(super) struct Kind {
    name: &'static str,
    package: &'static str,
    script: &'static str,
    at_home: &'static str,
    /// Whether it needs a setting to write to a folder on this computer.
    asks_for_local_backend: bool,
    /// Whether it writes every key of the form, also the empty ones, unless a setting forbids it.
    writes_empty_keys: bool,
}

pub(super) const DECAP: Kind = Kind {
    name: "Decap CMS",
    package: "decap-cms",
    script: "decap-cms/dist/decap-cms.js",
    at_home: "In another terminal, in the library's folder: npx decap-server\nOpen http://localhost:8080/ and press \"Login\".",
    asks_for_local_backend: true,
    writes_empty_keys: false,
};

pub(super) const SVELTIA: Kind = Kind {
    name: "Sveltia CMS",
    package: "@sveltia/cms",
    script: "@sveltia/cms/dist/sveltia-cms.js",
    at_home: "Open http://localhost:8080/ in Chrome or Edge, press \"Work with Local Repository\", and choose the library's folder.",
    asks_for_local_backend: false,
    writes_empty_keys: true,
};

pub(super) fn files(kind: &Kind, library: &Library, written: &WrittenForms, folder: &str) -> Vec<SettingsFile> {
    let settings = super::yaml(&settings(kind, library, written));
    let file = |name: &str, text: String| SettingsFile { path: format!("{folder}/{name}"), text };
    vec![file("config.yml", settings), file("index.html", page(kind)), file(".gitignore", "node_modules/\n".to_owned())]
}

pub(super) fn first_steps(kind: &Kind, folder: &str) -> String {
    format!(
        "Get the program: npm install --prefix {folder} {}\n\
         Try it on this computer: python3 -m http.server 8080 --bind 127.0.0.1 --directory {folder}\n\
         {}\n\
         For others, put {folder}/ on a host with HTTPS, and see that `backend` in {folder}/config.yml names your repository.",
        kind.package, kind.at_home
    )
}

fn page(kind: &Kind) -> String {
    let Kind { name, package, script, .. } = kind;
    format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>Edit the library: {name}</title>\n\
         </head>\n\
         <body>\n\
         <noscript>{name} needs JavaScript.</noscript>\n\
         <p id=\"missing\" hidden>{name} is not here yet. In this folder run: npm install {package}</p>\n\
         <script src=\"node_modules/{script}\" onerror=\"document.getElementById('missing').hidden = false\"></script>\n\
         </body>\n\
         </html>\n"
    )
}

fn settings(kind: &Kind, library: &Library, written: &WrittenForms) -> Value {
    let collection = |name: &str, label: &str, one: &str, fields: Vec<FormField>| {
        json!({
            "name": name,
            "label": label,
            "label_singular": one,
            "folder": format!("content/{name}"),
            "create": true,
            "extension": "md",
            "format": "yaml-frontmatter",
            "slug": "{{slug}}",
            // Pictures are beside the file that shows them.
            "media_folder": "",
            "public_folder": "",
            "sortable_fields": ["title"],
            "fields": with_body(&fields),
        })
    };
    let mut cases = collection("cases", "Cases", "Case", field::of_case(library, written));
    cases["sortable_fields"] = json!(["date", "title"]);
    let mut settings = json!({
        "backend": backend(library),
        "media_folder": "content/files",
        "public_folder": "/files",
        "collections": [cases, collection("pages", "Pages", "Page", field::of_page(library))],
    });
    if kind.asks_for_local_backend {
        settings["local_backend"] = json!(true);
    }
    if kind.writes_empty_keys {
        settings["output"] = json!({ "omit_empty_optional_fields": true });
    }
    settings
}

/// The repository of the library, as far as the settings name it.
fn backend(library: &Library) -> Value {
    let repository = library.config.contribute.as_ref().and_then(|contribute| contribute.repository.as_deref());
    let address = repository.map(|address| address.trim_end_matches('/').trim_end_matches(".git"));
    let on = |host: &str| address.and_then(|address| address.strip_prefix(&format!("https://{host}/")));
    match (on("github.com"), on("gitlab.com")) {
        (Some(repository), _) => json!({ "name": "github", "repo": repository, "branch": "main" }),
        (None, Some(repository)) => json!({ "name": "gitlab", "repo": repository, "branch": "main" }),
        (None, None) => json!({ "name": "github", "repo": "OWNER/REPOSITORY", "branch": "main" }),
    }
}

fn with_body(fields: &[FormField]) -> Vec<Value> {
    // Edited as Markdown: a visual editor would lose footnotes, citations and comments.
    let body = json!({ "name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "required": false });
    fields.iter().map(of_field).chain([body]).collect()
}

fn of_field(field: &FormField) -> Value {
    let mut made = of_widget(&field.widget);
    made["name"] = json!(field.name);
    made["label"] = json!(field.label);
    made["required"] = json!(field.is_required);
    if !field.hint.is_empty() {
        made["hint"] = json!(field.hint);
    }
    if let (Widget::Group(_), false, Some(inner)) =
        (&field.widget, field.is_required, made.get_mut("fields").and_then(Value::as_array_mut))
    {
        // Decap demands the required fields of a group even if the group is left out, and then does not save. So no
        // field is required here, and `check` reports what is missing.
        for inner in inner {
            inner["required"] = json!(false);
            // Its field for a day always writes a day, and with it the whole group.
            if inner["widget"] == "datetime" {
                *inner = json!({
                    "name": inner["name"], "label": inner["label"], "hint": inner["hint"], "required": false,
                    "widget": "string", "pattern": ["^\\d{4}-\\d{2}-\\d{2}$", "Write the day as 2026-11-22."],
                });
            }
        }
    }
    match (field.name.as_str(), &field.widget) {
        ("status", _) => made["default"] = json!("draft"),
        // Without a default, Decap fills in the day on which the form was opened.
        (name, Widget::Day) => {
            made["default"] = json!(if field.is_required || name == "date" { "{{now}}" } else { "" });
        }
        // Without a default, Decap begins with one item if the fields of an item have defaults.
        (_, Widget::Many(inner)) if matches!(**inner, Widget::Group(_)) && !field.is_required => {
            made["default"] = json!([]);
        }
        _ => {}
    }
    made
}

fn of_widget(widget: &Widget) -> Value {
    match widget {
        Widget::Line => json!({ "widget": "string" }),
        Widget::Sentences => json!({ "widget": "text" }),
        Widget::Day => {
            json!({ "widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": false })
        }
        Widget::Number { is_whole } => {
            json!({ "widget": "number", "value_type": if *is_whole { "int" } else { "float" } })
        }
        Widget::Flag => json!({ "widget": "boolean" }),
        Widget::Picture => json!({ "widget": "image" }),
        Widget::Choice { options, many } => {
            let options: Vec<Value> =
                options.iter().map(|(value, label)| json!({ "value": value, "label": label })).collect();
            json!({ "widget": "select", "multiple": many, "options": options })
        }
        Widget::Group(fields) => {
            json!({ "widget": "object", "collapsed": true, "fields": fields.iter().map(of_field).collect::<Vec<_>>() })
        }
        Widget::Many(inner) => match &**inner {
            Widget::Group(fields) => {
                json!({ "widget": "list", "collapsed": true, "fields": fields.iter().map(of_field).collect::<Vec<_>>() })
            }
            // With a field of its own, each entry has a line, so that it may contain a comma.
            inner => {
                let mut field = of_widget(inner);
                field["name"] = json!("entry");
                field["label"] = json!("Entry");
                json!({ "widget": "list", "field": field })
            }
        },
    }
}
