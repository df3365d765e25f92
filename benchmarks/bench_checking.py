"""How long it takes to check many Standar Pelayanan on one core: 10,000 documents, drafts good and poor."""

from __future__ import annotations

import time

import sipukat

DOCUMENTS = 10_000


def varied(content, at: int):
    """Return a document with its number, in letters, behind every text of its lists."""
    if isinstance(content, list):
        name = str(at).translate(str.maketrans("0123456789", "abcdefghij"))
        return [f"{line} berkas {name}" if isinstance(line, str) else line for line in content]
    return {key: varied(value, at) if isinstance(value, list) else value for key, value in content.items()}


def main() -> None:
    drafts = [
        sipukat.pelayanan.load(sipukat.datasets.path(name)) for name in sipukat.datasets.names("pelayanan")
    ]
    stored = [draft.model_dump(mode="json") for draft in drafts]
    started = time.perf_counter()
    # no line stands in two documents, so that nothing remembered for one serves another
    documents = [
        sipukat.pelayanan.StandarPelayanan.model_validate(varied(stored[at % len(stored)], at))
        for at in range(DOCUMENTS)
    ]
    loaded = time.perf_counter()
    found = sum(len(sipukat.check(document)) for document in documents)
    done = time.perf_counter()
    print(f"{DOCUMENTS} documents: loaded in {loaded - started:.1f} s, checked in {done - loaded:.1f} s,")
    print(f"{(done - loaded) / DOCUMENTS * 1000:.2f} ms a document, {found} findings")


if __name__ == "__main__":
    main()
