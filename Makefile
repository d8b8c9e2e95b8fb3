# What a person does with this folder. Each line is one short script in bin/.

.PHONY: help run test check bench demo shots

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

run:  ## set up and start on http://127.0.0.1:8000 (PORT=8001, DEMO=no for an empty installation)
	@bin/dev

test:  ## set up and run every check and test, on SQLite and on PostgreSQL
	@bin/test

check:  ## lint, format, types, import contracts, templates, migrations, deployment
	@bin/check

bench:  ## measure (SIZE=200 or 10000); a table, and var/bench.json
	@bin/bench

demo:  ## make a demo company in an empty database (SIZE=200, 2000, 10000 or 100000; SEED=1)
	@bin/demo

shots:  ## take the pictures of the README anew, of a demo company made for them
	@bin/shots
