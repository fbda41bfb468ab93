"""An invented planet for the tests of the site: a few authors, and posts of every kind that a reader meets."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.archive.index import Heads
from generator.build.inputs import inputs_of
from generator.build.output import Manifest
from generator.build.pipeline import build_site
from generator.build.report import BuildReport
from generator.models import Author, Edition, EditionFilter, Enclosure, FeedSource, Planet, Post

LONG = """I had put this off for three winters, and then a disk made the decision for me. This is what I learned while
moving eleven years of small files to a new machine, in the order in which I wish I had learned it.

## Before you copy anything

Count. Not bytes, *files*: a tool that skips a socket or a broken link tells you so in a line that scrolls away,
and the bytes still look right. I keep the list in a text file and compare it afterwards.

```sh
find /srv -xdev -type f -printf '%s %P\\n' | LC_ALL=C sort -k2 > before.txt
rsync --archive --hard-links --xattrs --acls --numeric-ids --info=progress2 /srv/ newhost.example.org:/srv/
```

The `--numeric-ids` matters more than it seems. Without it the receiving side maps names, and a service user
that exists on both machines with different numbers will own somebody else's mail by the next morning.

> A backup that nobody has restored is a rumour.

### What went wrong

1. The first run stopped at a file whose name was not UTF-8.
2. The second filled the log partition, because I had asked for too many words:
   - one line for each file,
   - and one for each directory.
3. The third was fine.

| Run | Files | Skipped | Elapsed | Average rate on the wire | Remark |
|-----|------:|--------:|--------:|-------------------------:|--------|
| 1 | 1 204 331 | 12 | 0:41:07 | 61 MB/s | stopped |
| 2 | 3 887 002 | 0 | 2:12:55 | 58 MB/s | disk full on the sending side |
| 3 | 4 120 779 | 0 | 2:20:31 | 59 MB/s | done |

The footnote about hard links is long[^1], but please read it before you try this at home with a mail spool.

[^1]: They are counted once by `du` and many times by `find`, so the two never agree.

## Afterwards

Run the same `find` on the new machine and compare. Mine differed by one file, which turned out to be the list
itself. That was a good evening; I made tea and went to bed before midnight for the first time that week.
"""

SHORT = "Version 2.4 is in the tree. It drops the old init script, so please read the [news item](https://news.example.org/2-4)."

JAPANESE = """新しい日本語入力の設定をまとめました。去年の記事から変わったところだけを書いておきます。

まず、`fcitx5` を使う場合は環境変数を設定してください。「変換」キーの割り当ては、設定画面から変更できます。

- 端末では問題ありません
- ブラウザでは一度だけ再起動が必要です
"""

ARABIC = """قبل سنة بدأت أستخدم جنتو على حاسوبي المحمول، وهذه بعض الملاحظات التي جمعتها خلال هذه المدة.

أول ما يجب فعله هو قراءة الدليل كاملا، ثم تشغيل `emerge --sync` قبل أي شيء آخر. بعد ذلك يصبح كل شيء أسهل.

