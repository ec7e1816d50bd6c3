"""What no standard foresees comes to one typed outcome, or to the page that was meant."""

from scrapy.utils.defer import deferred_f_from_coro_f

from tests.downloader.conftest import Ask
from tests.servers.bad import MIB, BadServer
from tests.servers.odd import ODD


@deferred_f_from_coro_f
async def test_each_oddity_is_one_typed_reject_or_the_page(ask: Ask) -> None:
    with BadServer({path: behaviour for path, (behaviour, _) in ODD.items()}) as server:
        spider = await ask(*map(server.url, ODD), DOWNLOAD_MAXSIZE=4 * MIB)
    assert spider.came == {server.url(path): [comes_to] for path, (_, comes_to) in ODD.items()}
