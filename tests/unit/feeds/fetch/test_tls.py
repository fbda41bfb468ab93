"""Certificates: what is wrong with one is named, and nothing is fetched without a good one."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from generator.feeds.fetch import FetchError, Network, fetch
from generator.models import FetchSettings
from tests.support.servers import Call, Server, answer

SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=10)
AUTHORITY = """
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = policy
copy_extensions = copy
x509_extensions = site_extensions
unique_subject = no
[policy]
commonName = supplied
[req]
distinguished_name = name
[name]
[site_extensions]
authorityKeyIdentifier = keyid
[authority_extensions]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
"""
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "ca.cnf"]
EVER = "20450101000000Z"

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made with openssl")


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A folder with an authority of our own: ca.pem, and a second one that nobody trusts."""
    folder = tmp_path_factory.mktemp("tls")
    (folder / "ca.cnf").write_text(AUTHORITY)
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("1000\n")
    for name in ("ca", "other"):
        run(folder, "req", "-x509", *KEY, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem",
            "-days", "2", "-extensions", "authority_extensions")  # fmt: skip
    return folder


def run(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certificate(
    folder: Path, *, name: str = "blog.test", start: str = "20200101000000Z", end: str = EVER, signer: str = "ca"
) -> ssl.SSLContext:
    """A server's context with a certificate for a name, valid between two times, by a signer."""
    run(folder, "req", *KEY, "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", "site.key",
        "-out", "site.csr")  # fmt: skip
    run(folder, "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", f"{signer}.pem", "-keyfile", f"{signer}.key",
        "-in", "site.csr", "-out", "site.pem", "-startdate", start, "-enddate", end)  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "site.pem", folder / "site.key")
    return context


def network(folder: Path) -> Network:
    trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    return Network(resolver=lambda host: ["127.0.0.1"], tls=trust)


def test_a_good_certificate_passes_and_the_host_is_named(authority):
    with Server({"/feed": answer("200 OK", body=b"<rss/>")}, tls=certificate(authority)) as server:
        response = fetch(server.at("/feed", "blog.test"), settings=SETTINGS, network=network(authority))
        assert server.calls[0].fields[0] == ("Host", f"blog.test:{server.port}")
    assert response.body == b"<rss/>"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"end": "20200201000000Z"}, "has expired"),
        ({"start": "20440101000000Z"}, "is not valid yet"),
        ({"name": "other.test"}, "belongs to another host"),
        ({"signer": "other"}, "cannot be traced to a known authority"),
    ],
)
def test_a_bad_certificate_is_named_and_nothing_is_sent(authority, wrong, words):
    with Server({}, tls=certificate(authority, **wrong)) as server, pytest.raises(FetchError, match=words) as caught:
        fetch(server.at("/", "blog.test"), settings=SETTINGS, network=network(authority))
    assert server.calls == []
    assert caught.value.status == 0


def test_a_self_signed_certificate_is_named(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "other.pem", authority / "other.key")
    with Server({}, tls=context) as server, pytest.raises(FetchError, match="is self-signed"):
        fetch(server.at("/", "blog.test"), settings=SETTINGS, network=network(authority))


def test_our_own_authority_is_not_a_public_one(authority):
    public = Network(resolver=lambda host: ["127.0.0.1"])
    with Server({}, tls=certificate(authority)) as server, pytest.raises(FetchError, match="certificate"):
        fetch(server.at("/", "blog.test"), settings=SETTINGS, network=public)


def test_a_server_without_tls_is_not_asked_in_clear(authority):
    with Server({"/": answer("200 OK")}, greeting=answer("400 Bad Request")) as server:
        url = server.at("/", "blog.test").replace("http:", "https:")
        with pytest.raises(FetchError, match="safe encryption"):
            fetch(url, settings=SETTINGS, network=network(authority))
    assert server.calls == []


def test_outdated_tls_is_refused(authority):
    context = certificate(authority)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with Server({}, tls=context) as server, pytest.raises(FetchError, match="safe encryption"):
        fetch(server.at("/", "blog.test"), settings=SETTINGS, network=network(authority))


@pytest.mark.parametrize("behaviour", [Call.hold, lambda call: call.drip(b"HTTP/1.1 100 Continue\r\n\r\n")])
def test_a_slow_server_ends_at_the_deadline_with_tls_too(authority, behaviour):
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.5)
    context = certificate(authority)
    with Server({"/": behaviour}, tls=context) as server, pytest.raises(FetchError, match="did not arrive in the time"):
        fetch(server.at("/", "blog.test"), settings=settings, network=network(authority))


def test_a_handshake_that_stops_ends_at_the_deadline(authority):
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.5)
    with Server({}) as server, pytest.raises(FetchError, match="did not arrive in the time"):
        fetch(server.at("/", "blog.test").replace("http:", "https:"), settings=settings, network=network(authority))
