"""A certificate that nobody vouches for is not believed."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.utils.defer import deferred_f_from_coro_f

from tests.downloader.conftest import Ask
from tests.servers.bad import BadServer


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of 127.0.0.1, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "certificate.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@deferred_f_from_coro_f
async def test_a_certificate_signed_by_itself_is_a_tls_error(ask: Ask, certificate: Path) -> None:
    with BadServer({"/": lambda answer: answer.page()}, certificate) as server:
        spider = await ask((server.url("/"), {"dont_obey_robotstxt": True}))
    assert spider.came == {server.url("/"): ["tls_error"]}
    assert server.asked == []


@deferred_f_from_coro_f
async def test_the_same_page_comes_when_certificates_are_not_looked_at(ask: Ask, certificate: Path) -> None:
    with BadServer({"/": lambda answer: answer.page()}, certificate) as server:
        spider = await ask(server.url("/"), DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert spider.came == {server.url("/"): ["page"]}


@deferred_f_from_coro_f
async def test_a_site_that_sends_everything_to_https_is_read_there(ask: Ask, certificate: Path) -> None:
    rules = b"User-agent: *\nDisallow: /private\n"
    pages = {"/robots.txt": lambda answer: answer.page(rules, content_type="text/plain"), "/": lambda answer: answer.page()}
    with BadServer(pages, certificate) as secure:
        moved = {path: lambda answer: answer.redirect(secure.url(answer.asked.path)) for path in ("/robots.txt", "/", "/private")}
        with BadServer(moved) as plain:
            spider = await ask(plain.url("/"), plain.url("/private"), DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert [*spider.came.values()] == [["page"], ["robots_disallowed"]]
