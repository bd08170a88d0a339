"""The repository as a clone of it would have it: its root and the files git does not ignore."""

from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parents[2]

# Kept in Git's own folder and in no clone.
GIT = ".git"


def project_files() -> Iterator[Path]:
    """Every file of the repository, relative to its root. Git is not asked: it may be absent."""
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text().splitlines())
    yield from _files_below(Path(), ignored)


def top_level_names() -> set[str]:
    """The files and folders that lie at the top of a clone."""
    return {file.parts[0] for file in project_files()}


def _files_below(folder: Path, ignored: GitIgnoreSpec) -> Iterator[Path]:
    for entry in sorted((ROOT / folder).iterdir()):
        path = folder / entry.name
        if entry.name == GIT or ignored.match_file(f"{path}/" if entry.is_dir() else str(path)):
            continue
        if entry.is_dir():
            yield from _files_below(path, ignored)
        else:
            yield path
