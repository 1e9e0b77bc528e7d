#!/usr/bin/env python3
"""Kills a poll again and again, at any moment, and looks for what was lost.

usage: kill_loop.py --voice BINARY [--feeds N] [--kills K] [--seed S]

Serves N small feeds from loopback, each on an address of its own. For each kill: every feed gets one more post, a poll is
started and killed with SIGKILL at a random moment after a random request, which is left without an answer so that the poll
cannot have ended; the database must then open and pass its integrity check with no post
twice; after the next whole poll it must hold every post of every feed exactly once. Ends with one line and exit code 0 when
nothing was lost, 1 when something was.
"""
import argparse
import asyncio
import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

# Seconds until a feed may be asked again: one by the settings below, and times are kept in whole seconds.
FLOOR = 2.1


class Feeds:
    """What the origin holds: feed i has posts 0 .. posts - 1."""

    def __init__(self, count):
        self.count = count
        self.posts = 3
        self.until_silent = 0  # requests until the one that gets no answer; 0: all get one
        self.silent = threading.Event()

    def may_answer(self):
        if self.until_silent == 0:
            return True
        self.until_silent -= 1
        if self.until_silent > 0:
            return True
        self.silent.set()
        return False

    def document(self, i):
        items = "".join(
            f'<item><guid isPermaLink="false">feed{i}-post{k}</guid><title>Post {k} of {i}</title>'
            f"<link>https://blog{i}.example/post{k}</link><description>&lt;p&gt;Text {k} of feed {i}.&lt;/p&gt;</description></item>"
            for k in reversed(range(self.posts)))
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blog {i}</title><link>https://blog{i}.example/</link><description>d</description>{items}</channel></rss>'.encode()


class Talk(asyncio.Protocol):
    def __init__(self, feeds):
        self.feeds = feeds
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport
        if not transport.get_extra_info("peername")[0].startswith("127."):
            transport.abort()

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.answer(head)

    def answer(self, head):
        if not self.feeds.may_answer():
            return
        i = int(head.split(b" ", 2)[1].split(b"/")[2])
        etag = b'"%d"' % self.feeds.posts
        if b"If-None-Match: " + etag in head:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n")
            return
        body = self.feeds.document(i)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: " + etag +
                             b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def serve(feeds):
    """Listens on every loopback address at once; returns the port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    except OSError:
        pass  # not permitted here: callers that are not on loopback are turned away instead
    listener.bind(("0.0.0.0", 0))
    listener.listen(1024)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(loop.create_server(lambda: Talk(feeds), sock=listener))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return listener.getsockname()[1]


class Hub:
    def __init__(self, voice, folder, feeds, port):
        self.voice, self.feeds = voice, feeds
        self.database = os.path.join(folder, "voice.db")
        self.config = os.path.join(folder, "voice.toml")
        with open(self.config, "w") as file:
            file.write(f'[store]\ndatabase = "{self.database}"\nmembers = ""\n[fetch]\nallow_private_networks = ["127.0.0.0/8"]\n'
                       'allow_ports = ["1-65535"]\nfirst_interval_seconds = 1\nmin_interval_seconds = 1\n'
                       'max_interval_seconds = 1\njitter = 0.0\n')
        outlines = "".join(f'<outline type="rss" text="Blog {i}" xmlUrl="http://127.{20 + i // 60000}.{i // 250 % 240}.{i % 250 + 1}:{port}/feed/{i}"/>'
                           for i in range(feeds.count))
        opml = os.path.join(folder, "list.opml")
        with open(opml, "w") as file:
            file.write(f'<opml version="2.0"><head><title>t</title></head><body>{outlines}</body></opml>')
        self.run("import", "--activate", opml)

    def command(self, *arguments):
        return [self.voice, arguments[0], "--config", self.config, *arguments[1:]]

    def run(self, *arguments):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done.stdout

    def poll(self):
        started = time.monotonic()
        summary = self.run("fetch", "--all", "--quiet")
        return time.monotonic() - started, summary.splitlines()[0]

    def poll_and_kill(self, requests, after):
        """Kills a poll `after` seconds from its request number `requests`; true when it had ended before."""
        self.feeds.silent.clear()
        self.feeds.until_silent = requests
        process = subprocess.Popen(self.command("fetch", "--all", "--quiet"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.feeds.silent.wait(60)
        time.sleep(after)
        finished = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.feeds.until_silent = 0
        return finished

    def problems(self, whole):
        """What is wrong with the database; `whole`: every post must be there."""
        found = []
        db = sqlite3.connect(self.database)
        verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            found.append(f"integrity_check: {verdict}")
        if db.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a row refers to one that is not there")
        twice = db.execute("SELECT count(*) FROM (SELECT url FROM entries GROUP BY url HAVING count(*) > 1)").fetchone()[0]
        if twice:
            found.append(f"{twice} posts are stored twice")
        bare = db.execute("SELECT count(*) FROM entries WHERE id NOT IN (SELECT entry_id FROM entry_bodies)").fetchone()[0]
        if bare:
            found.append(f"{bare} posts have no text")
        if whole:
            stored = db.execute("SELECT count(*) FROM entries").fetchone()[0]
            if stored != self.feeds.count * self.feeds.posts:
                found.append(f"{stored} posts stored, {self.feeds.count * self.feeds.posts} published")
        db.close()
        return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--voice", required=True)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    feeds = Feeds(args.feeds)
    port = serve(feeds)
    in_the_middle = 0
    with tempfile.TemporaryDirectory() as folder:
        hub = Hub(args.voice, folder, feeds, port)
        length, summary = hub.poll()
        print(f"first poll: {length:.1f} s, {summary}", flush=True)
        problems = hub.problems(whole=True)
        for kill in range(args.kills):
            if problems:
                break
            time.sleep(FLOOR)
            feeds.posts += 1
            finished = hub.poll_and_kill(chance.randint(1, feeds.count), chance.uniform(0, length))
            in_the_middle += not finished
            problems = hub.problems(whole=False)
            time.sleep(FLOOR)
            length, _ = hub.poll()
            problems = problems or hub.problems(whole=True)
            if problems:
                print(f"after kill {kill + 1}:")
        for problem in problems:
            print(f"  {problem}")
    verdict = "something was lost" if problems else "nothing lost, nothing twice"
    print(f"{args.feeds} feeds, {args.kills} kills, {in_the_middle} in the middle of a poll: {verdict}")
    return 1 if problems or (args.kills and not in_the_middle) else 0


if __name__ == "__main__":
    sys.exit(main())
