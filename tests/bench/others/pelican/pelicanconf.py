"""Pelican's settings → the same pages as the others make. What it can keep between runs, it keeps."""

SITENAME = "Planet of the bench"
SITEURL = "https://planet.example.org"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "."
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = ["posts"]
ARTICLE_URL = ARTICLE_SAVE_AS = "posts/{slug}.html"
DIRECT_TEMPLATES = ["index", "authors", "tags"]
PAGINATED_TEMPLATES = {"index": 50, "author": 200, "tag": 200}
CATEGORY_SAVE_AS = ARCHIVES_SAVE_AS = ""
FEED_ALL_ATOM = "atom.xml"
FEED_MAX_ITEMS = None
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
SUMMARY_MAX_LENGTH = None
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
CHECK_MODIFIED_METHOD = "mtime"
