"""The pictures of the README: taken of the running product, never drawn. `make shots`."""
