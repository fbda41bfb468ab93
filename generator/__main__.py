"""Run the program as `python -m generator`, the same as `gitplanet`: `run`."""

from generator.cli import run

if __name__ == "__main__":
    run()
