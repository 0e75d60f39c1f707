"""What `make demo` and `make test` do, in plain Python: it runs before anything is installed."""
