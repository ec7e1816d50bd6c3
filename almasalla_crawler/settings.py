"""Every knob, in the order a page meets it, and who reads it. Any of them can be given as -s NAME=VALUE.

Relative paths start at the folder of scrapy.cfg.
"""

BOT_NAME = "almasalla_crawler"
SPIDER_MODULES = ["almasalla_crawler.spiders"]
NEWSPIDER_MODULE = "almasalla_crawler.spiders"
COMMANDS_MODULE = "almasalla_crawler.commands"

# --- where pages come from
SEEDS_DIR = "seeds"  # spiders/seeds.py: directory of saved pages
SEED_MAXSIZE = 32 * 1024 * 1024  # downloader/files.py: bytes of a saved page, packed and unpacked

# --- how they are fetched
USER_AGENT = "almasalla_crawler (+https://github.com/almasalla-crawler/almasalla-crawler)"
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
DOWNLOAD_DELAY = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_VERIFY_CERTIFICATES = True
# A web page may name file:, ftp: and data: addresses; only the seeds spider reads files, and only below its directory.
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "data": None, "s3": None}

# --- what happens to them
CONCURRENT_ITEMS = 1  # a response gives one page; Scrapy starts this many workers for each response
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
WORKERS_AFTER_PAGES = 50  # item_processor.py: they take a second to start; so many pages are read here first

# --- where they end
DATABASE_PATH = "data/almasalla.db"  # pipelines/store.py, commands
DATABASE_SYNCHRONOUS = "NORMAL"  # storage/database.py: FULL keeps the last batch through a power cut, at the cost of speed
FEED_EXPORTERS = {  # -o FILE: one row an article
    "json": "almasalla_crawler.exporters.ArticleJsonExporter",
    "jsonl": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "jsonlines": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "jl": "almasalla_crawler.exporters.ArticleJsonLinesExporter",
    "csv": "almasalla_crawler.exporters.ArticleCsvExporter",
    "xml": "almasalla_crawler.exporters.ArticleXmlExporter",
}
FEED_EXPORT_ENCODING = "utf-8"

# --- what a person sees
LOG_LEVEL = "INFO"
LOG_FORMATTER = "almasalla_crawler.extensions.log_formatter.EscapingLogFormatter"
STATS_DUMP = False  # the summary says it in words; the crawls table keeps all stats
EXTENSIONS = {"almasalla_crawler.extensions.progress.Progress": 100}
PROGRESS_ENABLED = True  # extensions/progress.py: a bar on a terminal

# --- closed doors
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
