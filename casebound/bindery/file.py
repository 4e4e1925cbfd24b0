"""A PDF file being written: objects in object streams, a cross-reference stream (ISO 32000-2 7.5.7, 7.5.8)."""

from __future__ import annotations

import hashlib
import zlib

__all__ = ["ObjectFile"]

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CROWD = 200  # objects per object stream: few enough to read one page without unpacking the whole file
_LEVEL = 9


class ObjectFile:
    """Objects by number; the same calls give the same bytes."""

    def __init__(self) -> None:
        self._bodies: dict[int, bytes] = {}
        self._streams: dict[int, bytes] = {}
        self._shared: dict[bytes, int] = {}
        self._last = 0

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._last += 1
        return self._last

    def put(self, number: int, body: bytes) -> None:
        """Write an object under a reserved number."""
        self._bodies[number] = body

    def add(self, body: bytes) -> int:
        """Write an object and return its number."""
        number = self.reserve()
        self._bodies[number] = body
        return number

    def share(self, body: bytes) -> int:
        """As ``add``, but equal objects are written once."""
        if body not in self._shared:
            self._shared[body] = self.add(body)
        return self._shared[body]

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write encoded data under a reserved number; ``entries`` are those of its dictionary but the length."""
        end = b"\r\n" if data.endswith(b"\r") else b"\n"  # else readers take its last byte for the end of its line
        self._streams[number] = b"<<%b/Length %d>>\nstream\n%b%bendstream" % (entries, len(data), data, end)

    def add_stream(self, entries: bytes, data: bytes, compress: bool = True) -> int:
        """Write plain data, compressed where that makes it shorter, and return its number."""
        packed = zlib.compress(data, _LEVEL) if compress else data
        shorter = len(packed) + len(b"/Filter/FlateDecode") < len(data)
        number = self.reserve()
        if shorter:
            self.put_stream(number, entries + b"/Filter/FlateDecode", packed)
        else:
            self.put_stream(number, entries, data)
        return number

    def share_stream(self, data: bytes) -> int:
        """As ``add_stream`` without entries, but equal data are written once."""
        key = b"stream\n" + data
        if key not in self._shared:
            self._shared[key] = self.add_stream(b"", data)
        return self._shared[key]

    def share_packed(self, data: bytes) -> int:
        """A stream of compressed data; equal ones are written once."""
        key = b"packed\n" + data
        if key not in self._shared:
            self._shared[key] = number = self.reserve()
            self.put_stream(number, b"/Filter/FlateDecode", data)
        return self._shared[key]

    def finish(self, catalog: int, info: int) -> bytes:
        """The bytes of the file; the file identifier is a digest of its content (14.4)."""
        crowded = self._crowd()
        out = bytearray(_HEADER)
        offsets: dict[int, int] = {}
        for number in sorted(self._streams):
            offsets[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, self._streams[number])
        table = self.reserve()
        offsets[table] = start = len(out)
        rows, widths = self._rows(offsets, crowded)
        digest = hashlib.sha256(out).hexdigest()[:32].encode()
        entries = b"/Type/XRef/Size %d/W[1 %d 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode" % (
            table + 1, widths, catalog, info, digest, digest,
        )  # fmt: skip
        columns = widths + 3
        entries += b"/DecodeParms<</Predictor 12/Columns %d>>" % columns
        self.put_stream(table, entries, zlib.compress(_predicted(rows, columns), _LEVEL))
        out += b"%d 0 obj\n%b\nendobj\n" % (table, self._streams[table])
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    def _crowd(self) -> dict[int, tuple[int, int]]:
        """Put the objects that are no streams into object streams: number -> (stream, place in it)."""
        places: dict[int, tuple[int, int]] = {}
        numbers = sorted(self._bodies)
        for begin in range(0, len(numbers), _CROWD):
            members = numbers[begin : begin + _CROWD]
            stream = self.reserve()
            heads, offset = [], 0
            for place, number in enumerate(members):
                places[number] = (stream, place)
                heads.append(b"%d %d" % (number, offset))
                offset += len(self._bodies[number]) + 1
            head = b" ".join(heads) + b"\n"
            data = head + b"\n".join(self._bodies[number] for number in members)
            entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(members), len(head))
            self.put_stream(stream, entries, zlib.compress(data, _LEVEL))
        return places

    def _rows(self, offsets: dict[int, int], crowded: dict[int, tuple[int, int]]) -> tuple[bytes, int]:
        """The rows of the cross-reference stream, and how many bytes their second field takes."""
        width = max(2, (max(offsets.values()).bit_length() + 7) // 8)
        rows = bytearray(b"\0" + bytes(width) + b"\xff\xff")
        for number in range(1, self._last + 1):
            if number in offsets:
                rows += b"\1" + offsets[number].to_bytes(width) + b"\0\0"
            elif number in crowded:
                stream, place = crowded[number]
                rows += b"\2" + stream.to_bytes(width) + place.to_bytes(2)
            else:
                raise ValueError(f"object {number} was reserved and never written")
        return bytes(rows), width


def _predicted(rows: bytes, columns: int) -> bytes:
    """Rows of a table as the differences from those above them (PNG's filter Up, 7.4.4.4): most are alike."""
    out = bytearray()
    above = bytes(columns)
    for start in range(0, len(rows), columns):
        row = rows[start : start + columns]
        out.append(2)
        out += bytes((here - over) & 0xFF for here, over in zip(row, above, strict=True))
        above = row
    return bytes(out)
