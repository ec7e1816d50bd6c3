"""Where relative paths start."""

from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg


def project_path(value: str) -> Path:
    """A path from a setting: relative ones start at the folder of scrapy.cfg, wherever the command is typed."""
    cfg = closest_scrapy_cfg()
    return (Path(cfg).parent if cfg else Path.cwd()) / Path(value).expanduser()
