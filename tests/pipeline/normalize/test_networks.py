"""Where a link to a network leads."""

from __future__ import annotations

import pytest

from pipeline.normalize.networks import Place, network_place


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("https://t.me/kp", "channel"),
        ("https://www.instagram.com/kp/", "channel"),
        ("//youtube.com/@kp", "channel"),
        ("https://www.facebook.com/groups/123", "channel"),
        ("https://whatsapp.com/channel/0029", "channel"),
        ("https://t.me/kp/123", "post"),
        ("https://m.facebook.com/kp/posts/1", "post"),
        ("https://x.com/kp/status/1", "post"),
        ("https://youtu.be/x", "post"),
        ("https://vk.com/wall-1_2", "post"),
        ("https://t.me/share/url?url=https://x.example", "share"),
        ("https://www.facebook.com/sharer.php?u=x", "share"),
        ("https://twitter.com/intent/tweet?text=x", "share"),
        ("https://api.whatsapp.com/send?text=x", "share"),
        ("https://not.me/kp", None),
        ("https://kazpravda.kz/n/t.me/", None),
        ("/n/t.me/", None),
        ("http://[", None),
        ("mailto:a@t.me", None),
    ],
)
def test_a_link_is_a_channel_a_post_or_shares(href: str, place: Place | None) -> None:
    assert network_place(href) == place
