//! The drawings of a document: pictures, text boxes and charts.

use roxmltree::Node;

use super::ParagraphReader;
use crate::{
    import::{
        EmbeddedPicture, Loss,
        docx::{
            markdown::{Block, TextRun, TextRuns},
            package::LARGEST_PICTURE,
        },
        escape::{escaped, link_to},
        file_names::file_name,
        xml::{attribute, is},
    },
    problem::{FilePath, message::shown},
};

/// The parts of a drawing.
struct DrawingParts<'a, 'i> {
    /// Its text boxes. A box within a box is a part of that one's text.
    boxes: Vec<Node<'a, 'i>>,
    /// Its other elements.
    shapes: Vec<Node<'a, 'i>>,
}

impl<'a, 'i> DrawingParts<'a, 'i> {
    fn of(drawing: Node<'a, 'i>) -> DrawingParts<'a, 'i> {
        let mut parts = DrawingParts { boxes: Vec::new(), shapes: Vec::new() };
        let mut open = vec![drawing];
        while let Some(node) = open.pop() {
            if is(&node, "txbxContent") {
                parts.boxes.push(node);
            } else {
                parts.shapes.push(node);
                open.extend(node.children().rev());
            }
        }
        parts
    }
}

impl ParagraphReader<'_, '_> {
    /// Pictures and text boxes.
    pub(super) fn drawing(&mut self, drawing: Node<'_, '_>, text: &mut TextRuns, aside: &mut Vec<Block>, depth: usize) {
        let DrawingParts { boxes, shapes } = DrawingParts::of(drawing);
        if !boxes.is_empty() {
            self.report("txbxContent");
        }
        for content in boxes {
            self.part(content, aside, depth + 10);
        }
        if shapes.iter().any(|node| is(node, "chart")) {
            self.report("chart");
        }
        let drawn = shapes.iter().filter(|node| is(node, "textpath")).filter_map(|node| attribute(*node, "string"));
        self.losses.extend(drawn.map(|words| Loss::word_art(&format!("“{}”", shown(words)))));
        let pictures: Vec<String> = shapes
            .iter()
            .filter(|node| is(node, "blip") || is(node, "imagedata"))
            .map(|node| {
                let relation = |name| attribute(*node, name).filter(|id| !id.is_empty());
                ["embed", "id", "link"].into_iter().find_map(relation).unwrap_or_default().to_owned()
            })
            .collect();
        let properties = shapes.iter().find(|node| is(node, "docPr"));
        let property = |name| properties.and_then(|node| attribute(*node, name));
        let of_old_shape = || shapes.iter().filter(|node| is(node, "shape")).find_map(|node| attribute(*node, "alt"));
        let words = property("descr").or_else(|| property("title")).or_else(of_old_shape);
        let alt = words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let name = property("name").unwrap_or("a picture without a name");
        for id in pictures {
            if let Some(address) = self.links.get(&id).filter(|target| target.contains("://")) {
                self.losses.push(Loss::at_another_site(address.as_str()));
                let words = if alt.is_empty() { "Picture" } else { &alt };
                text.0.push(TextRun { text: words.to_owned(), link: Some(address.clone()), ..TextRun::default() });
                continue;
            }
            let Some(target) = self.links.get(&id) else {
                self.losses.push(Loss::picture_not_in_word(&shown(name)));
                continue;
            };
            if let Some(name) = self.picture(&self.package.sibling_path(target)) {
                text.0.push(TextRun {
                    text: format!("!{}", link_to(&name, &escaped(&alt))),
                    is_markdown: true,
                    ..TextRun::default()
                });
            }
        }
    }

    /// The name beside the case of a picture at this path in the document; none if it cannot be shown.
    fn picture(&mut self, path: &str) -> Option<String> {
        if let Some(known) = self.picture_names.get(path) {
            return Some(known.clone());
        }
        let file = FilePath::new(path);
        let mut lose = |loss: fn(&str) -> Loss| self.losses.push(loss(&shown(file.name())));
        match self.package.size(path) {
            None => lose(Loss::picture_not_in_word),
            Some(size) if size > LARGEST_PICTURE => lose(Loss::picture_too_large),
            Some(_) if !["png", "jpg", "jpeg", "gif", "webp"].contains(&file.extension().as_str()) => {
                lose(Loss::picture_not_for_browsers);
            }
            Some(_) => {
                let is_free = |name: &str| self.taken_names.insert(name.to_owned());
                let name = self.free_names.first(&file_name(&file), is_free);
                self.picture_names.insert(path.to_owned(), name.clone());
                self.pictures.push(EmbeddedPicture { name: name.clone(), path: path.to_owned() });
                return Some(name);
            }
        }
        None
    }
}
