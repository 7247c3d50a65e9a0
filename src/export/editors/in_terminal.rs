//! Zed and Neovim. Their settings say only how to start Casebook.

use serde_json::{Value, json};

use super::SettingsFile;

pub(super) const ZED_FIRST_STEPS: &str = "\
Open the library's folder in Zed, and choose \"task: spawn\" in its palette.
Zed makes links of the places that `casebook check` names.";

pub(super) const NEOVIM_FIRST_STEPS: &str = "\
Put `vim.o.exrc = true` into your init.lua.
Open a case from the library's folder, and answer \"allow\" when Neovim asks whether to trust .nvim.lua.";

const LANGUAGE_SERVER: &str = r#"vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "yaml" },
  callback = function(event)
    local found = vim.fs.find("casebook.yaml", { upward = true, path = vim.fs.dirname(event.file) })[1]
    if found then
      vim.lsp.start({ name = "casebook", cmd = { "casebook", "lsp" }, root_dir = vim.fs.dirname(found) })
    end
  end,
})
"#;

pub(super) fn zed() -> Vec<SettingsFile> {
    let task = |label: &str, arguments: &[&str]| json!({ "label": label, "command": "casebook", "args": arguments });
    let tasks: Vec<Value> = vec![
        task("Casebook: say what is wrong", &["check"]),
        task("Casebook: fix what is certain", &["check", "--fix"]),
        task("Casebook: preview", &["serve", "--open"]),
        task("Casebook: publish into output/", &["build"]),
    ];
    vec![SettingsFile { path: ".zed/tasks.json".to_owned(), text: format!("{:#}\n", json!(tasks)) }]
}

pub(super) fn neovim() -> Vec<SettingsFile> {
    vec![SettingsFile { path: ".nvim.lua".to_owned(), text: LANGUAGE_SERVER.to_owned() }]
}
