//! The option `--base-url` of the commands that make the site.

use clap::Args;

use crate::{model::config::BaseUrl, read::config::parse_base_url};

/// The address at which the site will be published.
#[derive(Args)]
pub(super) struct BaseUrlArgs {
    /// Where it will be published, if not where casebook.yaml says: a full address, or only a path
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(super) base_url: Option<BaseUrl>,
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    parse_base_url(text).map_err(|fault| {
        format!(
            "{fault}; write a full address, such as https://example.org/casebook/, or only a path, such as /casebook/"
        )
    })
}
