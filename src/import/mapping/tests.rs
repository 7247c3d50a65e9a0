use serde_yaml::Value;

use super::shape::shaped;

/// The value that `shaped` makes for a key, as YAML.
fn shaped_yaml(key: &str, text: &str) -> String {
    let made = shaped(key, &serde_yaml::from_str(text).unwrap()).map(|shaped| shaped.value);
    serde_yaml::to_string(&made.unwrap_or(Value::Null)).unwrap().trim_end().to_owned()
}

#[test]
fn entities_are_replaced_and_other_ampersands_stay() {
    assert_eq!(
        shaped_yaml("title", "\"Smith &amp; Sons&rsquo; &#8220;desk&#x201d; &eacute;\""),
        "Smith & Sons’ “desk” é"
    );
    assert_eq!(shaped_yaml("summary", "R&D; A & B&nbsp;C &nothing; &"), "R&D; A & B C &nothing; &");
    assert_eq!(shaped_yaml("title", "\"&#0; &#x110000; &#99999999999;\""), "'&#0; &#x110000; &#99999999999;'");
}

#[test]
fn a_single_place_is_no_list() {
    assert_eq!(shaped_yaml("place", "Torbay"), "Torbay");
    assert_eq!(shaped_yaml("place", "{ name: Torbay, region: South West }"), "name: Torbay\nregion: South West");
    assert_eq!(shaped_yaml("place", "[Torbay, Poole]"), "- Torbay\n- Poole");
}
