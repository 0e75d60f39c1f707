# The commands of the product. Each sets up what it needs. Environment: PORT, GPF_HOME, GPF_DEMO_PASSWORD, SEED.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)

.PHONY: help demo test setup check bench promise stop clean lock
.NOTPARALLEL:

help:
	@echo 'make demo    set up and show the product on http://127.0.0.1:8000'
	@echo 'make test    set up and try everything'
	@echo 'make setup   set up and stop there'
	@echo 'make check   the quick half of test'
	@echo 'make bench   measure'
	@echo 'make promise kill worker, beat, Redis, database and mail line 200 times while mails flow; SEED=7 repeats a run'
	@echo 'make stop    end PostgreSQL and Redis that bin/manage left running'
	@echo 'make clean   remove all that was made, data of the demo included'
	@echo 'make lock    lock the requirements anew'

demo test setup check bench promise stop clean:
	@if [ -z "$(PYTHON)" ]; then echo 'Python 3.11 or newer is needed, and not found.' >&2; exit 1; fi
	@exec $(PYTHON) bin/gpf $@

lock:
	@exec bin/lock
