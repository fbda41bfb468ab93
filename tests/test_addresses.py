"""Forbidden addresses, by the predicate alone: nobody is called."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import allowed, forbidden

SPELLINGS = """
127.0.0.1 127.0.0.2 127.255.255.255 127.1 127.0.1 0x7f.1 0x7f.0.0.1 0x7f000001 0X7F000001 0177.0.0.1 0177.1
017700000001 2130706433 127.0.0.01 0 0.0 0.0.0.0 0x0 00 0.1.2.3
10.0.0.1 10.255.255.255 10.1 012.0.0.1 167772161 0xa000001 172.16.0.1 172.31.255.255 172.16.1 0xac100001
192.168.0.1 192.168.1 3232235521 0xc0a80001 0300.0250.0.1 100.64.0.1 100.127.255.254 100.100.100.200
169.254.169.254 169.254.0.1 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 168.63.129.16 2822734096
192.0.0.1 192.0.0.9 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 224.0.1.1 239.255.255.250 232.1.1.1 240.0.0.1 255.255.255.255 4294967295 0xffffffff
::1 ::0 :: 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::127.0.0.1 ::7f00:1 ::10.0.0.1
::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:10.0.0.1 ::ffff:0:0 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1:fffe::10.0.0.1
2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe:: 2002:808:808::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1
2001:db8::1 2001:1ff:ffff::1 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fdff:ffff::1
fe80::1 fe80::1%1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1 ff05::1:3 100::1 200::1 400::1 4000::1 8000::1
""".split()

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 168.63.129.15 168.63.129.17
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0
198.17.255.255 198.20.0.0 223.255.255.255 185.199.108.153 134744072 0x8080808
2000::1 2001:200::1 2001:4860:4860::8888 2001:db7:ffff::1 2001:db9::1 2003::1 2606:50c0:8000::153 2a00:1450::1
3ffe::1 3fff:1000::1 ::ffff:8.8.8.8
""".split()


def numeric(text: str) -> str:
    """The address that the C library reads in a spelling, as a connection would use it."""
    found = socket.getaddrinfo(text, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return str(found[0][4][0])


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
