"""How fast a crawl is against a bare loop of ``requests``, on the same local servers, with the same number of threads.

    python benchmarks/crawl_speed.py
    python benchmarks/crawl_speed.py --latency 0.2 --hosts 4000 --pages 1

Both ask for the same pages in the same order. The bare loop is a ``requests.Session`` a thread: no robots.txt, no pace, no limits,
nothing kept. The crawl does everything: checked addresses, robots.txt, a second between two requests to a host, limits, the store.
It is measured twice: with robots.txt still to be asked for, which costs a request more for each host, and with robots.txt
known, as in a second run of the day. Each crawl is a process of its own, so are the servers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import polars as pl


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=3, help="of each host")
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--size", type=int, default=30_000, help="bytes of a page")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that a server takes to answer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=("serve", "bare", "crawl"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    parts = {"serve": serve, "bare": bare, "crawl": crawl}
    if args.part:
        parts[args.part](args)
    else:
        compare(args)


def compare(args: argparse.Namespace) -> None:
    number = args.hosts * args.pages
    print(
        f"{args.hosts:,} hosts, {args.pages} pages of {args.size:,} bytes each, {args.threads} threads,"
        f" servers answer after {args.latency * 1000:.0f} ms"
    )
    rows: dict[str, list[dict[str, float]]] = {
        "bare loop": [],
        "crawl, robots.txt unknown": [],
        "crawl, robots.txt known": [],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = part(args, "serve", folder)
        try:
            while not (folder / "port").exists():
                time.sleep(0.05)
            make_audit(args, folder)
            for _ in range(args.rounds):
                rows["bare loop"].append(result(part(args, "bare", folder)))
                for cold in (True, False):
                    if cold:
                        (folder / "again").unlink(missing_ok=True)
                    else:
                        (folder / "again").touch()
                    key = f"crawl, robots.txt {'unknown' if cold else 'known'}"
                    rows[key].append(result(part(args, "crawl", folder)))
        finally:
            server.kill()
            server.communicate()
    best = {name: min(found, key=lambda one: one["seconds"]) for name, found in rows.items()}
    base = best["bare loop"]
    print(f"best of {args.rounds}:                 pages/s  requests/s  of bare   processor   peak MiB")
    for name, one in best.items():
        print(
            f"  {name:26} {number / one['seconds']:8,.0f} {one['requests'] / one['seconds']:11,.0f}"
            f" {base['seconds'] / one['seconds']:8.2f} {one['cpu']:9.1f} s {one['peak']:10,.0f}"
        )
        if "hosts" in one:
            print(
                f"  {'':26} hosts asked at once: {one['busy']:,.0f}; under way: {one['hosts']:,.0f} at most"
            )


def part(args: argparse.Namespace, name: str, folder: Path) -> subprocess.Popen[str]:
    told = [f"--{key}={getattr(args, key)}" for key in ("hosts", "pages", "threads", "size", "latency")]
    call = [sys.executable, __file__, *told, "--part", name, "--folder", str(folder)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True)


def result(process: subprocess.Popen[str]) -> dict[str, float]:
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    return dict(json.loads(out))


class Watch:
    """Time and processor time since it was made; imports and plans come before."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def tell(self, **more: float) -> None:
        spent = {"seconds": time.perf_counter() - self.wall, "cpu": time.process_time() - self.cpu}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(spent | {"peak": peak} | more))


def urls(args: argparse.Namespace, folder: Path) -> list[str]:
    port = int((folder / "port").read_text())
    return [f"http://h{host}.test:{port}/{page}/" for page in range(args.pages) for host in range(args.hosts)]


# ------------------------------------------------------------------------------------------------ the servers


