"""Forbidden addresses, by the predicate alone: nobody is called."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.fetch.networks import allowed, forbidden
from tests.crash.forbidden_addresses import SPELLINGS, numeric

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 168.63.129.15 168.63.129.17
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0
198.17.255.255 198.20.0.0 223.255.255.255 185.199.108.153 134744072 0x8080808
2000::1 2001:200::1 2001:4860:4860::8888 2001:db7:ffff::1 2001:db9::1 2003::1 2606:50c0:8000::153 2a00:1450::1
3ffe::1 3fff:1000::1 ::ffff:8.8.8.8
""".split()


def test_the_table_is_long_enough():
    assert len(set(SPELLINGS)) >= 80


@pytest.mark.parametrize("text", SPELLINGS)
def test_forbidden_in_every_spelling(text):
    assert forbidden(numeric(text)) != ""


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_pass(text):
    assert forbidden(numeric(text)) == ""


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0177.0.0.1", "2130706433", "1.1.1.1 ", "[::1]", "1.1.1.1:80"]
)
def test_what_is_no_address_is_forbidden(text):
    assert forbidden(text) == "not an address"


@pytest.mark.parametrize(
    ("ip", "words"),
    [
        ("127.0.0.1", "this machine itself"),
        ("::ffff:10.0.0.1", "a private network"),
        ("169.254.169.254", "the local link"),
        ("168.63.129.16", "a cloud's inner service"),
        ("64:ff9b::7f00:1", "an IPv4 address in disguise (NAT64)"),
        ("5f00::1", "a reserved range"),
        ("240.0.0.1", "a reserved range"),
    ],
)
def test_the_reason_is_named(ip, words):
    assert forbidden(ip) == words


def test_settings_may_allow_a_network():
    networks = ("127.0.0.0/8", "fd00::/8")
    assert forbidden("127.9.9.9", networks) == ""
    assert forbidden("::ffff:127.0.0.1", networks) == ""
    assert forbidden("fd12::1", networks) == ""
    assert forbidden("10.0.0.1", networks) == "a private network"
    assert allowed("127.0.0.1", networks)
    assert not allowed("8.8.8.8", networks)
    assert not allowed("localhost", networks)


def test_a_host_address_stands_for_its_network():
    assert forbidden("10.1.2.3", ("10.0.0.1/8",)) == ""


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_like_the_plain_one(address):
    mapped = ipaddress.IPv6Address(b"\x00" * 10 + b"\xff\xff" + address.packed)
    assert forbidden(str(mapped)) == forbidden(str(address))


@given(st.ip_addresses())
def test_never_more_generous_than_the_standard_library(address):
    plain = getattr(address, "ipv4_mapped", None) or address
    if not plain.is_global or plain.is_multicast:
        assert forbidden(str(address)) != ""
