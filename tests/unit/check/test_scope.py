"""What a proposal may touch: one author file and its picture, as plain files; all else is named."""

import pytest

from generator.check.findings import Finding, Level
from generator.check.scope import MAX_PICTURE, misplaced, plain, scope, sort_out
from generator.config import MAX_BYTES
from generator.git import NOTHING, REGULAR, Proposed

KIM, LARRY, FACE = "authors/kim.yaml", "authors/larry.yaml", "authors/kim.png"
AUTHOR = b"name: Kim\nfeeds:\n  - url: https://kim.example/feed\n"


def put(path: str, content: bytes | None = b"", mode: str = REGULAR) -> Proposed:
    return Proposed(path=path, mode=mode, size=len(content or b""), content=content)


def said(*files: Proposed, vouched: bool = False) -> list[Finding]:
    return list(scope(sort_out(files), vouched=vouched))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (KIM, "authors"),
        ("authors/kim.yml", "authors"),
        ("authors/Kim B.yaml", "authors"),
        ("authors/sub/kim.yaml", "others"),
        ("authors/kim.yaml.txt", "others"),
        ("x/authors/kim.yaml", "others"),
        ("authors/.yaml", "others"),
        *((f"authors/kim.{suffix}", "pictures") for suffix in ("png", "jpg", "jpeg", "webp", "gif")),
        ("authors/kim.svg", "others"),
        ("authors/sub/kim.png", "others"),
        ("authors/kim.png.exe", "others"),
        ("x/authors/kim.png", "others"),
        ("kim.png", "others"),
    ],
)
def test_a_file_is_what_its_path_says(path: str, kind: str) -> None:
    file = put(path)
    files = sort_out([file])
    by_kind = {"authors": files.authors, "pictures": files.pictures, "others": files.others}
    assert by_kind == {name: (file,) if name == kind else () for name in by_kind}


def test_an_author_file_and_its_picture_are_what_a_proposal_is_for() -> None:
    assert said(put(KIM, AUTHOR)) == []
    assert said(put(KIM, AUTHOR), put(FACE)) == []
    assert said(put(FACE), put("authors/kim.jpg")) == []
    assert said(put(KIM, None, NOTHING)) == []


def test_one_author_file_at_a_time() -> None:
    remarks = said(put(KIM), put(LARRY), put("authors/new.yaml"))
    reason = f"this pull request changes {KIM} as well"
    assert [(remark.level, remark.file, remark.reason) for remark in remarks] == [
        (Level.ERROR, LARRY, reason),
        (Level.ERROR, "authors/new.yaml", reason),
    ]
    assert {remark.level for remark in said(put(KIM), put(LARRY), vouched=True)} == {Level.WARNING}


@pytest.mark.parametrize("path", ["README.md", "posts/a.md", "theme/base.html", ".github/workflows/a.yml"])
def test_what_concerns_no_author_is_for_a_reviewer_alone(path: str) -> None:
    first, *rest = said(put(path))
    assert first.level is Level.NOTICE
    assert str(first) == "authors: no author file is changed, so there is nothing to check"
    assert {remark.level for remark in rest} <= {Level.WARNING}
    (beside,) = said(put(KIM, AUTHOR), put(path))
    assert (beside.level, beside.file) == (Level.ERROR, path)
    assert beside.reason.startswith("this lies outside authors/")
    assert beside.remedy == "open a pull request of its own for it"
    (beside,) = said(put(KIM, AUTHOR), put(path), vouched=True)
    assert (beside.level, beside.remedy) == (Level.WARNING, "a maintainer vouches for it")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("posts/kim/a.md", "the archive itself"),
        ("theme/base.html", "what every page of the site shows or runs"),
        ("pyproject.toml", "the planet's settings"),
        (".github/workflows/a.yml", "what runs with the planet's rights"),
        (".forgejo/workflows/a.yml", "what runs with the planet's rights"),
        (".gitea/workflows/a.yml", "what runs with the planet's rights"),
        (".gitlab-ci.yml", "what runs with the planet's rights"),
        (".ci/run", "what runs with the planet's rights"),
        ("action.yml", "what runs with the planet's rights"),
        ("generator/cli.py", "the program of the planet"),
        ("README.md", ""),
        ("x/posts/a.md", ""),
    ],
)
def test_a_reviewer_hears_what_a_file_can_do(path: str, what: str) -> None:
    _, *alone = said(put("README.md"), put(path), put(path + "2"))
    assert [(remark.level, remark.file) for remark in alone] == ([(Level.WARNING, path)] if what else []), "once"
    assert all(f"this changes {what}" in remark.reason for remark in alone)
    (beside,) = said(put(KIM), put(path))
    assert beside.reason.partition(":")[0] == "this lies outside authors/" + (f", and changes {what}" if what else "")


