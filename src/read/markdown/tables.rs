//! Tables of the Markdown. A column's alignment is a class, since the published policy allows no `style` attribute.

use pulldown_cmark::Alignment;

use super::output::HtmlOutput;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// The positions in the HTML where the cell and its text begin.
    cell: (usize, usize),
}

impl Table {
    pub(super) fn start(&mut self, alignments: Vec<Alignment>, output: &mut HtmlOutput) {
        output.open_leaf("<div class=\"table\" tabindex=\"0\"><table>\n", "</tbody>\n</table></div>\n");
        self.alignments = alignments;
    }

    pub(super) fn start_head(&mut self, output: &mut HtmlOutput) {
        output.html.open("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n");
        self.is_head = true;
        self.column = 0;
    }

    pub(super) fn start_row(&mut self, output: &mut HtmlOutput) {
        output.html.open("<tr>", "</tr>\n");
        self.is_head = false;
        self.column = 0;
    }

    pub(super) fn start_cell(&mut self, output: &mut HtmlOutput) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let (start, end) = if self.is_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        let html = &mut output.html;
        let at = html.len();
        html.open(start, end);
        html.push_str(class);
        html.push_str(">");
        self.column += 1;
        self.cell = (at, html.len());
    }

    pub(super) fn end_cell(&mut self, output: &mut HtmlOutput) {
        output.end_word();
        let (at, words_at) = self.cell;
        let is_empty = output.is_empty_since(words_at);
        let html = &mut output.html;
        // An empty corner is not a heading.
        let is_corner = self.is_head && is_empty && html.take_back(at);
        if is_corner { html.push_str("<td></td>") } else { html.close() }
    }
}
