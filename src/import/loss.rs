//! What an import could not carry over: the wording of each kind, one function for each.
//!
//! These are not messages about files of the library: they have no code and no place to correct. The report of an
//! import groups them by kind, so a kind is a heading for all of its contents.

/// Content that could not be imported, or that changed its form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// The kind of content, and what happened to it: one heading for all of its kind.
    pub kind: &'static str,
    /// The content itself.
    pub what: String,
}

impl Loss {
    fn new(kind: &'static str, what: &str) -> Loss {
        Loss { kind, what: what.to_owned() }
    }

    /// A picture that a page would fetch from another site.
    pub(super) fn at_another_site(what: &str) -> Loss {
        Loss::new("a picture of another site, which would be fetched from there; a link to it takes its place", what)
    }

    /// A picture that the source does not have.
    pub(super) fn missing_picture(what: &str) -> Loss {
        Loss::new("a picture that is not in the source; its words and its address stay in the text", what)
    }

    /// A link to something that was not imported.
    pub(super) fn missing_target(what: &str) -> Loss {
        Loss::new("a link that leads to nothing that was imported; its words and its address stay in the text", what)
    }

    /// A tag of a template of another generator.
    pub(super) fn template_tag(what: &str) -> Loss {
        Loss::new("a template tag that Markdown cannot express; it stays in the text", what)
    }

    /// A statement of MDX.
    pub(super) fn program_code(what: &str) -> Loss {
        Loss::new("a statement of program code; it was left out", what)
    }

    /// A component of MDX.
    pub(super) fn component(what: &str) -> Loss {
        Loss::new("a component that Markdown cannot express; it stays in the text", what)
    }

    /// A note of Obsidian within another.
    pub(super) fn embedded_note(what: &str) -> Loss {
        Loss::new("a note shown inside another; a link to it takes its place", what)
    }

    /// A post in HTML.
    pub(super) fn post_in_html(what: &str) -> Loss {
        Loss::new("a post in HTML; its words stay HTML within the case", what)
    }

    /// A file in another markup language.
    pub(super) fn other_markup(what: &str) -> Loss {
        Loss::new("not Markdown; make Markdown of it with pandoc and import it again", what)
    }

    /// A file of Jekyll that is no post.
    pub(super) fn not_in_collection(what: &str) -> Loss {
        Loss::new("not a post, a draft or of a collection; to import it, name its folder", what)
    }

    /// A file of Hugo outside its content.
    pub(super) fn not_in_content(what: &str) -> Loss {
        Loss::new("not below content/; to import it, name its folder", what)
    }

    /// The page of a list of posts.
    pub(super) fn page_of_list(what: &str) -> Loss {
        Loss::new("the page of a list, not of a case", what)
    }

    /// A file such as a readme.
    pub(super) fn note_on_folder(what: &str) -> Loss {
        Loss::new("a note on the folder itself; to import it, name the file", what)
    }

    /// A part of a Word document besides its text.
    pub(super) fn part_of_word(what: &str) -> Loss {
        Loss::new("a part of a Word document that Markdown cannot express; it was left out", what)
    }

    /// Content of a Word document that is nested too deeply.
    pub(super) fn nested_too_deeply(what: &str) -> Loss {
        Loss::new(
            "content inside too many tables, text boxes or controls; it was left out, so move it out of them in Word",
            what,
        )
    }

    /// Text that is hidden in a Word document.
    pub(super) fn hidden_in_word(what: &str) -> Loss {
        Loss::new("text that is hidden in Word; it was left out, so show it there if it belongs to the case", what)
    }

    /// Words of a Word document below the name of a field, where the template has its hint.
    pub(super) fn below_name_of_field(what: &str) -> Loss {
        Loss::new("words below the name of a field; they were left out, so write them into the cell beside it", what)
    }

    /// A question of a Word document with two answers.
    pub(super) fn question_twice(what: &str) -> Loss {
        Loss::new("a question that is there twice; its second answer is kept under a name with a number", what)
    }

