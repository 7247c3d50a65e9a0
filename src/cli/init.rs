//! `casebook init`: makes a new library that can be built at once.

use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use super::{ExitStatus, Global, day, error::CommandError, repository::path_in_repository, terminal::Terminal};
use crate::{
    model::keys::{self, Key},
    output, source,
};

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The repository of this release, as owner/name; empty in a development build.
const REPOSITORY: &str = match option_env!("CASEBOOK_REPOSITORY") {
    Some(repository) => repository,
    None => "",
};

/// Vocabularies that a new library shares with the sample library.
const VOCABULARIES: [(&str, &str); 3] = [
    ("content/vocabularies/sector.yaml", include_str!("../../content/vocabularies/sector.yaml")),
    ("content/vocabularies/tier.yaml", include_str!("../../content/vocabularies/tier.yaml")),
    ("content/vocabularies/barrier.yaml", include_str!("../../content/vocabularies/barrier.yaml")),
];

/// Make a new library that builds at once
#[derive(Args)]
#[command(after_help = "\
casebook init my-library
cd my-library
casebook build

Existing files are left alone, so you can run it again to restore missing ones. Only a new library
gets the example of a case.")]
pub(super) struct InitArgs {
    /// The folder to make it in [default: that of --root, else this one]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &InitArgs, global: &Global, terminal: &mut Terminal) -> Result<ExitStatus, CommandError> {
    let dir = folder(args, global)?;
    let today = day::day(None)?.to_string();
    output::hidden_file::remove_left_in_library(dir, &source::FOLDERS);
    let mut left = Vec::new();
    // The example shows how to begin. In an existing library, the next build would publish it.
    let is_begun = source::is_root(dir)?;
    for (path, text) in files() {
        if is_begun && path.starts_with("content/cases/") {
            if source::read_named(&dir.join(&path))?.is_some() {
                left.push(path);
            }
            continue;
        }
        let text = text.replace("{today}", &today).replace("{version}", env!("CARGO_PKG_VERSION"));
        let text = text.replace("{repository}", REPOSITORY);
        match output::new_file::write(dir, &path, text.as_bytes())? {
            true => terminal.say(&format!("wrote {path}")),
            false => left.push(path),
        }
    }
    for path in &left {
        terminal.say(&format!("left  {path} as it is"));
    }
    terminal.say(&match dir.as_os_str() == "." {
        true => "\nThe library is in this folder. Now run `casebook build`.".to_owned(),
        false => format!("\nThe library is in {}. Now go there and run `casebook build`.", dir.display()),
    });
    let path = path_in_repository(dir);
    if !path.is_empty() {
        terminal.say(&format!(
            "GitHub reads workflows only at the root of a repository: there, move {path}/.github/workflows/ to \
             .github/workflows/, and write `casebook --root {path}` for `casebook` before `check` and `build` in them."
        ));
    }
    Ok(ExitStatus::Done)
}

/// The folder of the new library.
fn folder<'a>(args: &'a InitArgs, global: &'a Global) -> Result<&'a Path, CommandError> {
    match (&args.dir, &global.root) {
        (Some(dir), Some(root)) => {
            let message = format!("two folders are named: {} with --root, and {}", root.display(), dir.display());
            Err(CommandError::usage(message, "name the folder of the new library once, with or without --root"))
        }
        (named, root) => Ok(named.as_deref().or(root.as_deref()).unwrap_or(Path::new("."))),
    }
}

/// Every file of a new library, by path. Files with a name that begins with a dot are stored without it.
fn files() -> Vec<(String, String)> {
    fn gather(dir: &Dir<'static>, files: &mut Vec<(String, String)>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let text = file.contents_utf8().expect("the starter holds only text");
            files.push((with_dot(path), text.to_owned()));
        }
        dir.dirs().for_each(|dir| gather(dir, files));
    }
    let mut files: Vec<(String, String)> = VOCABULARIES.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    files.push(("casebook.yaml".to_owned(), settings()));
    gather(&STARTER, &mut files);
    files.sort();
    files
}

/// casebook.yaml with every key; keys that a new library does not need are comments.
fn settings() -> String {
    let line = |key: &Key| match key.initial_value {
        Some(value) => format!("{}\n{}: {value}\n", key.comment(), key.name),
        None => format!("{}\n#{}\n", key.comment(), key.written().replace('\n', "\n#")),
    };
    let head = "# The settings of this library. To use a key, delete the # in front of it.\n\n".to_owned();
    keys::SETTINGS.iter().map(line).fold(head, |text, line| text + &line)
}

fn with_dot(path: String) -> String {
    match path.as_str() {
        "gitignore" => format!(".{path}"),
        within if within.starts_with("github/") => format!(".{path}"),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::*;

    fn job(name: &str) -> Value {
        let (_, text) = files().into_iter().find(|(path, _)| path == ".github/workflows/publish.yml").unwrap();
        serde_yaml::from_str::<Value>(&text).unwrap()["jobs"][name].clone()
    }

    fn build_job() -> Value {
        job("build")
    }

    fn step_with(job: &Value, action: &str) -> Value {
        let steps = job["steps"].as_sequence().unwrap().clone();
        let uses = |step: &Value| step["uses"].as_str().is_some_and(|used| used.starts_with(action));
        steps.into_iter().find(uses).unwrap()["with"].clone()
    }

    // A cache never changes once it is saved, and the run of every morning often has the commit of an earlier run.
    #[test]
    fn each_run_of_the_workflow_saves_its_own_manifest() {
        // A manifest is saved once its site is published.
        let saved = step_with(&job("publish"), "actions/cache/save");
        let key = saved["key"].as_str().unwrap();
        assert!(key.contains("github.run_id") && key.contains("github.run_attempt"), "{key}");
        let restored = step_with(&build_job(), "actions/cache/restore");
        assert_eq!(restored["key"], saved["key"]);
        let beginning = restored["restore-keys"].as_str().unwrap();
        assert!(key.starts_with(beginning), "{beginning}");
    }

    #[test]
    fn the_workflow_may_ask_where_a_private_repository_publishes() {
        let permissions = build_job()["permissions"].clone();
        assert_eq!((&permissions["contents"], &permissions["pages"]), (&Value::from("read"), &Value::from("read")));
    }

    #[test]
    fn the_workflow_checks_the_site_at_the_address_at_which_it_builds_it() {
        let steps = build_job()["steps"].as_sequence().unwrap().clone();
        for command in ["casebook check ", "casebook build "] {
            let runs = |step: &&Value| step["run"].as_str().is_some_and(|run| run.contains(command));
            let run = steps.iter().find(runs).unwrap()["run"].as_str().unwrap();
            let line = run.lines().find(|line| line.contains(command)).unwrap();
            assert!(line.contains("--base-url \"$BASE_URL/\""), "{line}");
        }
    }
}
