// Sets cases side by side. The choice is in the address; the words are those of the cases' own pages.
const [place, status, form, add] = ["compare", "status", "choose", "add"].map((id) => document.getElementById("cb-" + id));
const words = place.dataset;
const asked = new URLSearchParams(location.search).getAll("case").filter(Boolean);
const chosen = [...new Set(asked)].slice(0, 4);
const address = (slugs) => "?" + new URLSearchParams(slugs.map((slug) => ["case", slug]));

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

async function read(slug) {
  const url = words.cases + encodeURIComponent(slug) + "/";
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
  const article = page.querySelector(".cb-case");
  if (!article) return;
  const all = (pattern) => [...article.querySelectorAll(pattern)];
  all("[href^='#']").forEach((link) => (link.href = url + link.getAttribute("href")));
  const parts = new Map([[words.summary, all(".cb-lede")]]);
  for (const { dataset, children: [label, ...values] } of all(".cb-facts dl > div")) {
    const text = dataset.fact ?? label.textContent;
    parts.set(text, values.map((value) => make("p", { className: value.className }, ...value.childNodes)));
  }
  for (const heading of all(".cb-prose > h2, .cb-text > section > h2")) {
    const part = [];
    for (let next = heading; (next = next.nextElementSibling) && next.tagName !== "H2"; ) part.push(next);
    parts.set(heading.textContent, part);
  }
  all("[id]").forEach((named) => named.removeAttribute("id"));
  return { slug, url, parts, lang: article.lang, title: page.querySelector("h1").textContent, page };
}

function table(cases) {
  const head = ({ slug, url, lang, title }) => make("th", { scope: "col" },
    make("a", { href: url, lang }, title), make("br"),
    make("a", { href: address(chosen.filter((other) => other !== slug)), className: "cb-remove", ariaLabel: `${words.remove}: ${title}` }, words.remove));
  const cell = ({ parts, lang }, label) => make("td", { lang }, ...(parts.get(label) ?? [words.nothing]));
  const row = (label) => make("tbody", {},
    make("tr", {}, make("th", { scope: "rowgroup", colSpan: cases.length }, label)),
    make("tr", {}, ...cases.map((one) => cell(one, label))));
  const labels = new Set(cases.flatMap(({ parts }) => [...parts.keys()]));
  return make("table", { className: "cb-comparison" }, make("thead", {}, make("tr", {}, ...cases.map(head))), ...[...labels].map(row));
}

form.hidden = chosen.length > 3;
form.prepend(...chosen.map((value) => make("input", { type: "hidden", name: "case", value })));
const found = await Promise.all(chosen.map(read));
const cases = found.filter(Boolean);
status.textContent = chosen.filter((_, n) => !found[n]).map((slug) => words.missing.replace("{case}", slug)).join(" ");
place.hidden = !cases.length;
if (cases.length) place.append(table(cases));
const related = cases.flatMap(({ page }) => [...page.querySelectorAll(".cb-related h3 a")]);
const others = new Map(related.map((link) => [decodeURIComponent(link.pathname.split("/").at(-2)), link.textContent]));
chosen.forEach((slug) => others.delete(slug));
add.hidden = !others.size;
add.lastElementChild.append(...[...others].slice(0, 6).map(([slug, title]) => make("li", {}, make("a", { href: address([...chosen, slug]) }, title))));
