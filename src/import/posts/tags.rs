//! Template tags of Jekyll, Hugo, Zola and WordPress → Markdown.
//!
//! A tag with an equivalent in Markdown is converted: figures, videos, highlighted code, references to other posts. Any
//! other tag stays in the text and is reported, except in code, where it may be an example.

mod arguments;
mod replace;

use std::collections::HashSet;

pub(super) use replace::comment;

use super::{super::Loss, code, marks::MarkFinder, one_line};
use crate::import::ImportKind;

/// A template tag in a text.
#[derive(Debug, PartialEq, Eq)]
struct TemplateTag<'a> {
    /// Its opening mark: `{%`, `{{<`, `{{%`, `{{`, `[`.
    opening: &'static str,
    /// The text between its marks.
    inside: &'a str,
    /// Its bytes.
    start: usize,
    end: usize,
}

/// The replacement of a tag.
enum Replaced {
    /// Markdown, up to this byte of the text.
    By(String, usize),
    /// Unknown: the tag stays.
    Unknown,
}

/// Converts every known tag to Markdown. `base_path` is the path of the source's site.
pub(super) fn to_markdown(text: &str, kind: ImportKind, base_path: &str, losses: &mut Vec<Loss>) -> String {
    if !["{{", "{%", "[caption", "[embed", "[gallery", "{:"].iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    let code = code::code(text);
    let mut markdown = String::with_capacity(text.len());
    let mut tags = TagFinder::new(text);
    let mut at = 0;
    while let Some(tag) = tags.next(at) {
        markdown.push_str(&text[at..tag.start]);
        let is_code = code::is_in(&code, tag.start);
        at = match replace::replaced(&tag, &mut tags, kind, base_path, is_code) {
            Replaced::By(replacement, end) => {
                markdown.push_str(&replacement);
                end
            }
            Replaced::Unknown => {
                if !is_code {
                    losses.push(Loss::template_tag(&one_line(&text[tag.start..tag.end])));
                }
                markdown.push_str(&text[tag.start..tag.end]);
                tag.end
            }
        };
    }
    markdown.push_str(&text[at..]);
    markdown
}

/// The opening and closing marks of tags. Longer marks come first.
const MARKS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];

/// The tags of WordPress, which are in square brackets.
const SQUARE: [&str; 3] = ["[caption", "[embed", "[gallery"];

/// Finds the tags of a text.
struct TagFinder<'a> {
    text: &'a str,
    marks: MarkFinder<'a>,
    /// The opening marks and names of tags that have no closing tag up to the end of the text.
    unclosed: HashSet<(&'static str, String)>,
}

impl<'a> TagFinder<'a> {
    fn new(text: &'a str) -> TagFinder<'a> {
        TagFinder { text, marks: MarkFinder::new(text), unclosed: HashSet::new() }
    }

    /// The next tag at or after a byte.
    fn next(&mut self, from: usize) -> Option<TemplateTag<'a>> {
        let text = self.text;
        let mut at = from;
        loop {
            let start = at + text[at..].find(['{', '['])?;
            let rest = &text[start..];
            let tag = |opening: &'static str, inside: usize, closing: usize, end: usize| {
                Some(TemplateTag { opening, inside: &text[inside..closing], start, end })
            };
            let curly = MARKS.iter().find(|(opening, _)| rest.starts_with(opening));
            if let Some(&(opening, closing)) = curly
                && let Some(closed) = self.marks.next(closing, start + opening.len())
            {
                let inside = &text[start + opening.len()..closed];
                let inside = if matches!(opening, "{%" | "{{") { without_trim_marks(inside) } else { inside };
                return Some(TemplateTag { opening, inside, start, end: closed + closing.len() });
            }
            if SQUARE.iter().any(|name| rest.starts_with(name))
                && let Some(closed) = self.marks.next("]", start)
            {
                return tag("[", start + 1, closed, closed + 1);
            }
            if rest.starts_with("{:")
                && let Some(closed) = self.marks.next("}", start)
                && self.marks.next("\n", start).is_none_or(|line_end| closed < line_end)
            {
                return tag("{:", start + 2, closed, closed + 1);
            }
            at = start + 1;
        }
    }

    /// The text between a tag and its closing tag, and the end of that.
    fn until_end(&mut self, tag: &TemplateTag<'_>, name: &str) -> Option<(&'a str, usize)> {
        let key = (tag.opening, name.to_owned());
        if self.unclosed.contains(&key) {
            return None;
        }
        let closing = self.closing_tag(tag, name);
        if closing.is_none() {
            self.unclosed.insert(key);
        }
        closing.map(|closing| (&self.text[tag.end..closing.start], closing.end))
    }

    fn closing_tag(&mut self, tag: &TemplateTag<'_>, name: &str) -> Option<TemplateTag<'a>> {
        let names = [format!("end{name}"), format!("/{name}"), "end".to_owned()];
        let mut at = tag.end;
        loop {
            let start = at + self.text[at..].find('{')?;
            let closing = self.next(start)?;
            let is_name = || names.contains(&closing.inside.trim().replace("/ ", "/"));
            if closing.opening == tag.opening && is_name() {
                return Some(closing);
            }
            at = closing.start + 1;
        }
    }
}

