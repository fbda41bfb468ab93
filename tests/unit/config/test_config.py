"""Settings and author files: what they give, and how their faults are told."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from generator import config
from generator.errors import FileError, Problem
from generator.models import Planet
from tests.support.planets import SETTINGS

HERE = Path(__file__).parents[3]
AUTHOR = "name: Larry\nfeeds:\n  - url: https://larry.example/feed\n"
FEED = "name: L\nfeeds:\n  - url: https://a.example/\n"


def load(tmp_path: Path, authors: dict[str, str], settings: str = SETTINGS) -> Planet:
    (tmp_path / "authors").mkdir(exist_ok=True)
    (tmp_path / "pyproject.toml").write_text(settings)
    for name, text in authors.items():
        (tmp_path / "authors" / name).write_text(text)
    return config.load(tmp_path, version="1.2")


def faults(tmp_path: Path, authors: dict[str, str], settings: str = SETTINGS) -> list[str]:
    with pytest.raises(FileError) as caught:
        load(tmp_path, authors, settings)
    return [str(problem) for problem in caught.value.problems]


def test_this_repository_is_a_planet() -> None:
    planet = config.load(HERE)
    assert [edition.key for edition in planet.editions] == ["planet", "universe"]
    assert {author.nick for author in planet.authors} >= {"mgorny", "lu_zero", "gentoo-news"}
    michal = next(author for author in planet.authors if author.nick == "mgorny")
    assert michal.homepage == "https://dev.gentoo.org/~mgorny/"
    assert "email1=mgorny%40gentoo.org" in michal.bugs
    assert [feed.editions for feed in michal.feeds] == [("universe",), ("universe", "planet")]
    assert next(author for author in planet.authors if author.nick == "gentoo-news").bugs == ""


def test_the_least_that_works(tmp_path: Path) -> None:
    planet = load(tmp_path, {"larry.yaml": AUTHOR}, '[tool.gitplanet]\ntitle = "P"\nurl = "https://p.example"\n')
    assert planet.url == "https://p.example/"
    assert [(edition.title, edition.path) for edition in planet.editions] == [("P", "")]
    assert planet.authors[0].feeds[0].editions == ("planet",)
    assert planet.fetch.user_agent == "gitplanet/1.2 (+https://p.example/about/)"


def test_everything_that_an_author_may_say(tmp_path: Path) -> None:
    text = """# yaml-language-server: $schema=../generator/schema/author.schema.json
