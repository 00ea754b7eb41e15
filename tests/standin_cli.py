"""The command with the stand-in for the pipeline, in its own process and in those it starts."""

import sys

if __name__ in ("__main__", "__mp_main__"):
    import standin

    sys.modules["extract.pipeline"] = standin

if __name__ == "__main__":
    from extract.cli import main

    main()
