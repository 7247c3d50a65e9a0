// Updates the page after each save without a reload. The differences between the page as it was served before and as it
// is served now are applied to the document, and nothing else is changed: scroll, focus, an open <details> and changes
// by the theme's own scripts stay. Runs at the end of the body, before any deferred script. The code of the bar is in
// bar.js, which listens to events of the document.

(() => {
  "use strict";

  /**
   * @typedef {{ at: string, edited: { title: string, href: string }[], files: string[] }} News What a save has changed.
   */

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const near = (/** @type {string} */ name) => new URL(name, own.src).href;
  const overlay = () => /** @type {HTMLElement} */ (document.getElementById("casebook-preview"));

  let served = /** @type {Element} */ (document.documentElement.cloneNode(true));
  let at = overlay().dataset.at;
  let updates = Promise.resolve();

  const hear = (/** @type {string | null} */ data) => {
    document.dispatchEvent(new CustomEvent("casebook:heard", { detail: data !== null }));
    if (data === null) return;
    const news = JSON.parse(data);
    updates = updates.then(() => (news.at === at ? undefined : update(news))).catch(() => {});
  };

  const listen = () => {
    const source = new EventSource(near("events"));
    source.onmessage = (event) => hear(event.data);
    source.onerror = () => {
      hear(null);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  if (window.SharedWorker) {
    const worker = new SharedWorker(near("worker.js"));
    worker.port.onmessage = (event) => hear(event.data);
    // Its script could not be loaded, for example because the preview stopped at that moment.
    worker.onerror = listen;
  } else {
    listen();
  }
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  /** @param {News} news @returns {Promise<void>} */
  async function update(news) {
    const response = await fetch(location.href, { cache: "no-store" });
    const isPage = (response.headers.get("content-type") || "").startsWith("text/html");
    if (response.redirected || !isPage) return location.replace(response.url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.documentElement;
    const asks = (/** @type {Element} */ root) =>
      [...root.querySelectorAll("script[src], meta[http-equiv=refresh]")].map((of) => of.outerHTML).join();
    if (asks(served) !== asks(next)) return location.reload();
    document.dispatchEvent(new CustomEvent("casebook:changing"));
    const before = served;
    served = next;
    document.title = page.title;
    attributes(document.documentElement, before, next);
    const part = (/** @type {Element} */ root, /** @type {"head" | "body"} */ name) => /** @type {Element} */ (root.querySelector(name));
    styles(part(before, "head"), part(next, "head"));
    children(document.body, part(before, "body"), part(next, "body"));
    pictures(news);
    at = overlay().dataset.at;
    document.dispatchEvent(new CustomEvent("casebook:shown", { detail: news }));
  }

  /**
   * Style sheets: the new one is loaded before the old one is removed, so the page is never without styles.
   *
   * @param {Element} before
   * @param {Element} next
   */
  function styles(before, next) {
    const sheets = (/** @type {Element} */ head) =>
      [...head.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href") ?? "");
    const [old, now] = [sheets(before), sheets(next)];
    const gone = old.filter((href) => !now.includes(href));
    const drop = () => gone.forEach((href) => document.head.querySelector(`link[href="${CSS.escape(href)}"]`)?.remove());
    const added = now
      .filter((href) => !old.includes(href))
      .map((href) => {
        const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
        return new Promise((loaded) => {
          link.onload = link.onerror = loaded;
          document.head.append(link);
        });
      });
    Promise.all(added).then(drop);
  }

  /** A picture that was replaced keeps its address, so a query makes the browser fetch it again. @param {News} news */
  function pictures(news) {
    const selector = /** @type {"img"} */ ("img[src], source[src], video[src], audio[src]");
    for (const picture of document.querySelectorAll(selector)) {
      const { pathname } = new URL(picture.src);
      if (news.files.includes(pathname)) picture.src = `${pathname}?${news.at}`;
    }
  }

  /** @param {Element} live @param {Element} before @param {Element} next */
  function attributes(live, before, next) {
    for (const { name } of [...before.attributes, ...next.attributes]) {
      const value = next.getAttribute(name);
      if (before.getAttribute(name) === value) continue;
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
    }
  }

  /** @param {Node} live @param {Node} before @param {Node} next */
  function revise(live, before, next) {
    if (live instanceof Element && before instanceof Element && next instanceof Element) {
      attributes(live, before, next);
      children(live, before, next);
    } else {
      live.nodeValue = next.nodeValue;
    }
  }

  /**
   * Applies to the children of `live` the differences between the children that were served before and those served
   * now.
   *
   * @param {Node} live
   * @param {Node} before
   * @param {Node} next
   */
  function children(live, before, next) {
    const [olds, nexts] = [[...before.childNodes], [...next.childNodes]];
    const lives = counterparts(live, olds);
    const partner = partners(olds, nexts);
    const kept = new Set(partner);
    olds.forEach((_, n) => kept.has(n) || lives[n]?.remove());
    /** @type {Node | null} */
    let after = null;
    for (let n = nexts.length - 1; n >= 0; n -= 1) {
      const old = partner[n];
      const there = old === undefined ? null : lives[old];
      if (old === undefined || there === null) {
        const node = document.importNode(nexts[n], true);
        live.insertBefore(node, after);
        after = node;
      } else {
        if (!olds[old].isEqualNode(nexts[n])) revise(there, olds[old], nexts[n]);
        after = there;
      }
    }
  }

  const idOf = (/** @type {Node} */ node) => (node instanceof Element ? node.id : undefined);

  /**
   * For each node that was served, its counterpart in the document. Nodes that scripts inserted are skipped.
   *
   * @param {Node} live
   * @param {Node[]} olds
   */
  function counterparts(live, olds) {
    let from = live.firstChild;
    return olds.map((old) => {
      for (let node = from; node; node = node.nextSibling) {
        if (node.nodeName === old.nodeName && idOf(node) === idOf(old)) {
          from = node.nextSibling;
          return node;
        }
      }
      return null;
    });
  }

  /**
   * For each new node, the index of the old node that it updates, if any; ascending. Equal nodes are matched by their
   * longest common subsequence, and the nodes between them by name and id.
   *
   * @param {Node[]} olds
   * @param {Node[]} nexts
   */
  function partners(olds, nexts) {
    const key = (/** @type {Node} */ node) => (node instanceof Element ? node.outerHTML : `${node.nodeName} ${node.nodeValue}`);
    const [a, b] = [olds.map(key), nexts.map(key)];
    /** @type {(number | undefined)[]} */
    const partner = new Array(nexts.length).fill(undefined);
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) partner[start] = start++;
    let [endA, endB] = [a.length, b.length];
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) partner[--endB] = --endA;
    for (const [n, m] of common(a.slice(start, endA), b.slice(start, endB))) partner[start + m] = start + n;
    let used = start;
    for (let m = start; m < endB; m += 1) {
      const matched = partner[m];
      if (matched !== undefined) {
        used = matched + 1;
        continue;
      }
      const limit = partner.slice(m, endB).find((at) => at !== undefined) ?? endA;
      for (let n = used; n < limit; n += 1) {
        if (olds[n].nodeName === nexts[m].nodeName && idOf(olds[n]) === idOf(nexts[m])) {
          partner[m] = n;
          used = n + 1;
          break;
        }
      }
    }
    return partner;
  }

  /** The index pairs of a longest common subsequence of two lists of texts. @param {string[]} a @param {string[]} b */
  function common(a, b) {
    if (a.length * b.length > 1000000) return [];
    const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let n = a.length - 1; n >= 0; n -= 1) {
      for (let m = b.length - 1; m >= 0; m -= 1) {
        lengths[n][m] = a[n] === b[m] ? lengths[n + 1][m + 1] + 1 : Math.max(lengths[n + 1][m], lengths[n][m + 1]);
      }
    }
    /** @type {[number, number][]} */
    const pairs = [];
    for (let n = 0, m = 0; n < a.length && m < b.length; ) {
      if (a[n] === b[m]) pairs.push([n++, m++]);
      else if (lengths[n + 1][m] >= lengths[n][m + 1]) n += 1;
      else m += 1;
    }
    return pairs;
  }
})();
