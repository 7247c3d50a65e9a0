use proptest::prelude::*;

use super::{
    Axis, Life,
    columns::{self, Year},
    rows::{LifeRow, rows},
    strip,
    stroke::Coordinate,
};
use crate::model::{
    life_years::LifeYears,
    vocabulary::{EndMark, LineStyle},
};

fn life(from: i16, to: Option<i16>, mark: Option<EndMark>) -> Life {
    let years = LifeYears { from: Some(from), to, reported: Some(from + 3), changed: None };
    Life::new(years, mark, None).expect("a life with a first year")
}

#[test]
fn a_life_is_never_longer_than_its_sources() {
    let years = LifeYears { from: Some(2005), to: None, changed: None, reported: Some(2011) };
    let open = Life::new(years, Some(EndMark::Arrow), None).expect("a life");
    assert_eq!((open.known_to, open.last, open.is_open()), (2011, None, true));
    let lost = Life::new(years, Some(EndMark::Dots), None).expect("a life");
    assert!(!lost.is_open(), "nobody knows whether it went on");
    assert_eq!(lost.runs_to(2026), 2011);
    let undated = Life::new(LifeYears { reported: None, ..years }, Some(EndMark::Arrow), None).expect("a life");
    assert_eq!(undated.known_to, 2005, "no source is dated, so the line is thin from the start");
    assert_eq!(Life::new(LifeYears { from: None, to: Some(2013), ..years }, None, None), None);
}

#[test]
fn the_fork_is_in_the_year_of_the_change() {
    let years = LifeYears { from: Some(2005), to: None, changed: Some(2012), reported: Some(2020) };
    assert_eq!(Life::new(years, Some(EndMark::Fork), None).expect("a life").last, Some(2012));
    assert_eq!(Life::new(years, Some(EndMark::Arrow), None).expect("a life").last, None);
}

#[test]
fn a_change_of_no_known_year_is_drawn_where_the_sources_end() {
    let years = LifeYears { from: Some(2000), to: None, changed: None, reported: Some(2013) };
    let drawn = |mark| strip::small(&Life::new(years, mark, None).expect("a life"), Axis { from: 1986, to: 2026 });
    // The strip is 200 units wide, so 2013 is at 139 and the present at 204.
    assert!(drawn(Some(EndMark::Fork)).contains("139.9 3.9"), "{}", drawn(Some(EndMark::Fork)));
    assert!(!drawn(Some(EndMark::Fork)).contains("H19"), "no line goes on to the present");
    assert!(drawn(Some(EndMark::Arrow)).contains("L204"), "what continues has its arrow at the present");
    assert_eq!(Life::new(years, Some(EndMark::Fork), None).expect("a life").runs_to(2026), 2013);
}

#[test]
fn the_axis_reaches_from_the_first_year_to_the_present() {
    let lives = [life(1986, None, None), life(2006, Some(2013), None)];
    assert_eq!(Axis::of(&lives, Some(2026)), Some(Axis { from: 1986, to: 2026 }));
    assert_eq!(Axis::of(&lives, None), Some(Axis { from: 1986, to: 2013 }));
    assert_eq!(Axis::of(&[], Some(2026)), None);
    assert_eq!(Axis { from: 1986, to: 2026 }.ticks(4), [1990, 2000, 2010, 2020]);
}

#[test]
fn a_few_very_early_lives_do_not_stretch_the_axis() {
    let mut lives = vec![life(2000, None, None); 400];
    lives.extend([life(1800, None, None); 3]);
    assert_eq!(Axis::of(&lives, Some(2026)).expect("an axis").from, 2000);
    lives.extend([life(1800, None, None); 9]);
    assert_eq!(Axis::of(&lives, Some(2026)).expect("an axis").from, 1800);
}

#[test]
fn years_far_ahead_are_drawn_to_the_edge() {
    let lives = [life(2006, Some(9999), None)];
    assert_eq!(Axis::of(&lives, Some(2026)), Some(Axis { from: 2006, to: 2036 }));
}

#[test]
fn numbers_have_at_most_one_digit_after_the_point() {
    let texts = [1.0, 2.25, -0.01, 1046.04].map(|number| Coordinate(number).to_string());
    assert_eq!(texts, ["1", "2.3", "0", "1046"]);
}

