"""Parsed words of the command line → what they ask for, done and told; each returns an exit status."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator import __version__, archive, cache, config, discover, doctor, history, posts, summary
from generator.build import build, standing
from generator.config.written import hint
from generator.demo import Blogosphere
from generator.demo.play import play
from generator.errors import PlanetError
from generator.forget import forget
from generator.log import Log, Snapshot, snapshot
from generator.model import FetchSettings, Planet
from generator.serve import make_server
from generator.stamp import stamp
from generator.status import lately, status
from generator.terminal import Progress, add_to, say
from generator.update import Options, update
from generator.verify import verify

DONE, EXPLAINED = 0, 1


def run_update(arguments: argparse.Namespace) -> int:
    root = arguments.root.resolve()
    if arguments.backfill and not arguments.only:
        raise PlanetError("--backfill reads whole blogs; say whose with --only NICK")
    options = Options(
        only=arguments.only,
        force=arguments.force,
        dry_run=arguments.dry_run,
        push=arguments.push,
        backfill=arguments.backfill,
    )
    planet = _planet(root)
    with Progress() as watch:
        report = update(root, planet, options, now=arguments.now or arguments.clock, watch=watch)
    if arguments.report:
        arguments.report.write_text(report.to_json(), "utf-8")
    if arguments.summary:
        add_to(arguments.summary, summary.of_run(report, planet.title))
    say(report.summary())
    return EXPLAINED if arguments.strict and report.failures else DONE


def run_release(arguments: argparse.Namespace) -> int:
    """Takes what was held of an author's feeds."""
    root = arguments.root.resolve()
    options = Options(only=arguments.nick, release=True, push=arguments.push)
    with Progress() as watch:
        report = update(root, _planet(root), options, now=arguments.clock, watch=watch)
    say(report.summary())
    return DONE


def run_forget(arguments: argparse.Namespace) -> int:
    """Withdraws posts, and says what is left to do."""
    root = arguments.root.resolve()
    changes = forget(root, _planet(root), arguments.target, arguments.why, now=arguments.clock)
    for change in changes:
        say(f"withdrawn: {change.post.path}")
    file = root / "authors" / f"{arguments.target}.yaml"
    if file.exists():
        say(f"authors/{file.name} is still there: new posts will be taken; remove it to end that")
    return DONE


def run_status(arguments: argparse.Namespace) -> int:
    """Tells how each feed is, and how it went lately with those of one author."""
    root = arguments.root.resolve()
    planet = _planet(root)
    authors = tuple(author for author in planet.authors if arguments.nick in ("", author.nick))
    if not authors:
        raise PlanetError(f"there is no author {arguments.nick!r}; look into authors/")
    for line in status(replace(planet, authors=authors), archive.read(root).posts, cache.load(root).feeds):
        say(line)
    if arguments.nick:
        for line in lately(authors[0], cache.harvests(root)):
            say(line)
    return DONE


def run_build(arguments: argparse.Namespace) -> int:
    """Of the work tree, or of the planet as it was at `--at`."""
    root = arguments.root.resolve()
    if not arguments.at:
        return _build(arguments, root, None)
    with snapshot(root, arguments.at) as then:
        return _build(arguments, root, then)


def _build(arguments: argparse.Namespace, root: Path, then: Snapshot | None) -> int:
    source, out = then.folder if then else root, arguments.out or root / "_site"
    planet = _planet(source)
    if arguments.base_url:
        planet = replace(planet, url=arguments.base_url.rstrip("/") + "/")
    made_of = "" if then else stamp(root, planet.url)
    if files := standing(root, out, made_of):
        say(f"{files} files: nothing has changed")
        return DONE
    tree = archive.read(source)
    made_of = "" if tree.problems else made_of
    report = build(planet, tree.posts, root=root, out=out, then=then, made_of=made_of)
    problems = [*map(str, tree.problems), *report.problems]
    for line in (*problems, *report.notes):
        say(line)
    say(
        f"{report.pages} files: {report.written} written, {report.unchanged} unchanged, {report.removed} removed;"
        f" {_count(tree.posts, 'post')} of {_count(planet.authors, 'author')}"
        + (f", as of commit {then.commit[:12]}" if then else "")
    )
    return EXPLAINED if arguments.strict and problems else DONE


