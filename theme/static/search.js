// A query → the posts that hold its words. For search.html alone: it reads search/index.json when somebody asks for
// something, and then only the files that the query needs. generator/site/search/index.py says what stands in them.
"use strict";

const Search = (() => {
  // --- a text → its words, rule for rule as generator/site/search/tokenize.py does it for the index

  const LONGEST = 32;
  const UNWRITTEN = /[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]/g;
  const UNHEARD =
    "\\u00ad\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u200c\\u200d\\u3099\\u309a";
  const LETTERS = { ß: "ss", ł: "l", ø: "o", đ: "d", æ: "ae", œ: "oe", ı: "i", ς: "σ" };
  const UNSPACED =
    "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ebd\\u0ec0-\\u0ecd\\u1000-\\u109d\\u1780-\\u17d3\\u3005-\\u3007" +
    "\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf" +
    "\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
  const SIGNS = "\\u0900-\\u0963\\u0966-\\u096f\\u0971-\\u0dff\\u0f18-\\u0fbc";
  const WORD = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}${SIGNS}])+`, "gu");
  const TOKEN = new RegExp(`[\\p{L}\\p{N}_${UNHEARD}${SIGNS}${UNSPACED}]+`, "gu");
  const FIRST = new RegExp(`^[${UNSPACED}]`, "u");

  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(UNWRITTEN, "")
      .toLowerCase()
      .replace(/[ßłøđæœıς]/g, (letter) => LETTERS[letter])
      .normalize("NFC");

  const runs = (text) => (text.match(TOKEN) || []).flatMap((token) => fold(token).match(WORD) || []);

  // What must stand in a post: whole words and beginnings of words. `looks` are what to mark in it.
  function parse(query) {
    const terms = new Map();
    const looks = new Set();
    for (const run of runs(query)) {
      const signs = [...run];
      const unspaced = FIRST.test(run);
      const word = signs.slice(0, LONGEST).join("");
      looks.add(unspaced ? run : word);
      if (!unspaced) terms.set(word, signs.length > 2);
      else if (signs.length === 1) terms.set(run, true);
      else for (let place = 0; place < signs.length - 1; place++) terms.set(signs[place] + signs[place + 1], false);
    }
    return { terms: [...terms].map(([word, open]) => ({ word, open })), looks: [...looks] };
  }

  // --- the words of a query → posts, best first

  const WEIGHTS = [1, 2, 4, 6]; // in the text, several times there, in tags or names, in the title
  const LAST = "\u{10ffff}";

  // The index sorts by code points, while JavaScript compares halves of them.
  const rank = (word) => [...word].map((sign) => sign.codePointAt(0).toString(16).padStart(6, "0")).join("");

  class Index {
    constructor(root) {
      this.root = root;
      this.kept = new Map();
    }

    // A file of the index or a page of the site, read once.
    read(path, how = "json", options = {}) {
      if (!this.kept.has(path)) {
        const reading = fetch(new URL(path, this.root), options).then((response) => {
          if (!response.ok) throw new Error(`${path}: ${response.status}`);
          return response[how]();
        });
        reading.catch(() => this.kept.delete(path));
        this.kept.set(path, reading);
      }
      return this.kept.get(path);
    }

    contents() {
      return this.read("search/index.json", "json", { cache: "no-cache" });
    }

    // Every post that has all the words of the query, and that `wants` lets through.
    async find(query, { author = "", edition = "", newest = false } = {}) {
      const { terms } = parse(query);
      const { segments } = await this.contents();
      const parts = await Promise.all(segments.map((segment) => this.look(segment.key, terms)));
      const total = segments.reduce((sum, segment) => sum + segment.posts, 0);
      const rarity = terms.map((_, place) => {
        const many = parts.reduce((sum, part) => sum + part.found[place].size, 0);
        return Math.log(1 + total / (many || 1));
      });
      const hits = parts.flatMap((part) => meet(part, rarity, author, edition));
      const byDay = (one, other) => other.day - one.day || other.number - one.number;
      return hits.sort(newest ? byDay : (one, other) => other.score - one.score || byDay(one, other));
    }

    // What a segment knows of the words: for each a map from a post's number to a weight.
    async look(key, terms) {
      const table = await this.read(`search/${key}/posts.json`);
      const found = await Promise.all(terms.map((term) => this.postings(key, table.words, term)));
      return { key, table, found };
    }

    async postings(key, firstWords, { word, open }) {
      const [begin, end] = [rank(word), rank(open ? word + LAST : word)];
      const files = [];
      firstWords.forEach((first, number) => {
        const next = firstWords[number + 1];
        if (rank(first) <= end && (next === undefined || rank(next) > begin)) files.push(this.read(`search/${key}/w${number}.json`));
      });
      const weights = new Map();
      for (const file of await Promise.all(files)) {
        for (const [known, numbers] of Object.entries(file)) {
          if (known !== word && !(open && known.startsWith(word))) continue;
          let last = 0;
          for (const step of numbers) {
            last += step;
            const weight = WEIGHTS[last & 3] * (known === word ? 2 : 1);
            if (weight > (weights.get(last >> 2) || 0)) weights.set(last >> 2, weight);
          }
        }
      }
      return weights;
    }

    // What a list shows of a post.
    async tell(hit) {
      const rows = await this.read(`search/${hit.key}/p${Math.floor(hit.number / hit.chunk)}.json`);
      const [page, title, language, direction, untitled, byline] = rows[hit.number % hit.chunk];
      return { ...hit, page, title, language, direction, untitled: Boolean(untitled), byline };
    }

    // The text of a post, as its own page shows it.
    async text(page) {
      const parsed = new DOMParser().parseFromString(await this.read(page, "text"), "text/html");
      const body = parsed.querySelector(".e-content");
      if (!body) return "";
      for (const block of body.querySelectorAll("p,li,pre,h1,h2,h3,h4,h5,h6,td,th,dt,dd,div,blockquote,figcaption,br,img"))
        block.append(" ");
      return body.textContent.replace(/\s+/g, " ").trim();
    }
  }

  function meet({ key, table, found }, rarity, author, edition) {
    const nick = author ? table.nicks.indexOf(author) : -1;
    const bit = edition ? 1 << table.editions.indexOf(edition) : 0;
    if ((author && nick < 0) || (edition && !table.editions.includes(edition))) return [];
    const smallest = found.length ? found.reduce((one, other) => (other.size < one.size ? other : one)) : table.by;
    const hits = [];
    for (const number of smallest.keys()) {
      if ((author && table.by[number] !== nick) || (edition && !(table.in[number] & bit))) continue;
      if (!table.in[number] || !found.every((weights) => weights.has(number))) continue;
      const score = found.reduce((sum, weights, place) => sum + weights.get(number) * rarity[place], 0);
      hits.push({ key, number, score, day: table.days[number], author: table.nicks[table.by[number]], chunk: table.chunk });
    }
    return hits;
  }

  // --- a text → where the words of the query stand in it

  const PIECE = new RegExp(`[${UNSPACED}\\u3099\\u309a]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}${UNHEARD}${SIGNS}])+`, "gu");

  function marks(text, looks) {
    const found = [];
    for (const token of text.matchAll(PIECE)) {
      const folded = fold(token[0]);
      looks.forEach((look, which) => {
        if (!FIRST.test(look)) {
          const hit = look.length > 2 ? folded.startsWith(look) : folded === look;
          if (hit) found.push({ start: token.index, end: token.index + token[0].length, which });
          return;
        }
        const same = folded.length === token[0].length; // else nobody knows which letter became which
        for (let at = folded.indexOf(look); at >= 0; at = same ? folded.indexOf(look, at + look.length) : -1) {
          const start = token.index + (same ? at : 0);
          found.push({ start, end: same ? start + look.length : token.index + token[0].length, which });
        }
      });
    }
    return found.sort((one, other) => one.start - other.start);
  }

  // The text as nodes, in which the words are marked.
  function marked(text, looks) {
    const out = document.createDocumentFragment();
    let at = 0;
    for (const { start, end } of marks(text, looks)) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      out.append(text.slice(at, start), mark);
      at = end;
    }
    out.append(text.slice(at));
    return out;
  }

  // The passage in which most of the words stand near one another.
  function passage(text, looks, length = 240) {
    const places = marks(text, looks);
    let best = { start: 0, many: -1 };
    places.forEach(({ start }, first) => {
      const near = new Set();
      for (let next = first; next < places.length && places[next].end < start + length; next++) near.add(places[next].which);
      if (near.size > best.many) best = { start, many: near.size };
    });
    const begin = best.start > 60 ? text.indexOf(" ", best.start - 60) + 1 : 0;
    const from = begin > best.start ? Math.max(0, best.start - 20) : begin;
    const space = text.lastIndexOf(" ", from + length);
    const to = text.length <= from + length ? text.length : space > from + length / 2 ? space : from + length;
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  return { parse, Index, marked, passage };
})();

// --- the form of search.html

addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("search");
  if (!form) return;
  const [status, list, more] = ["found", "results", "more"].map((id) => document.getElementById(id));
  const root = new URL(form.dataset.root, location.href);
  const index = new Search.Index(root);
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  const STEP = 10;
  let turn = 0; // the newest question: answers to older ones come too late
  let hits = [];

  const say = (what, many) => (status.textContent = form.dataset[what].replace("{n}", many));
  const asked = () => ({
    query: form.q.value.trim(), author: form.by.value, edition: form.in.value, newest: form.order.value === "newest",
  });

  async function answer() {
    const mine = ++turn;
    const question = asked();
    remember();
    list.replaceChildren();
    more.hidden = true;
    if (!question.query && !question.author) return void (status.textContent = "");
    say("searching");
    try {
      const found = await index.find(question.query, question);
      if (mine !== turn) return;
      hits = found;
      await show(mine);
      // Told last: who hears the number finds the list there.
      if (mine === turn) say(found.length ? "many" : "none", found.length.toLocaleString(document.documentElement.lang));
    } catch (error) {
      if (mine === turn) say("failed");
    }
  }

  async function show(mine) {
    const { authors } = await index.contents();
    const { looks } = Search.parse(form.q.value);
    const from = list.childElementCount;
    const told = await Promise.all(hits.slice(from, from + STEP).map((hit) => index.tell(hit)));
    if (mine !== turn) return;
    const items = told.map((post) => row(post, authors[post.author] || post.author, looks));
    list.append(...items);
    more.hidden = list.childElementCount >= hits.length;
    told.forEach((post, place) => quote(post, looks, items[place]));
    return items[0];
  }

  function row(post, name, looks) {
    const item = make("li", "h-entry");
    const link = make("a", post.untitled ? "untitled u-url" : "p-name u-url");
    link.href = new URL(post.page, root);
    link.lang = post.language;
    link.dir = post.direction;
    link.append(Search.marked(post.title || form.dataset.untitled, looks));
    const meta = make("span", "meta");
    const author = make("a", "p-author h-card");
    author.href = new URL(`authors/${encodeURIComponent(post.author)}/index.html`, root);
    author.append(make("bdi", "", name));
    const day = new Date(post.day * 864e5);
    const time = make("time", "dt-published", date.format(day));
    time.dateTime = day.toISOString().slice(0, 10);
    meta.append(author, " ", ...(post.byline ? [by(post.byline), " "] : []), time);
    item.append(link, " ", meta);
    return item;
  }

  function by(name) {
    const [before, after] = form.dataset.by.split("{n}");
    const byline = make("span", "byline", before);
    byline.append(make("bdi", "", name), after);
    return byline;
  }

  // The passage comes from the post's own page, and is missing where that cannot be read.
  async function quote(post, looks, item) {
    const text = await index.text(post.page).catch(() => "");
    if (!text) return;
    const passage = make("p", "passage");
    passage.lang = post.language;
    passage.dir = post.direction;
    passage.append(Search.marked(Search.passage(text, looks), looks));
    item.append(passage);
  }

  function make(name, classes = "", text = "") {
    const element = document.createElement(name);
    if (classes) element.className = classes;
    element.textContent = text;
    return element;
  }

  // The address of the page says what was asked, so that it can be kept, sent and gone back to.
  function remember() {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (location.protocol !== "file:") history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  }

  const given = new URLSearchParams(location.search);
  for (const name of ["q", "in", "order"]) form[name].value = given.get(name) || "";
  const choices = index.contents().then(({ authors }) => {
    const byName = Object.entries(authors).sort(([, one], [, other]) => one.localeCompare(other));
    form.by.append(...byName.map(([nick, name]) => new Option(name, nick)));
    form.by.value = given.get("by") || "";
  });
  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, event.target === form.q ? 200 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    answer();
  });
  more.addEventListener("click", async () => (await show(turn))?.querySelector("a").focus());
  form.hidden = false;
  form.q.focus();
  // Who asked before the names came is not answered twice.
  choices.then(() => turn && !given.get("by") || answer(), () => say("failed"));
});