@pytest.mark.parametrize("path", ["author/kim.txt", "Authors/kim.yaml", "AUTHOR/x", "authorss/x"])
def test_what_lies_in_some_folder_of_authors_is_meant_for_it(path: str) -> None:
    remedy = "name it like authors/larry.yaml"
    expected = (Level.ERROR, path, "this is neither an author file nor a picture", remedy)
    for remarks in (said(put(path)), list(misplaced([put(path)]))):
        assert [(remark.level, remark.file, remark.reason, remark.remedy) for remark in remarks] == [expected]
    assert list(misplaced([put(path, None, NOTHING), put("x/" + path), put("readme/authors")])) == []


def test_whoever_tidies_authors_up_does_it_by_itself() -> None:
    assert said(put("authors/notes.txt", None, NOTHING))[0].level is Level.NOTICE
    (beside,) = said(put(KIM, AUTHOR), put("authors/notes.txt", None, NOTHING))
    assert (beside.level, beside.reason) == (Level.ERROR, "this is neither an author file nor a picture")


@pytest.mark.parametrize(
    ("path", "nick"),
    [
        ("kim.yaml", "kim"),
        ("Kim.YAML", "kim"),
        ("planet/kim.yml.txt", "kim"),
        ("authors/sub/kim.yaml", "kim"),
        ("Kim B.yaml", "your-nick"),
        ("-.yaml", "your-nick"),
        ("ümit.yaml", "your-nick"),
    ],
)
def test_an_author_file_in_the_wrong_place_is_seen_by_what_it_says(path: str, nick: str) -> None:
    (remark,) = misplaced([put(path, AUTHOR)])
    assert (remark.level, remark.file) == (Level.ERROR, path)
    assert str(remark) == f"{path}: an author file lies here in vain; call it authors/{nick}.yaml"
    assert [remark.file for remark in said(put(path, AUTHOR))] == [path]


@pytest.mark.parametrize(
    "content",
    [
        b"feeds: []\n",
        b"name: Kim\nfeeds: https://kim.example/feed\n",
        b"name: Kim\n",
        b"- name\n- feeds\n",
        b"name: [",
        AUTHOR + b"#" * MAX_BYTES,
        None,
    ],
)
def test_other_yaml_is_nobody_s_file(content: bytes | None) -> None:
    assert list(misplaced([put("mkdocs.yml", content)])) == []


def test_an_author_file_of_the_greatest_length_is_seen() -> None:
    assert len(list(misplaced([put("kim.yml", AUTHOR + b"#" * (MAX_BYTES - len(AUTHOR)))]))) == 1
    assert len(list(misplaced([put("kim.yml", b"\xef\xbb\xbf" + AUTHOR.replace(b"Kim", b"K\xff"))]))) == 1


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (REGULAR, ""),
        (NOTHING, ""),
        ("120000", "this is a symbolic link; commit the text itself, not a link to it"),
        ("160000", "this is a submodule; commit a plain file"),
        ("100755", "this is marked as a program; commit it as a plain file (mode 644)"),
        ("100600", "git gives it the mode 100600; commit a plain file"),
    ],
)
def test_only_plain_files_are_read(mode: str, said: str) -> None:
    remarks = list(plain(Proposed(path=KIM, mode=mode, content=b"")))
    assert [(remark.level, str(remark)) for remark in remarks] == ([(Level.ERROR, f"{KIM}: {said}")] if said else [])


@pytest.mark.parametrize(
    ("path", "limit"), [(KIM, MAX_BYTES), (FACE, MAX_PICTURE), ("authors/kim.png.yaml", MAX_BYTES)]
)
def test_a_file_has_a_size(path: str, limit: int) -> None:
    assert MAX_PICTURE == 102_400
    assert list(plain(Proposed(path=path, mode=REGULAR, size=limit))) == []
    (remark,) = plain(Proposed(path=path, mode=REGULAR, size=limit + 1))
    assert (remark.level, str(remark)) == (
        Level.ERROR,
        f"{path}: this is {limit + 1} bytes long; keep it below {limit}",
    )
    assert list(plain(Proposed(path=path, mode=NOTHING, size=limit + 1))) == []
