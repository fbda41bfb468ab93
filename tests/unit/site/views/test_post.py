"""What templates see of a post."""

from zoneinfo import ZoneInfo

import pytest

from generator import site
from generator.site.views.author import view_author
from generator.site.views.edits import view_life
from generator.site.views.post import PostView
from tests.support.sample_site import make_author, make_planet, make_post


def view(**fields: object) -> PostView:
    post = make_post(**fields)
    return PostView(
        source=post,
        author=view_author(make_author("mgorny", "Michał Górny"), ""),
        tagged=(),
        life=view_life(None, post, ZoneInfo("UTC")),
        planet=make_planet(),
        bodies=lambda head: site.render_body(post),
    )


@pytest.mark.parametrize(
    ("byline", "shown"),
    [("", ""), ("Michał Górny", ""), ("mgorny", ""), ("M. Górny", ""), ("Jane Doe", "Jane Doe")],
)
def test_a_byline_is_somebody_else_than_the_member_by_today_s_name_and_by_an_older_one(byline: str, shown: str) -> None:
    assert view(author="M. Górny", byline=byline).byline == shown
