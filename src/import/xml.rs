//! Small queries on the XML of office programs. Namespaces are ignored, since Word has two for the same elements.

use roxmltree::Node;

/// Is it an element of this name?
pub(super) fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The first child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(child, name))
}

/// An attribute by its name.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|found| found.name() == name).map(|found| found.value())
}

/// The attribute `val`, which most of Word's elements have.
pub(super) fn val<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    attribute(node, "val")
}
