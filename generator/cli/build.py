"""Parsed words of the commands that make a site and show it → done and told. Loads no more than they need."""

import argparse
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from generator import __version__, cache, config
from generator.build import incremental
from generator.build.incremental import UNKNOWN, InputsKey, inputs_key, made_by
from generator.build.output import Manifest
from generator.build.report import BuildReport
from generator.build.watch import Changes, file_states, watch_files
from generator.cli.output import count, print_line
from generator.errors import PlanetError
from generator.git.snapshot import Snapshot, take_snapshot
from generator.models import Planet

DONE, EXPLAINED = 0, 1


def run_build(arguments: argparse.Namespace) -> int:
    """Of the work tree, or of the planet as it was at `--at`."""
    root = arguments.root.resolve()
    if not arguments.at:
        return _build(arguments, root, None)
    with take_snapshot(root, arguments.at) as then:
        return _build(arguments, root, then)


def _build(arguments: argparse.Namespace, root: Path, then: Snapshot | None) -> int:
    planet = config.load(then.folder if then else root, version=__version__)
    if arguments.base_url:
        planet = replace(planet, url=arguments.base_url.rstrip("/") + "/")
    maker = made_by(root)
    folder = Manifest(arguments.out or root / "_site", root / cache.FOLDER, maker)
    made_of, left = (UNKNOWN, False) if then else _state(root, maker, planet.url, folder)
    same = made_of.tree and folder.made_of[:1] == (made_of.tree,) and left
    if same and folder.made_of == made_of:
        print_line(f"{folder.files} files: nothing has changed")
        return DONE
    from generator.build.pipeline import build_states

    standing = incremental.recall_totals(root, made_of.tree) if same else None
    if standing is None:
        report, told = _whole(planet, root, folder, then, made_of)
    else:
        report = build_states(planet, standing, root=root, folder=folder, made_of=made_of)
        told = "only how feeds are has changed"
    for line in report.lines(told):
        print_line(line)
    return EXPLAINED if arguments.strict and report.problems else DONE


def _whole(
    planet: Planet, root: Path, folder: Manifest, then: Snapshot | None, made_of: InputsKey
) -> tuple[BuildReport, str]:
    """Builds all of the site, and says of what."""
    from generator.archive import index
    from generator.build.pipeline import FEW, build
    from generator.build.theme import Theme

    (root / cache.FOLDER).mkdir(exist_ok=True)
    theme = Theme(root, planet.spoken)
    if folder.files >= FEW:
        theme.begin()  # while the posts are read
    tree = index.read(then.folder if then else root)
    report = build(
        planet,
        tree.heads,
        root=root,
        out=folder,
        versions=tree.versions,
        then=then,
        made_of=UNKNOWN if tree.problems else made_of,
        theme=theme,
    )
    report = replace(report, problems=(*map(str, tree.problems), *report.problems))
    told = f"{count(tree.heads, 'post')} of {count(planet.authors, 'author')}"
    return report, told + (f", as of commit {then.commit[:12]}" if then else "")


def _state(root: Path, maker: str, url: str, folder: Manifest) -> tuple[InputsKey, bool]:
    """The stamp of the planet, and whether the folder is as it was left: git tells one while we look at the other."""
    with ThreadPoolExecutor(1) as helper:
        told = helper.submit(inputs_key, root, maker, url)
        left = folder.is_left()
        return told.result(), left


def run_serve(arguments: argparse.Namespace) -> int:
    """Serves the site as the files are now, and tells its pages to load themselves again after each change of one."""
    from generator.build.on_demand import Preview

    root, changes, end = arguments.root.resolve(), Changes(), threading.Event()
    before = file_states(root)
    preview = Preview(root, version=__version__, say=print_line)

    def again(changed: set[str]) -> None:
        preview.change(changed)
        changes.tell()

    watcher = threading.Thread(target=watch_files, args=(root, before, again, end))
    watcher.start()
    try:
        return _serve(preview.file, arguments.port, changes)
    finally:
        end.set()
        watcher.join()


def run_demo(arguments: argparse.Namespace) -> int:
    from generator.build.server import files_in
    from generator.setup.demo import Blogosphere  # nobody else waits for it
    from generator.setup.demo.run import play

    with Blogosphere() as blogs:  # alive to the end: the posts' pictures come from there
        root = play(blogs, say=print_line)
        return DONE if arguments.once else _serve(files_in(root / "_site"), arguments.port)


def _serve(files: Callable[[str], bytes | None], port: int, changes: Changes | None = None) -> int:
    from generator.build.server import make_server

    try:
        server = make_server(files, port=port, changes=changes)
    except OSError as error:
        raise PlanetError(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
    with server:
        print_line(f"http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
        server.serve_forever()
    return DONE
