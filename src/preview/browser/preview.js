// Updates the page after each save without a reload. The differences between the page as it was served before and as it is
// served now are applied to the document, and nothing else is changed: scroll, focus, an open <details> and changes by the
// theme's own scripts stay. Runs at the end of the body, before any deferred script. The code of the bar is in bar.js, which
// listens to events of the document.

(() => {
  "use strict";

  const own = document.currentScript;
  const near = (name) => new URL(name, own.src).href;
  const overlay = () => document.getElementById("casebook-preview");

  let served = document.documentElement.cloneNode(true);
  let at = overlay().dataset.at;
  let updates = Promise.resolve();

  const hear = (data) => {
    document.dispatchEvent(new CustomEvent("casebook:heard", { detail: data !== null }));
    if (data === null) return;
    const news = JSON.parse(data);
    updates = updates.then(() => (news.at === at ? null : update(news))).catch(() => {});
  };

  if (window.SharedWorker) {
    new SharedWorker(near("worker.js")).port.onmessage = (event) => hear(event.data);
  } else {
    const listen = () => {
      const source = new EventSource(near("events"));
      source.onmessage = (event) => hear(event.data);
      source.onerror = () => {
        hear(null);
        if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
      };
    };
    listen();
  }
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  async function update(news) {
    const response = await fetch(location.href, { cache: "no-store" });
    const isPage = (response.headers.get("content-type") || "").startsWith("text/html");
    if (response.redirected || !isPage) return location.replace(response.url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.documentElement;
    const asks = (root) => [...root.querySelectorAll("script[src], meta[http-equiv=refresh]")].map((of) => of.outerHTML).join();
    if (asks(served) !== asks(next)) return location.reload();
    document.dispatchEvent(new CustomEvent("casebook:changing"));
    const before = served;
    served = next;
    document.title = page.title;
    attributes(document.documentElement, before, next);
    styles(before.querySelector("head"), next.querySelector("head"));
    children(document.body, before.querySelector("body"), next.querySelector("body"));
    pictures(news);
    at = overlay().dataset.at;
    document.dispatchEvent(new CustomEvent("casebook:shown", { detail: news }));
  }

  // Style sheets: the new one is loaded before the old one is removed, so the page is never without styles.
  function styles(before, next) {
    const sheets = (head) => [...head.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href"));
    const [old, now] = [sheets(before), sheets(next)];
    const gone = old.filter((href) => !now.includes(href));
    const drop = () => gone.forEach((href) => document.head.querySelector(`link[href="${CSS.escape(href)}"]`)?.remove());
    const added = now.filter((href) => !old.includes(href)).map((href) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      return new Promise((loaded) => {
        link.onload = link.onerror = loaded;
        document.head.append(link);
      });
    });
    Promise.all(added).then(drop);
  }

  // A picture that was replaced keeps its address, so a query makes the browser fetch it again.
  function pictures(news) {
    for (const picture of document.querySelectorAll("img[src], source[src], video[src], audio[src]")) {
      const { pathname } = new URL(picture.src);
      if (news.files.includes(pathname)) picture.src = `${pathname}?${news.at}`;
    }
  }

  function attributes(live, before, next) {
    for (const { name } of [...before.attributes, ...next.attributes]) {
      const value = next.getAttribute(name);
      if (before.getAttribute(name) === value) continue;
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
    }
  }

  function revise(live, before, next) {
    if (next.nodeType !== Node.ELEMENT_NODE) {
      live.data = next.data;
      return;
    }
    attributes(live, before, next);
    children(live, before, next);
  }

  // Applies to the children of `live` the differences between the children that were served before and those served now.
  function children(live, before, next) {
    const [olds, nexts] = [[...before.childNodes], [...next.childNodes]];
    const lives = counterparts(live, olds);
    const partner = partners(olds, nexts);
    const kept = new Set(partner);
    olds.forEach((_, n) => kept.has(n) || lives[n]?.remove());
    let after = null;
    for (let n = nexts.length - 1; n >= 0; n -= 1) {
      const old = partner[n];
      const there = old === undefined ? null : lives[old];
      if (there === null) {
        const node = document.importNode(nexts[n], true);
        live.insertBefore(node, after);
        after = node;
      } else {
        if (!olds[old].isEqualNode(nexts[n])) revise(there, olds[old], nexts[n]);
        after = there;
      }
    }
  }

  // For each node that was served, its counterpart in the document. Nodes that scripts inserted are skipped.
  function counterparts(live, olds) {
    let from = live.firstChild;
    return olds.map((old) => {
      for (let node = from; node; node = node.nextSibling) {
        if (node.nodeName === old.nodeName && node.id === old.id) {
          from = node.nextSibling;
          return node;
        }
      }
      return null;
    });
  }

  // For each new node, the index of the old node that it updates, if any; ascending. Equal nodes are matched by their longest
  // common subsequence, and the nodes between them by name and id.
  function partners(olds, nexts) {
    const key = (node) => node.outerHTML ?? `${node.nodeName} ${node.data}`;
    const [a, b] = [olds.map(key), nexts.map(key)];
    const partner = new Array(nexts.length).fill(undefined);
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) partner[start] = start++;
    let [endA, endB] = [a.length, b.length];
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) partner[--endB] = --endA;
    for (const [n, m] of common(a.slice(start, endA), b.slice(start, endB))) partner[start + m] = start + n;
    let used = start;
    for (let m = start; m < endB; m += 1) {
      if (partner[m] !== undefined) {
        used = partner[m] + 1;
        continue;
      }
      const limit = partner.slice(m, endB).find((at) => at !== undefined) ?? endA;
      for (let n = used; n < limit; n += 1) {
        if (olds[n].nodeName === nexts[m].nodeName && olds[n].id === nexts[m].id) {
          partner[m] = n;
          used = n + 1;
          break;
        }
      }
    }
    return partner;
  }

  // The index pairs of a longest common subsequence of two lists of texts.
  function common(a, b) {
    if (a.length * b.length > 1000000) return [];
    const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let n = a.length - 1; n >= 0; n -= 1) {
      for (let m = b.length - 1; m >= 0; m -= 1) {
        lengths[n][m] = a[n] === b[m] ? lengths[n + 1][m + 1] + 1 : Math.max(lengths[n + 1][m], lengths[n][m + 1]);
      }
    }
    const pairs = [];
    for (let n = 0, m = 0; n < a.length && m < b.length; ) {
      if (a[n] === b[m]) pairs.push([n++, m++]);
      else if (lengths[n + 1][m] >= lengths[n][m + 1]) n += 1;
      else m += 1;
    }
    return pairs;
  }
})();
