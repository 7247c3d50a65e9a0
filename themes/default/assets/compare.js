// Sets cases side by side, in the words of their own pages. The address holds the choice.
const [place, status, form, add] = ["compare", "status", "choose", "add"].map((id) => document.getElementById("cb-" + id));
const words = place.dataset;
const chosen = [...new Set(new URLSearchParams(location.search).getAll("case"))].filter(Boolean).slice(0, 4);
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
  for (const link of all("[href^='#']")) link.href = url + link.hash;
  const parts = new Map([[words.summary, all(".cb-lede")]]);
  for (const { dataset, children: [label, ...values] } of all(".cb-facts dl > div"))
    parts.set(dataset.fact ?? label.textContent, values.map(({ className, childNodes }) => make("p", { className }, ...childNodes)));
  for (let heading of all("h2:not(.cb-facts *)")) {
    const part = [];
    parts.set(heading.textContent, part);
    while ((heading = heading.nextElementSibling) && heading.tagName !== "H2") part.push(heading);
  }
  for (const named of all("[id]")) named.removeAttribute("id");
  return { slug, url, parts, lang: article.lang, title: page.querySelector("h1").textContent, others: page.querySelectorAll(".cb-related h3 a") };
}

const found = await Promise.all(chosen.map(read));
const cases = found.filter(Boolean);
const row = (cells) => make("tr", {}, ...cells);
const head = ({ slug, url, lang, title }) => make("th", { scope: "col" }, make("a", { href: url, lang }, title),
  make("a", { href: address(chosen.filter((other) => other !== slug)), className: "cb-remove", ariaLabel: words.remove + ": " + title }, words.remove));
const part = (label) => make("tbody", {},
  row([make("th", { scope: "rowgroup", colSpan: cases.length }, label)]),
  row(cases.map(({ parts, lang }) => make("td", { lang }, ...(parts.get(label) ?? [words.nothing])))));
const labels = new Set(cases.flatMap(({ parts }) => [...parts.keys()]));
if (cases[0]) place.append(make("table", { className: "cb-comparison" }, make("thead", {}, row(cases.map(head))), ...[...labels].map(part)));
place.hidden = !cases[0];
status.textContent = chosen.filter((_, n) => !found[n]).map((slug) => words.missing.replace("{case}", slug)).join(" ");
form.hidden = chosen.length > 3;
form.prepend(...chosen.map((value) => make("input", { type: "hidden", name: "case", value })));
const others = new Map(cases.flatMap((one) => [...one.others]).map((link) => [decodeURIComponent(link.pathname.split("/").at(-2)), link.textContent]));
for (const slug of chosen) others.delete(slug);
add.hidden = !others.size;
add.lastElementChild.append(...[...others].slice(0, 6).map(([slug, title]) => make("li", {}, make("a", { href: address([...chosen, slug]) }, title))));