1. اقرأ الأخبار
2. حدث النظام
"""

HOSTILE = "\"'><script>pwned=1</script><img src=x onerror=pwned=1>]]>&amp;{{7*7}}\x00\x0b\ufffe"
"""Text that would run in a page, end a feed or fill a template, if anybody let it."""
EVERYWHERE = ("planet", "universe")


def make_author(nick: str, name: str, **more: Any) -> Author:
    """A member with one feed."""
    source = FeedSource(url=f"https://{nick.replace('_', '-')}.example.org/feed/", editions=EVERYWHERE)
    return Author(nick=nick, name=name, feeds=(source,), **more)


def make_post(number: int = 1, **more: Any) -> Post:
    """A post; `number` is its day in October 2019 and tells it from others."""
    nick = more.get("nick", "mgorny")
    known: dict[str, Any] = {
        "path": f"posts/{nick}/2019/2019-10-{number:02}-post-{number:08x}.md",
        "nick": nick,
        "author": more.get("author", ""),
        "title": f"Post number {number}",
        "date": dt.datetime(2019, 10, number, 14, 34, tzinfo=dt.UTC),
        "canonical_url": f"https://{nick.replace('_', '-')}.example.org/{number}/",
        "guid": f"https://{nick.replace('_', '-')}.example.org/?p={number}",
        "lang": "en",
        "description": "The first plain sentences of the post.",
        "feed": f"https://{nick.replace('_', '-')}.example.org/feed/",
        "first_seen": dt.datetime(2019, 10, number, 15, 0, 2, tzinfo=dt.UTC),
        "body": SHORT,
    }
    return Post(**{**known, **more})


def make_planet(**more: Any) -> Planet:
    """Two editions and seven members."""
    authors = (
        make_author("amina", "أمينة الحسن", language="ar"),
        make_author("candrews", "Craig Andrews", homepage="https://dev.example.org/~candrews/"),
        make_author("gentoo", "Gentoo News", homepage="https://www.example.org/"),
        make_author("lu_zero", "Luca Barbato", status="retired"),
        make_author(
            "mgorny",
            "Michał Górny",
            homepage="https://dev.example.org/~mgorny/",
            bugs="https://bugs.example.org/?who=mgorny",
            links={"Code": "https://code.example.org/mgorny"},
            about="Packages things. *Likes* quiet mornings.",
            licence="CC-BY-SA-4.0",
        ),
        make_author("tamiko", "田中 玲子", language="ja"),
        make_author("ultrabug", "Alexys Jacob", homepage="https://dev.example.org/~ultrabug/", status="paused"),
    )
    known: dict[str, Any] = {
        "title": "Gentoo Universe",
        "url": "https://planet.example.org/sub/",
        "timezone": "UTC",
        "editions": (
            Edition(
                key="planet",
                title="Planet Gentoo",
                path="",
                welcome="Welcome to **Planet Gentoo**, an aggregation of weblog articles on Gentoo-related topics. "
                "For a broader range of topics, see [Gentoo Universe](universe/index.html).",
                filter=EditionFilter(languages=("en",)),
            ),
            Edition(
                key="universe",
                title="Gentoo Universe",
                path="universe",
                welcome="Welcome to **Gentoo Universe**, an aggregation of weblog articles on all topics written by "
                "Gentoo developers.",
            ),
        ),
        "authors": authors,
        "disclaimer": "Views expressed in the content published here do not necessarily represent the views of Gentoo.",
        "contact": "planet@example.org",
        "source": "https://forge.example.org/planet",
        "licence": "CC-BY-SA-4.0",
    }
    return Planet(**{**known, **more})


def every_kind() -> list[Post]:
    """A post of each kind: long, short, untitled, excerpt, undated time, two scripts, withdrawn, attached sound."""
    morning = dt.datetime(2019, 10, 9, 8, 5, tzinfo=dt.UTC)
    untitled = "Today I learned that `ip -br addr` exists, and I shall never type the long form again."
    return [
        make_post(
            13, title="Moving eleven years of small files", body=LONG, tags=("gentoo", "infra"), description="I had put"
        ),
        make_post(12, nick="ultrabug", title="py3status 3.21 is out", tags=("python",)),
        make_post(
            11, nick="ultrabug", title="", body=untitled, description="Today I learned that ip -br addr exists, and I"
        ),
        make_post(
            10,
            nick="ultrabug",
            title="A second one",
            date=dt.datetime(2019, 10, 11, 9, 1, tzinfo=dt.UTC),
            byline="Kim Guest",
            rights="https://creativecommons.org/licenses/by-sa/4.0/",
            comments="https://forum.example.org/t/10",
        ),
        make_post(9, nick="gentoo", title="AArch64 (arm64) profiles are now stable!", date=dt.date(2019, 10, 9)),
        make_post(
            8, nick="candrews", title="DNSSEC on a small router", excerpt=True, date=morning, body="The first part […]"
        ),
        make_post(
            7, nick="tamiko", title="日本語入力の設定", lang="ja", body=JAPANESE, description="新しい日本語入力の設定"
        ),
        make_post(6, nick="amina", title="سنة مع جنتو", lang="ar", body=ARABIC, description="قبل سنة بدأت أستخدم جنتو"),
        make_post(5, nick="lu_zero", title="Only on Universe", editions=("universe",), rights="CC-BY-4.0"),
        make_post(
            4,
            nick="gentoo",
            title="Episode 12",
            enclosures=(Enclosure(url="https://cast.example.org/12.ogg", type="audio/ogg", length=12_000_000),),
        ),
        make_post(
            3, title="Taken back", body="", withdrawn=dt.datetime(2020, 1, 2, tzinfo=dt.UTC), reason="the author asked"
        ),
        make_post(2, nick="gone", author="Somebody Gone", title="By a member whose file is gone", guid="123"),
    ]


def build(planet: Planet, posts: Iterable[Post], *, root: Path, out: Path, jobs: int | None = None) -> BuildReport:
    """Builds the site of the planet with these posts, which need no files in `root`."""
    inputs = inputs_of(root, planet, Heads(heads=tuple(posts), versions={}))
    return build_site(inputs, Manifest.load(out, root), jobs=jobs)
