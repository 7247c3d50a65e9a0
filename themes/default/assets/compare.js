// Sets cases side by side, in the words of their own pages. The address holds the choice.
const at = (id) => document.getElementById("cb-" + id);
const words = at("compare").dataset;
const chosen = [...new Set(new URLSearchParams(location.search).getAll("case"))].slice(0, 4);

function make(tag, having, ...inner) {
  const made = Object.assign(document.createElement(tag), having);
  made.append(...inner);
  return made;
}

async function read(slug) {
  const url = `${words.cases}${encodeURIComponent(slug)}/`;
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const all = (css) => [...page.querySelectorAll(css)];
  const [article] = all(".cb-case");
  if (!article) return;
  for (const link of all("[href^='#']")) link.href = url + link.hash;
  const parts = new Map([[words.summary, all(".cb-lede")]]);
  for (const {
    dataset,
    children: [label, ...values],
  } of all(".cb-facts dl > div"))
    parts.set(
      dataset.fact ?? label.textContent,
      values.map(({ className, childNodes }) => make("p", { className }, ...childNodes)),
    );
  for (let next of all(".cb-text h2")) {
    const part = [];
    parts.set(next.textContent, part);
    while ((next = next.nextElementSibling) && next.tagName !== "H2") part.push(next);
  }
  for (const one of all("[id]")) one.removeAttribute("id");
  return { slug, url, parts, title: all("h1")[0].textContent, lang: article.lang, related: all(".cb-related h3 a") };
}

const found = await Promise.all(chosen.map(read));
const cases = found.filter(Boolean);
const row = (cells) => make("tr", {}, ...cells);
const without = (slug) => "?" + new URLSearchParams(chosen.filter((one) => one !== slug).map((one) => ["case", one]));
const head = ({ slug, url, lang, title }) =>
  make(
    "th",
    { scope: "col" },
    make("a", { href: url, lang }, title),
    make("a", { href: without(slug), className: "cb-remove", ariaLabel: `${words.remove}: ${title}` }, words.remove),
  );
const part = (label) =>
  make(
    "tbody",
    {},
    row([make("th", { scope: "rowgroup", colSpan: cases.length }, label)]),
    row(
      cases.map(({ parts, lang, title }) =>
        make("td", { lang, className: "cb-prose" }, make("p", { className: "cb-of" }, title), ...(parts.get(label) ?? [words.nothing])),
      ),
    ),
  );
const labels = new Set(cases.flatMap(({ parts }) => [...parts.keys()]));
at("table").append(make("thead", {}, row(cases.map(head))), ...[...labels].map(part));
at("compare").hidden = !cases[0];
at("status").textContent = chosen.map((slug, n) => (found[n] ? "" : words.missing.replace("{case}", slug))).join(" ");
at("choose").hidden = chosen.length > 3;
at("choose").prepend(...chosen.map((value) => make("input", { type: "hidden", name: "case", value })));
const others = (cases[0]?.related ?? []).filter(({ pathname }) => cases.every(({ url }) => url !== pathname));
at("add").hidden = !others[0];
at("others").append(
  ...others.map(({ pathname, text }) => make("li", {}, make("a", { href: location.search + "&case=" + pathname.split("/").at(-2) }, text))),
);
