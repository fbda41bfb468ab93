"""Say why an IP address must not be called on. Pure. Main function: `forbidden`.

`ipaddress.is_global` is not enough: it accepts multicast, 6to4, NAT64 and IPv4-compatible addresses that lead inside.
The ranges are those of the IANA special-purpose registries (RFC 6890), read strictly.
"""

import functools
import ipaddress

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SPECIAL = {
    "0.0.0.0/8": "this machine itself",
    "10.0.0.0/8": "a private network",
    "100.64.0.0/10": "a provider's inner network",
    "127.0.0.0/8": "this machine itself",
    "168.63.129.16/32": "a cloud's inner service",  # Azure's wire server: a public number that answers inside only
    "169.254.0.0/16": "the local link",
    "172.16.0.0/12": "a private network",
    "192.0.0.0/24": "a reserved range",
    "192.88.99.0/24": "a retired relay (6to4)",
    "192.168.0.0/16": "a private network",
    "198.18.0.0/15": "a range for measurements",
    "224.0.0.0/4": "many machines at once (multicast)",
    "::/128": "this machine itself",
    "::1/128": "this machine itself",
    "64:ff9b::/96": "an IPv4 address in disguise (NAT64)",
    "64:ff9b:1::/48": "an IPv4 address in disguise (NAT64)",
    "2001::/23": "a reserved range",
    "2001:db8::/32": "a range for documentation",
    "2002::/16": "an IPv4 address in disguise (6to4)",
    "3fff::/20": "a range for documentation",
    "fc00::/7": "a private network",
    "fe80::/10": "the local link",
    "ff00::/8": "many machines at once (multicast)",
}
_RANGES = tuple((ipaddress.ip_network(text), words) for text, words in _SPECIAL.items())
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")


def forbidden(ip: str, allow_networks: tuple[str, ...] = ()) -> str:
    """Return why nobody outside may send the planet to this address: a few words such as "a private network", else
    empty.

    `ip` is the text of a resolved address (`10.0.0.1`, `fe80::1%eth0`), never a name; what is no address is forbidden.
    """
    address = _read(ip)
    if address is None:
        return "not an address"
    if _inside(address, allow_networks):
        return ""
    special = next((words for network, words in _RANGES if address in network), "")
    if special:
        return special
    if address.version == 6:
        return "" if address in _PUBLIC_V6 else "a reserved range"
    return "" if address.is_global else "a reserved range"


def allowed(ip: str, networks: tuple[str, ...]) -> bool:
    """Return whether the planet's own settings name a network (CIDR) that holds this address."""
    address = _read(ip)
    return address is not None and _inside(address, networks)


def _read(ip: str) -> _Address | None:
    """Return the address that packets would go to: `::ffff:127.0.0.1` is 127.0.0.1."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _inside(address: _Address, networks: tuple[str, ...]) -> bool:
    return any(address in network for network in _parse(networks))


@functools.cache
def _parse(networks: tuple[str, ...]) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(text, strict=False) for text in networks)
