//! Tables of the Markdown. A column's alignment is a class, since the published policy allows no `style` attribute.

use pulldown_cmark::Alignment;

use super::writer::Writer;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// The positions in the HTML where the cell and its text begin.
    cell: (usize, usize),
}

impl Writer<'_> {
    pub(super) fn start_row(&mut self, start: &str, end: &'static str, is_head: bool) {
        self.nesting.open(&mut self.html, start, end);
        self.table.is_head = is_head;
        self.table.column = 0;
    }

    pub(super) fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let (start, end) = if self.table.is_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        let at = self.html.len();
        self.nesting.open(&mut self.html, start, end);
        self.html.push_str(class);
        self.html.push('>');
        self.table.column += 1;
        self.table.cell = (at, self.html.len());
    }

    pub(super) fn end_cell(&mut self) {
        self.words.end_word();
        let (at, words_at) = self.table.cell;
        // An empty corner is not a heading.
        let is_corner = self.table.is_head && self.html.len() == words_at && self.nesting.take_back(&mut self.html, at);
        if is_corner { self.html.push_str("<td></td>") } else { self.nesting.close(&mut self.html) }
    }
}
