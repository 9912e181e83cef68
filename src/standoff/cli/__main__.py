"""The command line as ``python -m standoff.cli``."""

from standoff.cli import main

if __name__ == "__main__":
    main()