    /// A remark between two marks of `%%`.
    pub(super) fn hidden_remark(what: &str) -> Loss {
        Loss::new("a remark between %%; it is hidden from readers, in <!-- and -->", what)
    }

    /// A Word document without a title, which may hold several cases.
    pub(super) fn several_top_headings(what: &str) -> Loss {
        Loss::new(
            "a document with several headings of level 1 and no title; it became one case, so if each of them begins a \
             case, put each into a document of its own",
            what,
        )
    }

    /// A part of a workbook that says more of its cells than their values.
    pub(super) fn unread_part_of_workbook(what: &str) -> Loss {
        Loss::new(
            "a part of a workbook that cannot be read; look in the workbook for hidden rows, comments and links that \
             should be known",
            what,
        )
    }

    /// A picture, a note or a link where a case has plain text.
    pub(super) fn not_plain_text(what: &str) -> Loss {
        Loss::new("something in a title or an answer, which are plain text; it was left out", what)
    }

    /// Words that Word shows as a drawing.
    pub(super) fn word_art(what: &str) -> Loss {
        Loss::new(
            "words drawn by Word (WordArt, watermarks); they were left out, so check whether the case may be published",
            what,
        )
    }

    /// The words above and below the text of a Word document.
    pub(super) fn header_or_footer(what: &str) -> Loss {
        Loss::new("a header or footer of Word; it was left out, so check whether the case may be published", what)
    }

    /// An author whom only the properties of a Word document name.
    pub(super) fn author_of_properties(what: &str) -> Loss {
        Loss::new(
            "an author from the properties of a Word document, where Word writes the name of its user; check that it is right",
            what,
        )
    }

    /// A construct in the text of a Word document.
    pub(super) fn element_of_word(what: &str) -> Loss {
        Loss::new("something of Word's that Markdown cannot express", what)
    }

    /// A symbol of a Word document.
    pub(super) fn symbol_of_word(what: &str) -> Loss {
        Loss::new("a symbol of Word's for which no character is known; it was left out", what)
    }

    /// A picture that a Word document does not contain.
    pub(super) fn picture_not_in_word(what: &str) -> Loss {
        Loss::new("a picture that is not in the Word document", what)
    }

    /// A picture of a Word document that is too large.
    pub(super) fn picture_too_large(what: &str) -> Loss {
        Loss::new("a picture of more than 25 megabytes; make it smaller in Word and put it beside the case", what)
    }

    /// A picture of a Word document in another form.
    pub(super) fn picture_not_for_browsers(what: &str) -> Loss {
        Loss::new("a picture in a form that browsers do not show; save it as PNG and put it beside the case", what)
    }

    /// A table whose head has no column for the title.
    pub(super) fn head_without_title(what: &str) -> Loss {
        Loss::new(
            "a table without a column named title; this row was taken for the names of its columns; if another row has them, \
             delete the rows above it and import again",
            what,
        )
    }

    /// A caption of a table, or the names of groups of its columns.
    pub(super) fn above_names(what: &str) -> Loss {
        Loss::new("a row above the names of the columns; it was left out", what)
    }

    /// A column with the name of an earlier one.
    pub(super) fn column_twice(what: &str) -> Loss {
        Loss::new("a column whose name another has; it was given a number", what)
    }

    /// A row that nobody sees in its workbook.
    pub(super) fn hidden_row(what: &str) -> Loss {
        Loss::new("a case from a hidden row or a hidden sheet; delete it if nobody should read it", what)
    }

    /// A column that nobody sees in its workbook.
    pub(super) fn hidden_column(what: &str) -> Loss {
        Loss::new("a hidden column; it was imported, so check whether it may be published", what)
    }

    /// Rows of a column that was filled to its end.
    pub(super) fn rows_of_copies(what: &str) -> Loss {
        Loss::new("rows without a title that only repeat cells of the row above; they were left out", what)
    }

    /// A cell with an error in place of a value.
    pub(super) fn error_in_cell(what: &str) -> Loss {
        Loss::new("a formula with an error in place of a value; its cell was left out", what)
    }

