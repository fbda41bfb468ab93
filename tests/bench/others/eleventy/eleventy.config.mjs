// Posts → the same pages as the others make: lists of 50 whole posts, and of 200 headlines by author and tag.
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

function shelves(posts, names) {
  const found = new Map();
  for (const post of posts)
    for (const name of names(post)) found.has(name) ? found.get(name).push(post) : found.set(name, [post]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, posts]) => ({ name, posts }));
}

function pages(shelves) {
  return shelves.flatMap(({ name, posts }) => {
    const last = Math.max(1, Math.ceil(posts.length / 200));
    return Array.from({ length: last }, (_, number) =>
      ({ name, number: number + 1, last, posts: posts.slice(200 * number, 200 * (number + 1)) }));
  });
}

export default function (config) {
  const all = (api) => api.getFilteredByGlob("content/posts/**/*.md").reverse();
  const nicks = (api) => shelves(all(api), (post) => [post.data.nick]);
  const tags = (api) => shelves(all(api), (post) => post.data.tags ?? []);
  config.setQuietMode(true);
  config.setUseGitIgnore(false);
  config.addPlugin(highlight);
  config.addPassthroughCopy({ static: "/" });
  config.addCollection("newest", all);
  config.addCollection("nicks", nicks);
  config.addCollection("topics", tags);
  config.addCollection("nickPages", (api) => pages(nicks(api)));
  config.addCollection("topicPages", (api) => pages(tags(api)));
  const slugify = config.getFilter("slugify"), slugs = new Map();
  config.addFilter("slug", (name) => slugs.get(name) ?? slugs.set(name, slugify(name)).get(name));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  return { markdownTemplateEngine: false, dir: { input: "content", output: "public", includes: "../includes" } };
}
