use super::{Map, Node, Trail, YamlBlock};
use crate::{
    model::keys,
    problem::{Code, FilePath, Problem, Side, SpotPart, Step},
    read::yaml_tree::parse,
};

/// Checks the codes of the problems that `read` finds in a small mapping.
#[track_caller]
fn check(yaml: &str, read: impl FnOnce(Map<'_>, &mut Vec<Problem>), expected: &[Code]) {
    let file = FilePath::new("a.yaml");
    let block = 0..yaml.len();
    let value = parse(&file, yaml, &block).expect("sound YAML");
    let block = YamlBlock::new(&file, yaml, &block, [&[], &[]]);
    let top = Trail::Top(&block);
    let mut problems = Vec::new();
    read(Node::top(&value, &top).map(&mut Vec::new()).expect("a mapping"), &mut problems);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), expected);
}

#[test]
fn an_absent_key_is_none_and_no_problem() {
    check(
        "a:\nb: ''\n",
        |map, problems| {
            assert_eq!(map.text("a", problems), None);
            assert_eq!(map.text("b", problems), None);
            assert_eq!(map.text("c", problems), None);
            assert_eq!(map.flag("a", problems), None);
            assert!(map.each("a", problems, |node, problems| node.written(problems)).is_empty());
        },
        &[],
    );
}

#[test]
fn a_missing_required_key_is_reported_once() {
    let read = |map: Map<'_>, problems: &mut Vec<Problem>| assert_eq!(map.required_text("a", problems), None);
    check("b: x\n", read, &[Code::MissingField]);
    check("a: [x]\n", read, &[Code::WrongType]);
    check("a: 12\n", read, &[Code::WrongType]);
}

#[test]
fn a_single_value_is_a_list_of_one() {
    check(
        "a: x\nb: [y, z, 3]\n",
        |map, problems| {
            let texts =
                |key, problems: &mut Vec<Problem>| map.each(key, problems, |node, problems| node.written(problems));
            assert_eq!(texts("a", problems).len(), 1);
            assert_eq!(texts("b", problems).len(), 2);
        },
        &[Code::WrongType],
    );
}

#[test]
fn a_spot_has_the_path_to_the_value() {
    check(
        "a: [x, { b: y }]\n",
        |map, problems| {
            let spots = map.each("a", problems, |node, problems| {
                if node.is_map() { node.map(problems)?.written("b", problems) } else { node.written(problems) }
            });
            let paths: Vec<SpotPart> = spots.into_iter().map(|written| written.spot.part).collect();
            let key = |key: &str| Step::Key(key.to_owned());
            let part = |path| SpotPart::Yaml { block: 0..17, path, side: Side::Value };
            assert_eq!(paths, [part(vec![key("a"), Step::Item(0)]), part(vec![key("a"), Step::Item(1), key("b")])]);
        },
        &[],
    );
}

#[test]
fn every_unknown_key_is_reported() {
    check(
        "name: 1\nb: 2\n3: x\n[c]: y\n",
        |map, problems| map.only_keys(keys::LICENCE, problems),
        &[Code::UnknownField; 3],
    );
}

#[test]
fn control_characters_are_replaced_in_values_and_reported() {
    check(
        "a: \"x\\u0007y\\nz\"\n",
        |map, problems| {
            assert_eq!(map.text("a", problems).as_deref(), Some("x\u{fffd}y\nz"));
        },
        &[Code::DoubtfulValue],
    );
}

#[test]
fn many_numbers_in_place_of_text_are_read_in_linear_time() {
    const COUNT: usize = 20_000;
    let numbers: Vec<String> = (0..COUNT).map(|n| format!("{n}.0")).collect();
    let read = |map: Map<'_>, problems: &mut Vec<Problem>| {
        let bare = map.each("a", problems, |node, _| node.bare());
        assert_eq!(bare, numbers);
    };
    check(&format!("a: [{}]\n", numbers.join(", ")), read, &[]);
}