    /// A formula of which a workbook does not have the value, since a program wrote it that does not calculate.
    pub(super) fn formula_without_value(what: &str) -> Loss {
        Loss::new(
            "a formula without a stored value; its cell was left out, so open the workbook in Excel or LibreOffice, save \
             it and import it again",
            what,
        )
    }

    /// A name of a field that YAML cannot have as a key.
    pub(super) fn long_key(what: &str) -> Loss {
        Loss::new("a name of a field that is too long for a key; only its start is kept", what)
    }

    /// A value of which only a part fits its key.
    pub(super) fn cut_value(what: &str) -> Loss {
        Loss::new("a value that did not fit whole; all of it is kept in extra", what)
    }

    /// A value of another kind than its key has.
    pub(super) fn unfit_value(what: &str) -> Loss {
        Loss::new("a value that its key cannot have; it is kept in extra", what)
    }

    /// A status in unknown words.
    pub(super) fn unknown_status(what: &str) -> Loss {
        Loss::new("a status that is not understood; its case is a draft, and the status is kept in extra", what)
    }

    /// A setting for when a page is shown, or whether it is.
    pub(super) fn held_back(what: &str) -> Loss {
        Loss::new("a setting by which its site does not show a page; its case is a draft", what)
    }

    /// A case that was to be published, and cannot be.
    pub(super) fn incomplete(what: &str) -> Loss {
        Loss::new("a case without something that must be there before publication; it is a draft", what)
    }

    /// A day of publication in the future, besides an earlier date.
    pub(super) fn later_day(what: &str) -> Loss {
        Loss::new("a day of publication that has not come yet; it is the date of its case", what)
    }

    /// A field whose name another value has in `extra`.
    pub(super) fn name_in_extra(what: &str) -> Loss {
        Loss::new("a name that another value has in extra; it was given a number", what)
    }

    /// A text in place of the date of a case.
    pub(super) fn unreadable_date(what: &str) -> Loss {
        Loss::new(
            "a date that cannot be read as a day; it is kept in extra, and the case has the day of the import",
            what,
        )
    }

    /// A date of which the day may be the month.
    pub(super) fn unclear_date(what: &str) -> Loss {
        Loss::new("a date that may have its month first; it was read with the day first", what)
    }

    /// A comment on a cell of a workbook.
    pub(super) fn comment_on_cell(what: &str) -> Loss {
        Loss::new("a comment on a cell; it was left out", what)
    }

    /// A byte that is not UTF-8 in a table that is.
    pub(super) fn other_encoding(what: &str) -> Loss {
        Loss::new("a letter in another encoding than the rest of its table; it was read as text of Windows", what)
    }

    /// An entry of front matter whose key occurs again.
    pub(super) fn key_twice(what: &str) -> Loss {
        Loss::new("a key that occurs twice in front matter; its last value was taken, and this one left out", what)
    }

    /// A value whose key has another already.
    pub(super) fn second_value(what: &str) -> Loss {
        Loss::new("a value for which its key has no room beside another value; it is kept in extra", what)
    }

    /// A second term of a vocabulary that allows one.
    pub(super) fn second_term(what: &str) -> Loss {
        Loss::new("a second term where a case carries one; it is kept in extra", what)
    }

    /// An old address that cannot lead to the case.
    pub(super) fn old_address(what: &str) -> Loss {
        Loss::new("an old address that another page has, or that cannot be one; it is kept in extra", what)
    }

    /// The start of a text that could be read as front matter.
    pub(super) fn text_like_front_matter(what: &str) -> Loss {
        Loss::new("text that looks like front matter; a comment above it keeps the two apart", what)
    }

    /// A main picture without alternative text.
    pub(super) fn main_picture_without_alternative_text(what: &str) -> Loss {
        Loss::new("a main picture without alternative text; its file was copied, and it is kept in extra", what)
    }

    /// A main picture that the source does not have.
    pub(super) fn missing_main_picture(what: &str) -> Loss {
        Loss::new("a main picture that is not in the source; it is kept in extra", what)
    }
}