#[test]
fn the_shape_of_a_strip_shows_the_outcome() {
    let axis = Axis { from: 1986, to: 2026 };
    let strip = |mark| strip::small(&life(2006, Some(2013), mark), axis);
    assert!(strip(Some(EndMark::Stop)).contains(r#"class="cb-strip cb-stop""#));
    assert!(strip(Some(EndMark::Stop)).contains(r#"stroke-width="3.2""#));
    let shapes = [Some(EndMark::Arrow), Some(EndMark::Fork), Some(EndMark::Stop), Some(EndMark::Dots), None].map(strip);
    for (n, shape) in shapes.iter().enumerate() {
        assert!(!shape.contains("style="), "attributes and classes only");
        let colourless = |svg: &str| svg.split_once(" viewBox").map(|(_, rest)| rest.to_owned());
        assert!(shapes[..n].iter().all(|other| colourless(other) != colourless(shape)), "{shape}");
    }
}

#[test]
fn a_row_is_one_link_whose_name_begins_with_its_visible_words() {
    let life = life(2006, Some(2013), Some(EndMark::Stop));
    let row = LifeRow {
        life,
        title: "One chief executive".to_owned(),
        place: "Herefordshire".to_owned(),
        href: Some("/cases/a/?b=1&c".to_owned()),
        spoken: vec!["2013: ended.".to_owned(), "2006 to 2013.".to_owned()],
        groups: vec![2, 3],
    };
    let background = LifeRow { href: None, ..row.clone() };
    let svg = rows(&[row, background], Axis { from: 1986, to: 2026 }, &[], ["cb-l", "Lifelines", "One line each."]);
    assert!(svg.contains(r#"<a class="cb-life cb-stop g2 g3" href="/cases/a/?b=1&amp;c" aria-label="One chief executive, Herefordshire. 2013: ended. 2006 to 2013.">"#), "{svg}");
    assert_eq!(svg.matches("<a ").count(), 1, "what stands in the background is no link");
    assert_eq!(svg.matches("One chief executive</tspan>").count(), 1, "and has no title");
}

#[test]
fn a_title_without_room_is_part_of_the_link_name() {
    let life = life(1986, None, Some(EndMark::Arrow));
    let title = "A title that is longer than the room before the first year of the whole library".to_owned();
    let (place, href) = ("Leeds".to_owned(), Some("/a/".to_owned()));
    let row = LifeRow { life, title, place, href, spoken: vec!["1986 to 1989.".to_owned()], groups: vec![] };
    let svg = rows(&[row], Axis { from: 1986, to: 2026 }, &[], ["i", "n", "d"]);
    assert!(svg.contains(r#"aria-label="Leeds. A title that is longer"#), "{svg}");
    assert!(!svg.contains("cb-life-title"), "{svg}");
}

#[test]
fn columns_count_the_cases_that_ran_in_each_year() {
    let axis = Axis { from: 2010, to: 2013 };
    let lives = [
        life(2010, Some(2011), Some(EndMark::Stop)),
        life(2011, None, Some(EndMark::Arrow)),
        life(2009, Some(2010), None),
    ];
    let years = columns::years(&lives.iter().collect::<Vec<_>>(), axis);
    let totals: Vec<usize> = years.iter().map(Year::total).collect();
    assert_eq!(totals, [2, 2, 1, 1]);
    let drawn = |href: fn(&Year) -> Option<String>| {
        columns::columns(&years, |year| (href(year), "a name".to_owned()), ["i", "n", "d"])
    };
    assert_eq!(drawn(|year| Some(format!("/{}/", year.year))).matches("<a ").count(), 4);
    let alone = drawn(|_| None);
    assert_eq!([alone.matches("<a ").count(), alone.matches(r#"aria-label="a name""#).count()], [0, 4]);
}

proptest! {
    /// Every drawing is made, and no number in it is infinite or NaN, whatever the years.
    #[test]
    fn any_years_are_drawn(from: i16, to: Option<i16>, changed: Option<i16>, reported: Option<i16>, present: Option<i16>, n in 0_usize..5, weight: u8) {
        let mark = [None, Some(EndMark::Arrow), Some(EndMark::Fork), Some(EndMark::Stop), Some(EndMark::Dots)][n];
        let line = [LineStyle::Dashed, LineStyle::Double, LineStyle::Weight(weight)][n % 3];
        let life = Life::new(LifeYears { from: Some(from), to, changed, reported }, mark, Some(line)).expect("a first year");
        let axis = Axis::of(&[life], present).expect("a life");
        prop_assert!(axis.from < axis.to || axis.from == i16::MAX);
        let row = LifeRow { life, title: "T".to_owned(), place: "P".to_owned(), href: Some("/".to_owned()), spoken: vec![], groups: vec![] };
        let drawn = strip::small(&life, axis) + &strip::head(&life, axis) + &rows(&[row], axis, &[], ["a", "b", "c"]);
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }
}
