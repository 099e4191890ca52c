"""Makes ``bptt_kernel`` importable, which the build puts into a wheel of its own."""

from __future__ import annotations

import sys

from bptt_site.places import KERNEL

sys.path.insert(0, str(KERNEL))
