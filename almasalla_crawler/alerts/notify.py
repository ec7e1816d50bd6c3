"""A process of its own that sends: a service that hangs is killed with it, and apprise costs nobody else its memory.

Reads JSON from standard input, {"url", "title", "body", "type"}; exits with 0 if the message came through. Addresses hold
secrets, and command lines are public: so they come this way.
"""

import json
import sys


def main() -> int:
    try:
        from apprise import Apprise
    except ImportError:
        sys.stderr.write("alerts need apprise: pip install -e '.[alerts]'\n")
        return 1
    message = json.load(sys.stdin)
    service = Apprise()
    if not service.add(message["url"]):
        sys.stderr.write("apprise knows no such service, or its address is not whole\n")
        return 1
    return 0 if service.notify(body=message["body"], title=message["title"], notify_type=message["type"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
