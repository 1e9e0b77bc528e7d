#!/usr/bin/env python3
"""Measures polls of many feeds: wall and CPU seconds and peak memory, each beside a bare curl multi loop in the same run.

usage: poll.py --build FOLDER [FEEDS...]      (default 1000 5000 20000)

First poll: 65 KB and 18 posts a feed are read, sanitised, stored and indexed for search. Unchanged: every answer is a 304.
Changed without news: every body is new, no post is. The bare loop fetches the same documents in the same mode and drops them.
"""
import argparse
import os
import resource
import subprocess
import tempfile
import time
import urllib.request


def measured(command):
    """(wall, CPU, peak MB, standard output) of a command. Memory is of that process alone."""
    with tempfile.TemporaryFile("w+") as out:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode != 0:
        raise SystemExit(f"{command}: exit {process.returncode}\n{text[-1000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text.strip().splitlines()[0]


def address(i, port):
    return f"http://127.{20 + i // 60000}.{i // 250 % 240}.{i % 250 + 1}:{port}/feed/{i}"


def poll(build, feeds, port):
    voice = os.path.join(build, "voice")
    bare = os.path.join(build, "bench", "poll_bare")
    epoch = 1
    urllib.request.urlopen(f"http://127.0.0.1:{port}/epoch/{epoch}").read()
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "voice.toml")
        with open(config, "w") as file:
            file.write(f'[store]\ndatabase = "{folder}/voice.db"\nmembers = ""\n[fetch]\nallow_private_networks = ["127.0.0.0/8"]\n'
                       'allow_ports = ["1-65535"]\nfirst_interval_seconds = 1\nmin_interval_seconds = 1\n'
                       'max_interval_seconds = 1\njitter = 0.0\n')
        opml = os.path.join(folder, "list.opml")
        with open(opml, "w") as file:
            file.write('<opml version="2.0"><head><title>t</title></head><body>' +
                       "".join(f'<outline type="rss" text="Blog {i}" xmlUrl="{address(i, port)}"/>' for i in range(feeds)) + "</body></opml>")
        subprocess.run([voice, "import", "--config", config, "--activate", opml], check=True, stdout=subprocess.DEVNULL)
        fetch = [voice, "fetch", "--all", "--quiet", "--config", config]
        for name in ("first", "unchanged", "changed, no news"):
            known = epoch if name != "first" else 0
            if name.startswith("changed"):
                epoch += 1
                urllib.request.urlopen(f"http://127.0.0.1:{port}/epoch/{epoch}").read()
            time.sleep(2.1)  # past the floor, which counts in whole seconds
            limit = measured([bare, str(port), str(feeds), str(known)])
            ours = measured(fetch)
            print(f"{feeds:>6} {name:<17} wall {ours[0]:7.2f} s (bare {limit[0]:6.2f}, x{ours[0] / limit[0]:4.1f})   CPU {ours[1]:7.2f} s "
                  f"(bare {limit[1]:6.2f}, x{ours[1] / limit[1]:4.1f})   peak {ours[2]:5.0f} MB (bare {limit[2]:3.0f})   {ours[3]}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("feeds", nargs="*", type=int)
    args = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    origin = subprocess.Popen([os.path.join(args.build, "bench", "poll_origin")], stdout=subprocess.PIPE, text=True)
    try:
        port = int(origin.stdout.readline().split()[1])
        print(f"load before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} CPUs")
        for feeds in args.feeds or [1000, 5000, 20000]:
            poll(args.build, feeds, port)
    finally:
        origin.kill()


if __name__ == "__main__":
    main()
