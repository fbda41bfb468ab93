"""`python -m generator` is the same program as `gitplanet`."""

from generator.cli import run

if __name__ == "__main__":
    run()
