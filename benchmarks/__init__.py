"""Teixit beside its peers, measured side by side on one machine.

`python -m benchmarks` runs everything and writes a dated table; see README.md.
"""
