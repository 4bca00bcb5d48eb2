"""Web addresses: which may be requested, which machines may be connected to, and what a page is called here."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from footnote_index.web.fetch_errors import Unfetched

_LONGEST = 2000
_LONGEST_ID = 160
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid")
_UNSAFE = re.compile(r"[^\w.~-]+")
_NAT64 = IPv6Network("64:ff9b::/96")

# Written out: what Python calls global differs between its patch levels.
_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a provider's customers; a cloud's metadata
            "127.0.0.0/8",  # this machine
            "168.63.129.16/32",  # the host of a machine at Azure
            "169.254.0.0/16",  # this link; a cloud's metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocols; a cloud's metadata
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays to IPv6, given up
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # measurements
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # groups
            "240.0.0.0/4",  # reserved, and everybody
        ),
    )
)
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "::/3",  # none, this machine, IPv4 in other forms, discarded
            "2001::/23",  # protocols
            "2001:db8::/32",  # documentation
            "2002::/16",  # relays from IPv4, whose content is not checked
            "3fff::/20",  # documentation
            "4000::/2",  # not assigned
            "8000::/2",
            "c000::/3",
            "e000::/4",
            "f000::/5",
            "f800::/6",
            "fc00::/7",  # private; a cloud's metadata
            "fe00::/9",
            "fe80::/10",  # this link
            "fec0::/10",  # this site
            "ff00::/8",  # groups
        ),
    )
)
_OF_NOBODY = {socket.AF_INET: "198.51.100.1", socket.AF_INET6: "2001:db8::5"}
"""Addresses that no machine has: if we can listen there, we can listen anywhere, so it proves nothing."""


def checked(address: str | URL) -> URL:
    """In normal form: host in ASCII, no fragment, no parameters that only track. yarl parses it, as in aiohttp: what is
    checked is what is requested.

    Raises Unfetched when it must not be fetched. The reason does not repeat the address: it may contain a password.
    """
    text = str(address).strip()
    if len(text) > _LONGEST or _UNSEEN.search(text):
        raise Unfetched("it is not an address")
    try:
        url = URL(text).with_fragment(None)
        host = url.host
    except ValueError as error:
        raise Unfetched("it is not an address") from error
    if url.scheme not in {"http", "https"} or not host:
        raise Unfetched("it does not begin with http:// or https:// and a host")
    if url.user is not None or url.password is not None:
        raise Unfetched("it contains a user name or a password, which would be shown as its source")
    kept = [(name, value) for name, value in url.query.items() if not _TRACKERS.fullmatch(name)]
    return url if len(kept) == len(url.query) else url.with_query(kept or None)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet: not to this machine, this network, a multicast group or nobody. An
    IPv6 address that maps to an IPv4 address is as public as that one.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (inner := _inside(ip)):
        return is_public(str(inner))
    ranges = _NOT_PUBLIC_4 if isinstance(ip, IPv4Address) else _NOT_PUBLIC_6
    return not any(ip in one for one in ranges) and not is_of_this_machine(str(ip))


def is_of_this_machine(address: str) -> bool:
    """Whether this machine has an IP address, in any network: only then can it listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return _can_listen_at(address, family) and not _can_listen_at(_OF_NOBODY[family], family)


def _can_listen_at(address: str, family: socket.AddressFamily) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def connectable(*, allow_private: bool) -> Callable[[str], bool]:
    """Decides which IP addresses a connection may go to."""
    return (lambda _address: True) if allow_private else is_public


def _inside(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def article_id(url: URL) -> str:
    """`web/HOST/PATH`, the same for http and https. If that leaves something out, it ends in a short hash."""
    host = url.host or ""
    port = "" if url.is_default_port() else f"_{url.port}"
    steps = [_UNSAFE.sub("-", step).strip(".-") for step in url.path.split("/") if step]
    path = "/".join(step for step in steps if step)
    shown = _UNSAFE.sub("-", host)
    readable = f"web/{shown}{port}/{path or 'index'}"
    plain = f"/{path}"
    is_all = shown == host and url.path in {plain, f"{plain}/"} and not url.raw_query_string
    if not is_all or len(readable) > _LONGEST_ID:
        digest = hashlib.sha256(f"{host}{port}{url.raw_path_qs}".encode()).hexdigest()[:8]
        return f"{readable[:_LONGEST_ID].rstrip('/')}-{digest}"
    return readable
