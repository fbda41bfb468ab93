"""Languages: what was told, and what can be guessed."""

import pytest

from generator.plan import language

ENGLISH = "The compiler was slow today, so I made tea, read the news, and wrote a patch that nobody had asked for. "
POLISH = "Kompilator był dziś powolny, więc zrobiłem herbatę, przeczytałem wiadomości i napisałem łatkę dla nikogo. "
JAPANESE = "今日はコンパイラが遅かったので、お茶を入れてニュースを読み、誰にも頼まれていないパッチを書きました。"


@pytest.mark.parametrize(
    ("tags", "tag"),
    [
        (("en",), "en"),
        (("en-us",), "en-US"),
        (("zh-hant-TW",), "zh-Hant-TW"),
        (("pt_BR",), "pt-BR"),
        (("", "de"), "de"),
        (("english", "de"), "de"),
        (("<b>", "e", "en us"), ""),
    ],
)
def test_the_first_tag_that_is_one_counts(tags: tuple[str, ...], tag: str) -> None:
    assert language.first_tag(*tags) == tag


@pytest.mark.parametrize(("text", "tag"), [(ENGLISH, "en"), (POLISH, "pl"), (JAPANESE, "ja")])
def test_long_texts_can_be_guessed(text: str, tag: str) -> None:
    assert language.guess(text * 3) == tag


@pytest.mark.parametrize("text", ["", ENGLISH[:60], "1234567890 " * 50, "emerge -av"])
def test_short_texts_are_not_guessed(text: str) -> None:
    assert language.guess(text) == ""


def test_english_is_believed_only_of_texts_that_can_be() -> None:
    assert language.is_unsure(JAPANESE, "en-US")
    assert not language.is_unsure(ENGLISH, "en-US")
    assert not language.is_unsure(JAPANESE, "de")
    assert language.is_unsure(POLISH, "")
