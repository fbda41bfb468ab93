// Comforts for readers: keys, marks at new posts, muting, an own list of feeds, reading offline. All of it is optional and
// stays in this browser. Pages are whole without it: what works by script alone is hidden until the script shows it.
"use strict";
{
  const root = new URL(".", document.currentScript.src);
  const words = document.getElementById("comforts").dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- what this browser remembers, for this planet alone: others may live at the same host

  const KEY = `gitplanet ${root.pathname} `;
  const recall = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(KEY + name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(KEY + name, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing forgets with the page.
    }
  };

  // --- authors and tags that this reader does not want to see

  const place = (link) => link.href.replace(/(index\.html)?([?#].*)?$/, "").slice(root.href.length);
  const own = place(location);
  // Name by place: {"authors/larry/": "Larry"}. Other sites at this host share the storage, so nothing else is taken from
  // it: a place becomes an address.
  const PLACE = /^(?:authors|tags)\/[\w%-]+\/$/;
  const isPlace = ([topic, name]) => PLACE.test(topic) && typeof name === "string";
  let muted = Object.fromEntries(Object.entries(recall("muted", {})).filter(isPlace));

  const topics = (entry) => {
    const author = entry.querySelector("a.p-author") || entry.closest(".run")?.querySelector(".author a.name");
    return [...(author ? [author] : []), ...all("a.p-category", entry)].map(place);
  };

  function hide() {
    const aside = own in muted; // who looks at a muted author's page wants to see it
    const entries = all("main .h-entry");
    for (const entry of entries) entry.hidden = !aside && topics(entry).some((topic) => topic in muted);
    for (const box of all("main .run, main .day, main .year").filter((box) => box.querySelector(".h-entry")))
      box.hidden = !box.querySelector(".h-entry:not([hidden])");
    const gone = entries.filter((entry) => entry.hidden).length;
    document.getElementById("muted")?.remove();
    if (!gone) return;
    const note = Object.assign(document.createElement("p"), { id: "muted", className: "muted" });
    const link = Object.assign(document.createElement("a"), { href: new URL("comforts.html", root) });
    link.textContent = words.muted.replace("{n}", gone);
    note.append(link);
    document.querySelector("main").prepend(note);
  }

  function mute(topic, name) {
    muted = { ...muted };
    if (topic in muted) delete muted[topic];
    else muted[topic] = name;
    remember("muted", muted);
    hide();
  }

  for (const button of all("[data-mute]")) {
    const [on, off] = [button.textContent, button.dataset.unmute];
    const show = () => (button.textContent = own in muted ? off : on);
    button.addEventListener("click", () => show(mute(own, button.dataset.mute)));
    show((button.hidden = false));
  }

  // --- marks at posts that are new since the last visit

  const MOST = 1000;

  function mark() {
    const entries = all("main article.h-entry[id]");
    let seen = recall("seen", null);
    if (!Array.isArray(seen)) seen = null;
    const see = (entry) => {
      seen = [...seen.filter((id) => id !== entry.id), entry.id].slice(-MOST);
      remember("seen", seen);
    };
    if (!recall("marks", false)) return;
    if (!seen) return remember("seen", entries.map((entry) => entry.id)); // on the first visit all is new, so nothing is
    const watch = new IntersectionObserver((changes) => {
      for (const { isIntersecting, target } of changes) if (isIntersecting) see(target.closest("article"));
    });
    for (const entry of entries.filter((entry) => !seen.includes(entry.id))) {
      entry.classList.add("unread");
      const sign = Object.assign(document.createElement("span"), { className: "new", textContent: words.new });
      entry.querySelector(".meta")?.prepend(sign, " ");
      watch.observe(entry.lastElementChild); // whoever came to its end has read it
    }
  }

  // --- keys

  let current = null;

  function step(by) {
    const entries = all("main .h-entry").filter((entry) => entry.checkVisibility());
    const at = entries.indexOf(current);
    const next = at < 0 ? entries.find((entry) => entry.getBoundingClientRect().top >= 0) : entries[at + by];
    if (!next) return;
    current = next;
    next.scrollIntoView({ block: "start" });
    next.querySelector("a.u-url")?.focus({ preventScroll: true });
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => current?.querySelector("a.u-url")?.click(),
    "/": () => {
      const field = document.getElementById("q");
      if (field) field.focus();
      else location.href = new URL("search.html", root);
    },
    "?": help,
  };

  addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    if (busy || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !recall("keys", true)) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // The page of comforts, in a dialog over the one that is being read.
  async function help() {
    const address = new URL("comforts.html", root);
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      const dialog = document.createElement("dialog");
      dialog.append(...document.importNode(page.querySelector("main"), true).childNodes);
      dialog.setAttribute("aria-label", dialog.querySelector("h1").textContent);
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      equip(dialog);
      dialog.showModal();
    } catch {
      location.href = address;
    }
  }

  // --- the switches on the page of comforts

  function equip(within) {
    const form = within.querySelector("form[data-comforts]");
    if (!form) return;
    form.hidden = false;
    for (const button of all("[data-close]", within)) {
      button.hidden = within === document;
      button.addEventListener("click", () => within.close());
    }
    const offline = form.elements.offline;
    offline.closest("p").hidden = !("serviceWorker" in navigator);
    for (const [name, otherwise] of [["keys", true], ["marks", false], ["offline", false]]) {
      form.elements[name].checked = recall(name, otherwise);
      form.elements[name].addEventListener("change", ({ target }) => remember(name, target.checked));
    }
    offline.addEventListener("change", () => keep(offline.checked));
    for (const button of all("[data-opml]", form)) button.addEventListener("click", () => download(button.dataset));
    form.querySelector("[data-forget]").addEventListener("click", forget);
    list(form.querySelector("[data-muted]"));
  }

  function list(box) {
    const items = Object.entries(muted).map(([topic, name]) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: new URL(`${topic}index.html`, root) });
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: box.dataset.muted });
      link.append(Object.assign(document.createElement("bdi"), { textContent: name }));
      button.setAttribute("aria-label", `${box.dataset.muted}: ${name}`);
      button.addEventListener("click", () => list(box, mute(topic)));
      item.append(link, " ", button);
      return item;
    });
    box.replaceChildren(...items);
    box.hidden = !items.length;
    box.nextElementSibling.hidden = Boolean(items.length);
  }

  // The feeds of the authors that are not muted, as a file for a feed reader.
  async function download({ opml, file }) {
    const text = await (await fetch(new URL(opml, root))).text();
    const feeds = new DOMParser().parseFromString(text, "text/xml");
    for (const outline of all("outline", feeds)) {
      const nick = /\/authors\/([^,]*)/.exec(outline.getAttribute("category"))?.[1];
      if (`authors/${encodeURIComponent(nick)}/` in muted) outline.remove();
    }
    for (const node of [...feeds.childNodes]) if (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) node.remove();
    const blob = new Blob([new XMLSerializer().serializeToString(feeds)], { type: "text/x-opml" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }

  function forget() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
    keep(false).then(() => location.reload());
  }

  // --- the front pages offline: sw.js does it

  async function keep(wanted) {
    const workers = navigator.serviceWorker;
    if (!workers || location.protocol === "file:") return;
    if (wanted) {
      await workers.register(new URL("sw.js", root), { scope: root.pathname });
      const { active } = await workers.ready;
      active.postMessage({ keep: all(".editions a").map((link) => link.href) });
    } else {
      const found = await workers.getRegistration(root);
      if (found?.scope === root.href) await found.unregister();
      for (const name of await caches.keys()) if (name.startsWith(KEY)) await caches.delete(name);
    }
  }

  // --- the form of join/: it fills the forge's page for a new file

  for (const form of all("form[data-join]")) {
    const quoted = (name) => JSON.stringify(form.elements[name].value.trim());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const boxes = all("[name=editions]", form);
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      const lines = [`name: ${quoted("name")}`, `homepage: ${quoted("homepage")}`];
      if (form.elements.github?.value.trim()) lines.push(`github: ${quoted("github")}`);
      lines.push("feeds:", `  - url: ${quoted("feed")}`);
      if (chosen.length && chosen.length < boxes.length) lines.push(`    editions: [${chosen.join(", ")}]`);
      const address = new URL(form.dataset.join);
      const nick = form.elements.nick.value.trim();
      address.search = new URLSearchParams({ filename: `authors/${nick}.yaml`, value: `${lines.join("\n")}\n` });
      location.href = address;
    });
    form.hidden = false;
    for (const plain of all("[data-join-plain]")) plain.hidden = true;
  }

  // --- an address in which words of a withdrawn post are left: date and digits lead to what its page says now

  async function lead() {
    const address = new URL(location);
    const words = /(\/posts\/[^/]+\/\d{4}\/\d{4}-\d\d-\d\d)-[^/]*-([0-9a-f]{8}\.html)$/;
    address.pathname = address.pathname.replace(words, "$1-$2");
    if (address.pathname === location.pathname) return;
    if ((await fetch(address, { method: "HEAD" })).ok) location.replace(address);
  }

  if (document.querySelector("[data-missing]")) lead().catch(() => {});
  hide();
  mark();
  equip(document);
  if (recall("offline", false)) keep(true).catch(() => {});
}