/// The inside of a tag without the hyphens at its marks, which take the blanks beside the tag away.
fn without_trim_marks(inside: &str) -> &str {
    let inside = inside.strip_prefix('-').unwrap_or(inside);
    inside.strip_suffix('-').unwrap_or(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ImportKind, text: &str, markdown: &str) {
        let mut losses = Vec::new();
        assert_eq!(to_markdown(text, kind, "/blog", &mut losses), markdown);
        assert_eq!(losses, [], "{text}");
    }

    #[track_caller]
    fn check_is_reported(kind: ImportKind, text: &str) {
        let mut losses = Vec::new();
        assert_eq!(to_markdown(text, kind, "", &mut losses), text);
        assert_eq!(losses.len(), 1, "{text}: {losses:?}");
    }

    #[test]
    fn tags_of_jekyll_become_markdown() {
        check(
            ImportKind::Jekyll,
            "{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n",
            "```ruby\nputs 1\n```\n",
        );
        check(ImportKind::Jekyll, "[x]({% post_url 2013-05-01-hello %})", "[x](/_posts/2013-05-01-hello.md)");
        check(ImportKind::Jekyll, "[x]({% link _cases/a.md %}#b)", "[x](/_cases/a.md#b)");
        check(ImportKind::Jekyll, "![a]({{ site.baseurl }}/a.png)", "![a](/blog/a.png)");
        check(ImportKind::Jekyll, "![a]({{ '/a.png' | relative_url }})", "![a](/blog/a.png)");
        check(ImportKind::Jekyll, "{% raw %}{{ x }}{% endraw %}", "{{ x }}");
        check(ImportKind::Jekyll, "a{% comment %}b -- c{% endcomment %}", "a<!-- b - - c -->");
        check(
            ImportKind::Jekyll,
            "{%- highlight md -%}\n```js\nx\n```\n{%- endhighlight -%}",
            "````md\n```js\nx\n```\n````",
        );
        for tag in ["{% youtube -bc-1- %}", "{%- youtube -bc-1- -%}"] {
            check(ImportKind::Jekyll, tag, "[Video on YouTube](https://www.youtube.com/watch?v=-bc-1-)");
        }
        check(
            ImportKind::Jekyll,
            "{% include figure.html src=\"/a.png\" alt=\"A b\" caption=\"C\" %}",
            "![A b](/a.png)\n\n*C*",
        );
        check(ImportKind::Jekyll, "Text\n{: .lead}\n", "Text\n\n");
        check_is_reported(ImportKind::Jekyll, "{% include newsletter.html %}");
        check_is_reported(ImportKind::Jekyll, "{{ page.title }}");
    }

    #[test]
    fn tags_of_hugo_become_markdown() {
        check(ImportKind::Hugo, "{{< figure src=\"a.png\" alt=\"A\" >}}", "![A](a.png)");
        check(
            ImportKind::Hugo,
            "{{< figure src=a.png caption=\"C *d*\" link=\"https://a.uk\" >}}",
            "[![](a.png)](https://a.uk)\n\n*C d*",
        );
        check(
            ImportKind::Hugo,
            "{{< figure src=a.png title=\"T\" caption=\"C!\" attr=\"Ann\" attrlink=\"https://a.uk\" >}}",
            "![](a.png)\n\n*T. C! [Ann](https://a.uk)*",
        );
        check(
            ImportKind::Hugo,
            "{{< gist ann 12ab main.rs >}}",
            "[Code on GitHub: main.rs](https://gist.github.com/ann/12ab#file-main-rs)",
        );
        check(
            ImportKind::Hugo,
            "{{< youtube id=\"w7F\" >}}",
            "[Video on YouTube](https://www.youtube.com/watch?v=w7F)",
        );
        check(ImportKind::Hugo, "{{< vimeo 123 >}}", "[Video on Vimeo](https://vimeo.com/123)");
        check(ImportKind::Hugo, "[x]({{< relref \"posts/a.md#b\" >}})", "[x](posts/a.md#b)");
        check(ImportKind::Hugo, "[x]({{% ref a %}})", "[x](a)");
        check(ImportKind::Hugo, "{{< highlight go \"linenos=true\" >}}\nx\n{{< /highlight >}}", "```go\nx\n```");
        check(ImportKind::Hugo, "{{</* figure */>}}", "{{< figure >}}");
        check(ImportKind::Hugo, "{{/* a note */}}b", "<!-- a note -->b");
        check_is_reported(ImportKind::Hugo, "{{< newsletter >}}");
        let mut losses = Vec::new();
        assert_eq!(to_markdown("`{{< x >}}`", ImportKind::Hugo, "", &mut losses), "`{{< x >}}`");
        assert_eq!(losses, []);
    }

    #[test]
    fn marks_of_markdown_in_the_arguments_of_a_tag_are_escaped() {
        check(
            ImportKind::Hugo,
            "{{< figure src=\"a <b>.png\" alt=\"a [b] *c* <d>\" link=\"https://a.uk/x (y)\" >}}",
            "[![a \\[b\\] \\*c\\* \\<d>](<a %3Cb%3E.png>)](<https://a.uk/x (y)>)",
        );
        check(ImportKind::Hugo, "{{< vimeo \"1 (2)\" >}}", "[Video on Vimeo](<https://vimeo.com/1 (2)>)");
    }

    #[test]
    fn tags_of_wordpress_and_zola_become_markdown() {
        check(
            ImportKind::Markdown,
            "[caption id=\"x\" width=\"300\"]<img src=\"a.png\" alt=\"A\" /> The town[/caption]",
            "<img src=\"a.png\" alt=\"A\" />\n\n*The town*",
        );
        check(ImportKind::Markdown, "[embed]https://a.uk/v[/embed]", "<https://a.uk/v>");
        check(
            ImportKind::Markdown,
            "{{ youtube(id=\"w7F\") }}",
            "[Video on YouTube](https://www.youtube.com/watch?v=w7F)",
        );
        check_is_reported(ImportKind::Markdown, "[gallery ids=\"1,2\"]");
    }

    #[test]
    fn an_incomplete_tag_is_text() {
        for text in
            ["{{", "{{<", "{{-}", "a {% b", "[caption", "{{< x", "{:", "{% highlight ruby %}\nx", "{{< highlight >}}"]
        {
            assert_eq!(to_markdown(text, ImportKind::Hugo, "", &mut Vec::new()), text);
        }
    }

    #[test]
    fn a_hundred_thousand_unclosed_tags_stay_as_they_are() {
        // Quadratic work would take minutes here.
        for opening in ["{{< a ", "{% a ", "{{", "{: ", "[gallery ", "[embed]", "{% raw %}", "{{< highlight >}}"] {
            let text = opening.repeat(100_000);
            assert_eq!(to_markdown(&text, ImportKind::Hugo, "", &mut Vec::new()), text);
        }
    }
}
