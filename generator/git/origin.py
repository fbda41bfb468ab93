"""Find out where a folder's repository came from, and at which commit it is. Main function: `origin_of`."""

from pathlib import Path

from git import GitError, Repo


def origin_of(folder: Path) -> tuple[str, str]:
    """Return the address of the remote `origin` and the commit that is checked out; empty where there is no
    repository.
    """
    try:
        with Repo(folder) as repo:
            return next((remote.url for remote in repo.remotes if remote.name == "origin"), ""), repo.head.commit.hexsha
    except (GitError, ValueError, OSError):
        return "", ""