def serve(args: argparse.Namespace) -> None:
    """All hosts in one process that does as little as it can: one that parsed its requests would be the bottleneck."""
    chance = random.Random(1)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(2000)]
    text = "<html><title>t</title><body>"
    while len(text) < args.size:
        text += (
            f"<p>{chance.choice(words)} <a href='/{chance.choice(words)}'>{chance.choice(words)}</a></p>\n"
        )
    page = reply("text/html; charset=utf-8", text[: args.size].encode())
    robots = reply("text/plain", b"User-agent: *\nDisallow: /private/\nDisallow: /*?sort=\n")

    class Server(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport
            self.got = b""

        def data_received(self, data: bytes) -> None:
            self.got += data
            while b"\r\n\r\n" in self.got:
                asked, _, self.got = self.got.partition(b"\r\n\r\n")
                answer = robots if asked.startswith(b"GET /robots.txt ") else page
                if args.latency:
                    asyncio.get_running_loop().call_later(args.latency, self.transport.write, answer)
                else:
                    self.transport.write(answer)

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0, backlog=4096)
        draft = args.folder / "port.draft"
        draft.write_text(str(server.sockets[0].getsockname()[1]))
        draft.rename(args.folder / "port")
        await server.serve_forever()

    asyncio.run(run())


def reply(kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


# ------------------------------------------------------------------------------------------------ the two ways to ask


def bare(args: argparse.Namespace) -> None:
    import requests
    import urllib3.util.connection

    from detector.web.crawling import look_up_test_names

    connect = urllib3.util.connection.create_connection
    urllib3.connection.connection.create_connection = lambda address, *a, **k: (
        connect(  # the same addresses, as cheaply
            (look_up_test_names(*address)[0], address[1]), *a, **k
        )
    )
    waiting = iter(urls(args, args.folder))
    lock = threading.Lock()
    received = [0] * args.threads

    def ask(number: int) -> None:
        with requests.Session() as session:
            while True:
                with lock:
                    url = next(waiting, None)
                if url is None:
                    return
                received[number] += len(session.get(url, timeout=(10, 40)).content)

    watch = Watch()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(args.threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(received) == args.hosts * args.pages * args.size
    watch.tell(requests=args.hosts * args.pages)


def crawl(args: argparse.Namespace) -> None:
    import os
    import shutil
    from datetime import UTC, datetime, timedelta

    from detector.web.choosing import candidates, spelled
    from detector.web.crawling import Progress, ask, guard_of_environment
    from detector.web.fetching import Fetcher, user_agent
    from detector.web.outcomes import Outcome
    from detector.web.planning import Plan
    from detector.web.store import PageStore
    from detector.web.visiting import Pace, Visitor

    os.environ["DETECTOR_TEST_LOOPBACK"] = "1"
    known = (args.folder / "again").exists()
    if not known:
        shutil.rmtree(args.folder / "store", ignore_errors=True)
    most = {"busy": 0, "hosts": 0}

    def look(now: Progress) -> None:
        most.update(busy=max(most["busy"], now.busy), hosts=max(most["hosts"], now.hosts))

    agent = user_agent("bench@crawler.example")
    with PageStore(args.folder / "store") as store, Fetcher(agent, guard=guard_of_environment()) as fetcher:
        store.execute("DELETE FROM visit")
        plan = Plan(store, spelled(candidates(args.folder, args.pages)))
        chosen = plan.choose(datetime.now(UTC), timedelta(days=1), None)
        visitor = Visitor(fetcher, store, Pace(), ("audited.example",))
        watch = Watch()
        ask(plan, visitor, args.threads, chosen, look)
    assert visitor.tally.outcomes == {Outcome.LIVE: args.hosts * args.pages}, visitor.tally.outcomes
    watch.tell(requests=visitor.tally.requests, **most)


def make_audit(args: argparse.Namespace, folder: Path) -> None:
    """An audit's folder that names the pages; of each domain, all but one link and one is its home page."""
    found = urls(args, folder)
    domains = [f"h{host}.test" for host in range(args.hosts)]
    (folder / "audit.json").write_text(json.dumps({"site": "audited.example", "settings": {"own": []}}))
    flags = {name: pl.lit(None, pl.Boolean) for name in ("lost", "rel_nofollow", "rel_ugc", "rel_sponsored")}
    pl.DataFrame({"source_url": found, "referring_domain": domains * args.pages}).with_columns(
        record_type=pl.lit("link"), **flags
    ).write_parquet(folder / "links.parquet")
    pl.DataFrame({"referring_domain": domains}).with_columns(
        probability=pl.lit("0.5"), verdict=pl.lit("review")
    ).write_csv(folder / "referring-domains.csv")


if __name__ == "__main__":
    main()
