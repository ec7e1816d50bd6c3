"""Every knob, in the order a page meets it, and who reads it. Any of them can be given as -s NAME=VALUE.

Relative paths start at the folder of scrapy.cfg.
"""

BOT_NAME = "almasalla_crawler"
SPIDER_MODULES = ["almasalla_crawler.spiders"]
NEWSPIDER_MODULE = "almasalla_crawler.spiders"
COMMANDS_MODULE = "almasalla_crawler.commands"

# --- where pages come from
SEEDS_DIR = "seeds"  # spiders/seeds.py: directory of saved pages
SEED_MAXSIZE = 32 * 1024 * 1024  # downloader/files.py, readers/warc.py: bytes of a saved page, packed and unpacked

# --- whether they may be fetched
CONTACT = ""  # downloader/identity.py: e-mail or web address of whoever crawls; without it only this machine is crawled
USER_AGENT = BOT_NAME + "/{version} (+{contact})"  # downloader/identity.py fills it in
ALLOW_PRIVATE_ADDRESSES = False  # downloader/http.py: also hosts in loopback, private and reserved networks
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
CRAWL_DELAY_MAX = 30  # downloader/robots.py: seconds between requests, however many a robots.txt asks for

# --- how fast
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1
AUTOTHROTTLE_MAX_DELAY = 30
DOWNLOAD_DELAY = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
PAGES_PER_CRAWL = 100_000  # live/spider.py: article pages that a crawl asks for; a site without end is left then, and due again
RETRY_AFTER_PATIENCE = 120  # downloader/hosts.py: seconds; a host that asks for more is left until the next crawl

# --- how they are fetched
DOWNLOADER_MIDDLEWARES = {  # engine above, network below: requests pass down, responses up
    "almasalla_crawler.downloader.addresses.UrlMiddleware": 50,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # drops silently; an outlet's links are chosen before
    "almasalla_crawler.downloader.identity.IdentityMiddleware": 90,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "almasalla_crawler.downloader.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "almasalla_crawler.downloader.hosts.HostsMiddleware": 560,
    "almasalla_crawler.downloader.conditional.ConditionalMiddleware": 570,
    "almasalla_crawler.downloader.redirects.TracedMetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "almasalla_crawler.downloader.content.ContentMiddleware": 585,
    "almasalla_crawler.downloader.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "almasalla_crawler.downloader.redirects.TracedRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "almasalla_crawler.downloader.cookies.OfflineCookiesMiddleware": 700,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "almasalla_crawler.downloader.warc.WarcMiddleware": 890,
}
SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None}  # drops silently
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.5",
}
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5  # seconds; pages that reload later do so to show news
DNS_TIMEOUT = 15
DOWNLOAD_TIMEOUT = 30  # seconds for all of a page
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503: downloader/hosts.py
RETRY_EXCEPTIONS = [  # a page that hangs is not asked for again at once
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # it becomes a reject
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # packed and unpacked
DOWNLOAD_WARNSIZE = 0  # what is too large becomes a reject
DOWNLOAD_VERIFY_CERTIFICATES = True
# A web page may name file:, ftp: and data: addresses; only the seeds spider reads files, and only below its directory.
DOWNLOAD_HANDLERS = {
    "http": "almasalla_crawler.downloader.http.CheckedHttpHandler",
    "https": "almasalla_crawler.downloader.http.CheckedHttpHandler",
    **dict.fromkeys(("file", "ftp", "data", "s3")),
}

# --- where their bytes are kept
WARC_DIR = "data/warc"  # downloader/warc.py, commands/reparse.py: raw pages of live crawls; "" keeps none
WARC_MAXSIZE = 1024 * 1024 * 1024  # downloader/warc.py: bytes of a file, then another begins

# --- what happens to them
CONCURRENT_ITEMS = 1  # a response gives one page; Scrapy starts this many workers for each response
WARN_ON_GENERATOR_RETURN_VALUE = False  # Scrapy parses a callback's source for each response to warn of what mypy finds
ITEM_PIPELINES = {
    "almasalla_crawler.pipelines.read.ReadPipeline": 100,
    "almasalla_crawler.pipelines.clean.CleanPipeline": 200,
    "almasalla_crawler.pipelines.split.SplitPipeline": 300,
    "almasalla_crawler.pipelines.describe.DescribePipeline": 400,
    "almasalla_crawler.pipelines.deduplicate.DeduplicatePipeline": 500,
    "almasalla_crawler.pipelines.conserve.ConservePipeline": 600,
    "almasalla_crawler.pipelines.store.StorePipeline": 700,
}
ITEM_PROCESSOR = "almasalla_crawler.item_processor.WorkerItemProcessor"
WORKERS = "auto"  # item_processor.py: processes for the stages up to conserve; 0: none; auto: one a spare processor, at most two
WORKERS_AFTER_PAGES = 50  # item_processor.py: elsewhere than on Linux they take a second to start; so few pages need none

# --- where they end
DATABASE_PATH = "data/almasalla.db"  # pipelines/store.py, commands
NEAR_DUPLICATES = True  # pipelines/store.py, commands: compare each new article with those stored; off: equal texts only
DATABASE_SYNCHRONOUS = "NORMAL"  # storage/database.py: FULL keeps the last batch through a power cut, at the cost of speed
HEALTH_MINIMUMS: dict[str, float] = {}  # pipelines/store.py: what a crawl must bring, as {"date": 0.9, "articles_a_week": 50}
FEED_EXPORTERS = {  # -o FILE: one row an article
    "json": "almasalla_crawler.exporters.ArticleJsonExporter",
    "jsonl": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "jsonlines": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "jl": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "csv": "almasalla_crawler.exporters.ArticleCsvExporter",
    "xml": "almasalla_crawler.exporters.ArticleXmlExporter",
}
FEED_EXPORT_ENCODING = "utf-8"

# --- when they recur
CRAWLS_FILE = "crawls.toml"  # commands/schedule.py: what is to be crawled, and when
CRAWLS_AT_ONCE = 2  # commands/schedule.py: crawls that the scheduler runs side by side, each of another outlet

# --- what a person sees
LOG_LEVEL = "INFO"
LOG_FORMATTER = "almasalla_crawler.extensions.log_formatter.EscapingLogFormatter"
LOG_JSON = False  # logs.py: one JSON object a line; `scrapy crawl --json` does it too
CRAWL_LOG_DIR = ""  # extensions/crawl_log.py: a log of each crawl; "": only scheduled ones have one (commands/schedule.py)
CRAWL_LOG_KEEP = 50  # extensions/crawl_log.py: newest logs of an outlet that are kept; 0: all
CRAWL_LOG_DAYS = 30  # extensions/crawl_log.py: days for which a log is kept; 0: for ever
METRICS_FILE = ""  # extensions/metrics_file.py: Prometheus text file, written after each crawl; "" writes none
STATS_DUMP = False  # the summary says it in words; the crawls table keeps all stats
EXTENSIONS = {
    "almasalla_crawler.extensions.crawl_log.CrawlLog": 50,
    "almasalla_crawler.extensions.progress.Progress": 100,
    "almasalla_crawler.extensions.metrics_file.MetricsFile": 900,
}
PROGRESS_ENABLED = True  # extensions/progress.py: a bar on a terminal

# --- closed doors
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
