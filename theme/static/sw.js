// Keeps the front pages for reading offline, for readers who asked for it on comforts.html. The network always comes first:
// what is kept answers only where there is none, so that nothing here can ever hold back an update.
"use strict";

const scope = self.registration.scope;
const KEY = `gitplanet ${new URL(scope).pathname} `; // as in script.js, which empties these stores
const ASSET = /<(?:link rel="(?:stylesheet|icon)"|script defer|img class="face[^"]*")[^>]*? (?:href|src)="([^"]+)"/g;

const whole = (address) => {
  const url = new URL(address, scope);
  return url.origin + url.pathname.replace(/\/$/, "/index.html");
};

// A front page, and what it needs to look as it does: each page has a store of its own, so that all in it belong together.
async function keep(address, response) {
  const page = whole(address);
  if (!page.startsWith(scope)) return;
  const found = response || (await fetch(page, { cache: "no-cache" }));
  if (!found.ok) return;
  const text = await found.clone().text();
  const assets = [...text.matchAll(ASSET)].map(([, path]) => new URL(path, page).href).filter((url) => url.startsWith(scope));
  const store = await caches.open(KEY + page);
  await Promise.all(assets.map(async (url) => (await store.match(url)) || store.add(url)));
  await store.put(page, found);
  for (const { url } of await store.keys()) if (url !== page && !assets.includes(url)) await store.delete(url);
}

async function kept(address) {
  for (const name of await caches.keys()) {
    const found = name.startsWith(KEY) && (await (await caches.open(name)).match(address));
    if (found) return found;
  }
  return null;
}

async function answer(event) {
  const { request } = event;
  const page = request.mode === "navigate" ? whole(request.url) : request.url;
  try {
    const response = await fetch(request);
    if (request.mode === "navigate" && response.ok && (await caches.has(KEY + page)))
      event.waitUntil(keep(page, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const found = (await kept(page)) || (request.mode === "navigate" && (await kept(whole(scope))));
    if (found) return found;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(Promise.allSettled(event.data.keep.map((address) => keep(address))));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(event));
});
