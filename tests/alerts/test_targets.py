"""Whom to tell: checked when it is read, and no secret in the file, the database or a message."""

import pytest

from almasalla_crawler.alerts.targets import Target, read_alerts


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1:9000/",
        "mailtos://${USER}:${PASSWORD}@example.org",
        "tgram://${TOKEN}/123",
        "${ALERT_URL}",
        "ntfy://news",
    ],
)
def test_an_address_without_a_secret_is_taken(url: str) -> None:
    assert read_alerts({"urls": [url]}).targets == (Target(url),)


@pytest.mark.parametrize(
    "url",
    ["mailtos://desk:hunter2@example.org", "tgram://12345:AAEabc/9", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
     "jsons://hooks.example.org/?token=abc"],
)  # fmt: skip
def test_an_address_with_a_secret_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match=r"alerts\.urls\[0\]: a secret stands in the file") as raised:
        read_alerts({"urls": [url]})
    assert url.partition("://")[2] not in str(raised.value)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"url": "json://a"}, "alerts.url"),
        ({"urls": "json://a"}, "alerts.urls"),
        ({"urls": ["someone"]}, r"alerts.urls\[0\]"),
        ({"level": "all"}, "alerts.level"),
        ({"timeout": 0}, "alerts.timeout"),
        ({"timeout": True}, "alerts.timeout"),
    ],
    ids=["unknown", "no list", "no address", "level", "timeout", "bool"],
)
def test_what_cannot_be_meant_is_named(table: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=key):
        read_alerts(table)


def test_an_address_is_filled_in_from_the_environment() -> None:
    assert Target("tgram://${TOKEN}/9").address({"TOKEN": "a:b"}) == "tgram://a:b/9"
    with pytest.raises(KeyError, match="TOKEN"):
        Target("tgram://${TOKEN}/9").address({})


def test_the_database_names_a_target_without_its_address() -> None:
    assert "news" not in Target("ntfy://news").digest
    assert Target("ntfy://news").digest != Target("ntfy://news2").digest