name: Larry the Cow
homepage: https://larry.example/
bugs: ""
links: {code: https://code.example/larry}
hackergotchi: larry.png
github: larry
email: larry@example.org
language: no
timezone: Europe/Oslo
about: Moo.
status: paused
licence: CC0
feeds:
  - url: https://larry.example/feed
    authors: [Larry, "Larry the Cow"]
    editions: [universe]
    include: ["(?i)gentoo", {title: moo}]
    exclude:
      - spam
      - link: /private/
    tags: [gentoo]
    language: en
    full: false
    trust: [updated]
"""
    (tmp_path / "authors").mkdir()
    (tmp_path / "authors" / "larry.png").write_bytes(b"")
    author = load(tmp_path, {"larry.yaml": text}).authors[0]
    assert (author.language, author.status, author.timezone) == ("no", "paused", "Europe/Oslo")
    assert author.links == {"code": "https://code.example/larry"}
    feed = author.feeds[0]
    assert (feed.editions, feed.full, feed.trust) == (("universe",), False, ("updated",))
    assert (feed.authors, feed.include) == (("Larry", "Larry the Cow"), ("(?i)gentoo", {"title": "moo"}))
    assert feed.exclude == ("spam", {"link": "/private/"})
    assert load(tmp_path, {"larry.yaml": config.author_text(author)}).authors == (author,)


@pytest.mark.parametrize(
    ("text", "line", "said", "remedy"),
    [
        ("nmae: L\nname: L\nfeeds:\n  - url: https://a.example/", 1, "unknown key 'nmae'", "did you mean 'name'?"),
        ("name: L\nzzz: 1\nfeeds:\n  - url: https://a.example/", 2, "unknown key 'zzz'", "known keys are about,"),
        ("name: L\n", 1, "'feeds' is missing", "add it, like `feeds:"),
        ("name: L\nfeeds:\n  - uri: https://a.example/", 3, "unknown key 'uri'", "did you mean 'url'?"),
        ("name: 7\nfeeds:\n  - url: https://a.example/", 1, "name is 7, but should be text", '`name: "Larry the Cow"`'),
        ("name: L\nfeeds:\n  - url: javascript:alert(1)", 3, "does not look right", "`url: "),
        ("name: L\nhomepage: javascript:x\nfeeds:\n  - url: https://a.example/", 2, "homepage is", "`homepage: "),
        ("name: L\nfeeds:\n  - url: https://u:p@a.example/", 3, "does not look right", "`url: "),
        ("name: L\nfeeds:\n  - url: file:///etc/passwd", 3, "does not look right", "`url: "),
        ("name: L\nfeeds: []\n", 2, "feeds is empty", "`feeds: "),
        ("name: L\nstatus: gone\nfeeds:\n  - url: https://a.example/", 2, "one of active, paused, retired", "active"),
        ("name: L\ntimezone: Mars/Base\nfeeds:\n  - url: https://a.example/", 2, "no time zone", "IANA"),
        ("name: L\nhackergotchi: no.png\nfeeds:\n  - url: https://a.example/", 2, "there is no authors/no.png", "add"),
        ("name: L\nhackergotchi: ../x.png\nfeeds:\n  - url: https://a.example/", 2, "does not look right", "larry.png"),
        ("name: L\nfeeds:\n  - url: https://a.example/\n    editions: [moon]", 4, "no edition 'moon'", "planet, uni"),
        ("name: L\nfeeds:\n  - url: https://a.example/\n    include: ['(']", 4, "not a regular expression", "mend"),
        (f"{FEED}    include: [{{titel: x}}]", 4, "unknown key 'titel'", "did you mean 'title'?"),
        (f"{FEED}    include: [{{title: x, tag: y}}]", 4, "has more than 1 key", "`include: "),
        (f"{FEED}    include: [{{}}]", 4, "is empty", "`include: "),
        (f"{FEED}    include: [1]", 4, "should be text or a group of keys", "`include: "),
        (f"{FEED}    exclude:\n      - x\n      - tag: '('", 6, "'(' is not a regular expression", "mend"),
        (f"{FEED}    exclude: ['a{{99999999999}}']", 4, "is not a regular expression", "mend"),
        (f"{FEED}    authors: Larry", 4, 'authors is "Larry", but should be a list', "`authors: "),
        (f"{FEED}    authors: []", 4, "authors is empty", "`authors: "),
        (f"{FEED}    authors: ['\u3000']", 4, "this names nobody", "write a name"),
        ("name: L\nfeeds:\n  - url: https://a.example/\n    full: nope", 4, "should be true or false", "false"),
        ("name: L\nfeeds:\n  - url: https://a.example/\n    proxy: x", 4, "unknown key 'proxy'", "known keys"),
        ("name: L\nfeeds:\n  - url: https://a.example/\n    headers: {}", 4, "unknown key 'headers'", "known keys"),
        ("name: 'a\u202eb'\nfeeds:\n  - url: https://a.example/", 1, "does not look right", "Larry"),
        ("name: L\nemail: >\n  l@l.example\nfeeds:\n  - url: https://a.example/", 2, "does not look", "larry@"),
        ("name: |\n  L\nfeeds:\n  - url: https://a.example/", 1, "does not look right", "Larry"),
        ("name: L\nfeeds:\n  - url: |\n      https://a.example/\n", 3, "does not look right", "`url: "),
        ("- a\n- b", 1, "should be a group of keys", "README"),
        ("", 1, "should be a group of keys", "README"),
    ],
)
def test_a_fault_of_an_author_file(tmp_path: Path, text: str, line: int, said: str, remedy: str) -> None:
    fault = faults(tmp_path, {"larry.yaml": text})[0]
    assert fault.startswith(f"authors/larry.yaml:{line}: ")
    assert said in fault
    assert remedy in fault.partition("; ")[2]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    told = faults(tmp_path, {"larry.yaml": "nam: L\nfeed: x\n", "kim.yaml": "name: K\n"})
    assert [fault.split(":")[0] for fault in told] == ["authors/kim.yaml"] + ["authors/larry.yaml"] * 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Larry.yaml", "cannot be a nick"),
        ("l.yaml", "cannot be a nick"),
        (f"{'a' * 33}.yaml", "cannot be a nick"),
        (f"{'a-' * 20}a.yaml", "cannot be a nick"),
        ("a--b.yaml", "cannot be a nick"),
        ("a_.yaml", "cannot be a nick"),
        ("con.yaml", "reserved"),
        ("larry.yml", ".yml"),
    ],
)
def test_names_of_files(tmp_path: Path, name: str, said: str) -> None:
    assert said in faults(tmp_path, {name: AUTHOR})[0]


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "authors").mkdir()
    (tmp_path / "authors" / "larry.yaml").symlink_to("/etc/passwd")
    assert "not a regular file" in faults(tmp_path, {})[0]


def test_a_file_that_is_too_long_or_not_utf8_is_refused(tmp_path: Path) -> None:
    assert "bytes long" in faults(tmp_path, {"larry.yaml": AUTHOR + "#" * 9000})[0]
    (tmp_path / "authors" / "larry.yaml").write_bytes(b"name: \xff")
    assert "not UTF-8" in faults(tmp_path, {})[0]


def test_a_feed_is_listed_once_however_it_is_spelt(tmp_path: Path) -> None:
    other = "name: Kim\nfeeds:\n  - url: http://www.larry.example/feed/\n"
    (fault,) = faults(tmp_path, {"larry.yaml": AUTHOR, "kim.yaml": other})
    assert "is already that of kim" in fault


def test_a_homepage_without_a_host_counts_as_none(tmp_path: Path) -> None:
    settings = SETTINGS.replace('url = "', 'homepage = "https://dev.example/~{nick}/"\nurl = "')
    planet = load(tmp_path, {"larry.yaml": AUTHOR + 'homepage: "https:////"\n'}, settings)
    assert planet.authors[0].homepage == "https://dev.example/~larry/"


@pytest.mark.parametrize(
    ("settings", "line", "said"),
    [
        ("", 0, "no [tool.gitplanet]"),
        ("[tool.gitplanet]\ntitle = x\n", 2, "not TOML"),
        ('[tool.gitplanet]\ntitle = "x"\n', 1, "'url' is missing"),
        ('[tool.gitplanet]\ntitle = "x"\nurl = "ftp://x"\n', 3, "url is"),
        ('[tool.gitplanet]\ntitle = "x"\nurl = "https://x/"\nactivity_threshhold = 3', 4, "unknown key"),
        ('[tool.gitplanet]\ntitle = "x"\nurl = "https://x/"\ntimezone = "Mars"', 4, "no time zone"),
        ('[tool.gitplanet]\ntitle = "x"\nurl = "https://x/"\n[tool.gitplanet.fetch]\nallow_networks = ["x"]', 5, "'x'"),
        (SETTINGS.replace('path = ""', 'path = "a"'), 0, "no edition stands at the root"),
        (SETTINGS + '[tool.gitplanet.editions.posts]\ntitle = "x"\n', 0, "'posts' is one of the site's own folders"),
        (SETTINGS.replace('path = ""', 'path = "universe"'), 0, "two editions have the same path"),
        (SETTINGS.replace('path = ""', 'pth = ""'), 7, "unknown key 'pth'"),
    ],
)
def test_faults_of_the_settings(tmp_path: Path, settings: str, line: int, said: str) -> None:
    fault = faults(tmp_path, {}, settings)[0]
    assert fault.startswith(f"pyproject.toml:{line}: " if line else "pyproject.toml:")
    assert said in fault
    assert "; " in fault


def test_a_folder_that_is_no_planet(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        config.load(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(b"\xff")
    with pytest.raises(FileError, match="not UTF-8"):
        config.load(tmp_path)


@pytest.mark.parametrize("name", ["author", "settings"])
def test_every_key_of_the_schemas_is_explained_with_an_example_that_fits(name: str) -> None:
    schema = json.loads((files("generator") / "schema" / f"{name}.schema.json").read_text("utf-8"))
    tables = [schema, *(part for part in schema["definitions"].values() if "properties" in part)]
    for table in tables:
        for key, field in table["properties"].items():
            if "description" not in field:
                assert field == {"$ref": "#/definitions/fetch"}
                continue
            assert field["description"].endswith("."), key
            assert field.get("examples") or key == "editions", key


# texts that were found right before -------------------------------------------


def unseen(*_: object) -> list[Problem]:
    raise AssertionError("this text was looked at before")
