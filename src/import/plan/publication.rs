//! What a source says of the publication of an item besides its status: days, and settings of Hugo.

use serde_yaml::Value;

use crate::{
    import::{
        ImportItem, Loss,
        mapping::{self, ImportedCase},
    },
    model::questions::plain,
};

/// Makes a case a draft, or gives it a later date, if the site of its item would not show it today.
pub(super) fn hold_back(case: &mut ImportedCase, item: &ImportItem, today: &str) {
    for (name, value) in &item.fields {
        let Some(name) = name.as_str() else { continue };
        let day = || value.as_str().and_then(mapping::day);
        match plain(name).as_str() {
            "publishdate" | "pubdate" => {
                if let Some(day) = day().filter(|day| day.as_str() > today) {
                    wait_for(case, name, day);
                }
            }
            "expirydate" | "unpublishdate" => {
                if let Some(day) = day().filter(|day| day.as_str() <= today) {
                    make_draft(case, &format!("{name}: {day}"));
                }
            }
            // Hugo has `_build` and `build`.
            "build" if is_never_rendered(value) => make_draft(case, &format!("{name}: render: never")),
            _ => {}
        }
    }
}

fn is_never_rendered(build: &Value) -> bool {
    build.get("render").is_some_and(|render| render.as_str() == Some("never") || render.as_bool() == Some(false))
}

fn make_draft(case: &mut ImportedCase, why: &str) {
    case.fields.insert("status".into(), "draft".into());
    case.losses.push(Loss::held_back(why));
}

/// Sets the date to a later day, and keeps an earlier date in `extra`.
fn wait_for(case: &mut ImportedCase, name: &str, day: String) {
    let is_earlier = |date: &Value| date.as_str().is_some_and(|date| date < day.as_str());
    if !case.fields.get("date").is_none_or(is_earlier) {
        return;
    }
    case.losses.push(Loss::later_day(&format!("{name}: {day}")));
    let earlier = case.fields.insert("date".into(), day.into());
    earlier.into_iter().for_each(|date| case.keep("date", date));
}