def run_serve(arguments: argparse.Namespace) -> int:
    arguments.out, arguments.base_url, arguments.at, arguments.strict = None, "", None, False
    run_build(arguments)
    return _serve_folder(arguments.root.resolve() / "_site", arguments.port)


def _serve_folder(folder: Path, port: int) -> int:
    try:
        server = make_server(folder, port=port)
    except OSError as error:
        raise PlanetError(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
    with server:
        say(f"http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
        server.serve_forever()
    return DONE


def run_history(arguments: argparse.Namespace) -> int:
    """Tells the life of one post."""
    with Log(arguments.root.resolve()) as log:
        chains = history.chains(log.records(), log.texts)
        path = history.find(arguments.post, chains)
        texts = log.texts(step.touch.after for step in chains[path] if step.touch.after)
    for line in history.tell(history.life(path, chains[path], texts)):
        say(line)
    return DONE


def run_verify(arguments: argparse.Namespace) -> int:
    """Tells who changed posts by hand, and what is wrong."""
    verdict = verify(arguments.root.resolve())
    for line in (*verdict.people, *verdict.faults):
        say(line)
    found = _count(verdict.faults, "fault") if verdict.faults else "all is as the log tells it"
    say(f"{verdict.posts} posts, {verdict.commits} commits: {found}")
    return EXPLAINED if verdict.faults else DONE


def run_doctor(arguments: argparse.Namespace) -> int:
    if arguments.feed.startswith(("http://", "https://")):
        seen = doctor.visit(arguments.feed, _fetch_settings(arguments.root.resolve()))
    else:
        seen = doctor.open_file(Path(arguments.feed))
    patients = doctor.examine(seen.feed, arguments.feed, arguments.clock)
    if arguments.show:
        return _show(patients, arguments.show)
    for line in [*map(str, doctor.findings(seen, arguments.clock)), "", *map(doctor.told, patients)]:
        say(line)
    return DONE


def _show(patients: Sequence[doctor.Patient], guid: str) -> int:
    found = [patient for patient in patients if guid in (patient.entry.guid, patient.entry.link)]
    if not found:
        raise PlanetError(
            f"the feed has no entry {guid!r}; its entries are {', '.join(p.entry.guid for p in patients)}"
        )
    say(posts.to_text(found[0].post))
    say("\n".join(found[0].differences) or "The post shows every word of the feed.")
    return DONE


def run_add(arguments: argparse.Namespace) -> int:
    """Finds the feed of a site and writes its author file."""
    root = arguments.root.resolve()
    planet = _planet(root)
    best, *others = discover.find(arguments.url, planet.fetch)
    path = root / "authors" / f"{arguments.nick or discover.nick_for(arguments.url)}.yaml"
    if path.exists():
        raise PlanetError(f"authors/{path.name} is there already; edit it, or choose another name with --nick")
    path.write_text(hint(root) + discover.author_file(best, name=arguments.name), "utf-8")
    try:
        _planet(root)
    except PlanetError:
        path.unlink()
        raise
    say(f"authors/{path.name} subscribes to {best.url}: {best.feed.title}, {len(best.feed.entries)} entries")
    for other in others:
        say(f"not taken: {other.url} ({other.label or other.feed.title})")
    return DONE


def run_demo(arguments: argparse.Namespace) -> int:
    with Blogosphere() as blogs:  # alive to the end: the posts' pictures come from there
        root = play(blogs, say=say)
        return DONE if arguments.once else _serve_folder(root / "_site", arguments.port)


def _planet(root: Path) -> Planet:
    return config.load(root, version=__version__)


def _fetch_settings(root: Path) -> FetchSettings:
    """The planet's own, where there is one: it may allow private networks."""
    return _planet(root).fetch if (root / "pyproject.toml").is_file() else FetchSettings()


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
