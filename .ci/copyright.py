"""Prints the copyright file of the Debian package (DEP-5): newsvigil, and every crate that is linked
into its binary. Where a crate offers a choice of licences, the first of PREFERRED is taken.

Usage: copyright.py, in the folder of Cargo.toml."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

PREFERRED = ["MIT", "Apache-2.0", "ISC", "BSD-3-Clause", "BSD-2-Clause", "Zlib", "0BSD", "Unicode-3.0", "MPL-2.0"]
# On every Debian system, so that the text need not be repeated.
COMMON = {"Apache-2.0", "MPL-2.0"}
# Whoever gets the binary must be told where the source of the crates under these is.
SOURCE_OFFERED = {"MPL-2.0"}
# C sources inside of crates, under licences that the crates do not name, and the standard library.
BUNDLED = [
    ("rust/library/*", "the Rust project's contributors", "MIT", None),
    ("vendor/libsqlite3-sys/sqlite3/*", "none, the authors of SQLite disclaim copyright", "public-domain", "libsqlite3-sys"),
    ("vendor/zstd-sys/zstd/*", "Meta Platforms, Inc. and affiliates", "BSD-3-Clause", "zstd-sys"),
]
PUBLIC_DOMAIN = "The authors of SQLite have dedicated its source code to the public domain: anyone is free to\ncopy, modify, publish, use, compile, sell, or distribute it, for any purpose and by any means."


def linked_crates():
    """The packages behind the binary: not those that only its build or its tests need."""
    tree = subprocess.run(
        ["cargo", "tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"],
        check=True, capture_output=True, text=True,
    ).stdout
    linked = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    metadata = json.loads(subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1"],
        check=True, capture_output=True, text=True,
    ).stdout)
    own = metadata["resolve"]["root"]
    return sorted(
        (p for p in metadata["packages"] if (p["name"], "v" + p["version"]) in linked and p["id"] != own),
        key=lambda p: p["name"],
    )


def factors(expression):
    """The licences that all hold, each chosen from its alternatives."""
    expression = re.sub(r" WITH \S+", "", expression.replace("/", " OR "))
    depth, parts, start = 0, [], 0
    for match in re.finditer(r"\(|\)| AND ", expression):
        if match.group() == "(":
            depth += 1
        elif match.group() == ")":
            depth -= 1
        elif depth == 0:
            parts.append(expression[start:match.start()])
            start = match.end()
    parts.append(expression[start:])
    chosen = []
    for part in parts:
        offered = [name.strip() for name in part.strip("() ").split(" OR ")]
        known = [name for name in PREFERRED if name in offered]
        if not known:
            sys.exit(f"no licence to choose in {expression!r}: add one to PREFERRED after reading it")
        if known[0] not in chosen:
            chosen.append(known[0])
    return chosen


def licence_files(package):
    folder = Path(package["manifest_path"]).parent
    return [
        path for path in sorted(folder.iterdir())
        if path.is_file() and re.match(r"(?i)(licen[cs]e|copying|copyright|notice)", path.name)
    ]


def holders(package):
    found = []
    for path in licence_files(package):
        for line in path.read_text(errors="replace").splitlines():
            line = line.strip(" *#/\t")
            if re.match(r"(?i)copyright\s+(\(c\)|©|\d)", line) and "[yyyy]" not in line and "{yyyy}" not in line:
                line = re.sub(r"(?i)^copyright\s*((\(c\)|©)\s*)*", "", line).strip(" .")
                if line and line not in found:
                    found.append(line)
    return tuple(found or package["authors"] or [f"the authors of {package['name']}"])


def text_of(licence, packages):
    """A licence's words, from a crate that has no other, or from a file of its name."""
    alone = [path for package in packages if package["license"] == licence for path in licence_files(package)]
    named = [path for package in packages for path in licence_files(package) if path.name.endswith(licence)]
    for path in alone + named:
        text = path.read_text(errors="replace")
        # Some crates only say where the text is to be found.
        if len(text) > 400:
            lines = [line.rstrip() for line in text.strip().splitlines()]
            kept = [
                line for line in lines
                if not re.match(r"(?i)\s*(copyright\s+(\(c\)|©|\d)|all rights reserved)", line)
            ]
            return "\n".join(kept).strip()
    sys.exit(f"no crate carries the text of {licence}")


def indented(text):
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.splitlines())


def main():
    packages = linked_crates()
    groups = defaultdict(list)
    for package in packages:
        if not package["license"]:
            sys.exit(f"{package['name']} names no licence")
        chosen = tuple(factors(package["license"]))
        crates = groups[holders(package), chosen]
        if package["name"] not in crates:
            crates.append(package["name"])
    used = {licence for _, chosen in groups for licence in chosen}
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print("Upstream-Name: newsvigil")
    print("Comment: The binary contains the crates that follow as vendor/NAME. Where one offers several\n"
          " licences, the one named here was chosen.")
    print("\nFiles: *\nCopyright: the newsvigil contributors\nLicense: MIT or Apache-2.0")
    names = {package["name"] for package in packages}
    for files, holder, licence, crate in BUNDLED:
        if crate is None or crate in names:
            print(f"\nFiles: {files}\nCopyright: {holder}\nLicense: {licence}")
            used.add(licence)
    for (who, chosen), crates in sorted(groups.items(), key=lambda group: group[1]):
        files = "\n ".join(f"vendor/{name}/*" for name in crates)
        print(f"\nFiles: {files}\nCopyright: " + "\n ".join(who) + "\nLicense: " + " and ".join(chosen))
        if SOURCE_OFFERED & set(chosen):
            places = sorted({p["repository"] for p in packages if p["name"] in crates})
            print("Comment: Used unchanged. Their source is at\n " + "\n ".join(places))
    for licence in sorted(used | {"MIT", "Apache-2.0"}):
        if licence in COMMON:
            text = f"The text of this licence is in /usr/share/common-licenses/{licence}."
        elif licence == "public-domain":
            text = PUBLIC_DOMAIN
        else:
            text = text_of(licence, packages)
        print(f"\nLicense: {licence}\n{indented(text)}")


main()
