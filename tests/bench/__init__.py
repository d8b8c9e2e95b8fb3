"""Benchmarks. `bin/bench` runs them; tests/bench/README.md says how to read and to add one."""
