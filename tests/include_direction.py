"""The include direction: code includes only what stands on a lower level, never a sibling.

Reads every source of src/ and include/ and compares its includes with the table below, which is that of
docs/design.md. Prints each include that breaks the order, and exits with 1 if there is one.
"""

import pathlib
import re
import sys

LEVELS = [
    ["base"],
    ["model", "graph", "io", "duck"],
    ["ingest", "generate", "net", "store", "atproto", "picture"],
    ["ingest/activitystreams", "ingest/archive", "ingest/flat", "ingest/gharchive", "ingest/higgs", "ingest/jetstream",
     "ingest/stackexchange", "log", "aggregate", "oauth", "people", "topic", "http", "access", "notice"],
    ["score", "connect", "webhook", "push", "mail", "ingest/archive/bluesky", "ingest/archive/facebook",
     "ingest/archive/foursquare", "ingest/archive/googleplus", "ingest/archive/instagram", "ingest/archive/linkedin",
     "ingest/archive/mastodon", "ingest/archive/reddit", "ingest/archive/x"],
    ["connect/activitypub", "connect/atproto_pds", "connect/bluesky", "connect/discourse", "connect/facebook",
     "connect/feed", "connect/firehose", "connect/github", "connect/hackernews", "connect/instagram",
     "connect/jetstream", "connect/mastodon", "connect/reddit", "connect/stackexchange", "connect/wordpress",
     "connect/x", "connect/youtube"],  # one connector a network
    ["pipeline"],
    ["evaluate", "instance", "upkeep", "feed", "perks", "lookup"],
    ["attack", "fit"],
    ["api"],
    ["cli"],
]
LEVEL_OF = {folder: level for level, folders in enumerate(LEVELS) for folder in folders}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def folder_of(path: str) -> str:
    return path.rsplit("/", 1)[0]


def problems(root: pathlib.Path):
    for source in sorted(root.glob("src/**/*")):
        if source.suffix not in (".h", ".cc"):
            continue
        folder = folder_of(str(source.relative_to(root / "src")))
        if folder not in LEVEL_OF:
            yield f"{source}: folder src/{folder} stands on no level; add it to tests/include_direction.py and docs/design.md"
            continue
        for included in INCLUDE.findall(source.read_text(encoding="utf-8")):
            if included.startswith("renown/"):
                continue
            target = folder_of(included) if "/" in included else "(no folder)"
            if target not in LEVEL_OF:
                yield f'{source}: "{included}" names no folder of src/'
            elif target != folder and LEVEL_OF[target] >= LEVEL_OF[folder]:
                yield f'{source}: "{included}" is not on a lower level than {folder}'
    for header in sorted(root.glob("include/renown/*.h")):
        for included in INCLUDE.findall(header.read_text(encoding="utf-8")):
            if not included.startswith("renown/"):
                yield f'{header}: public headers include only public headers, not "{included}"'


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = list(problems(root))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
