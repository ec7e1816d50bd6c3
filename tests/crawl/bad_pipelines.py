"""Pure pipelines that fail where a page says so."""

import os

from almasalla_crawler.items import Page


class Raises:
    pure = True

    def process_item(self, page: Page) -> Page:
        if "قنبلة" in page.body.decode():
            raise TypeError("a bug")
        return page


class Dies:
    pure = True

    def process_item(self, page: Page) -> Page:
        if "قنبلة" in page.body.decode():
            os._exit(9)
        return page
