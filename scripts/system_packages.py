"""Install Debian packages that the tests use, where that is possible; else say what is missing.

Usage: ``system_packages.py PACKAGE…``. As root on Debian the missing ones are installed with apt-get. Elsewhere a
missing package is named, and the exit status is 1 under CI (``CI`` set) and 0 otherwise, so that a newcomer's
``make test`` still runs all that it can.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def installed(package: str) -> bool:
    """Whether dpkg knows the package as installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def main(packages: list[str]) -> int:
    """Install what is missing; the exit status."""
    debian = shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None
    missing = [package for package in packages if not (debian and installed(package))]
    if missing and debian and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *missing]):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
        missing = [package for package in missing if not installed(package)]
    if missing:
        print(
            f"missing system packages: {', '.join(missing)} (on Debian: apt-get install them)",
            file=sys.stderr,
        )
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
