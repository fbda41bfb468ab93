"""`gitplanet serve`: show the site on this machine while it is written."""

import argparse
import threading
from collections.abc import Callable

from generator.build import Changes, file_states, watch_files
from generator.cli import DONE
from generator.cli.output import print_line
from generator.errors import PlanetError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Serve the site as the files are now, and tell its pages to load themselves again after each change of one."""
    from generator.build.on_demand import Preview

    root, changes, end = args.root.resolve(), Changes(), threading.Event()
    before = file_states(root)
    preview = Preview(root, say=print_line)

    def again(changed: set[str]) -> None:
        preview.change(changed)
        changes.notify()

    watcher = threading.Thread(target=watch_files, args=(root, before, again, end))
    watcher.start()
    try:
        return serve_files(preview.file, args.port, changes)
    finally:
        end.set()
        watcher.join()


def serve_files(files: Callable[[str], bytes | None], port: int, changes: Changes | None = None) -> int:
    from generator.build.server import make_server

    try:
        server = make_server(files, port=port, changes=changes)
    except OSError as error:
        raise PlanetError(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
    with server:
        print_line(f"http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
        server.serve_forever()
    return DONE
