#!/usr/bin/env python3
"""What a request costs: the hub beside nginx sending the same bytes from a file, measured in the same run.

usage: serve.py [--posts 200000] [--blogs 2000] [--seconds 3] [--build build/bench]

Figures are CPU of the serving processes (from /proc), requests a second and waiting times (from wrk). The load comes from
the same machine, so compare the two columns of a line rather than lines of two machines.
"""
import argparse
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

PORT_HUB, PORT_NGINX = 9410, 9411
TICK = os.sysconf("SC_CLK_TCK")


def cpu_of(pids):
    """Seconds of CPU that these processes have used, their threads included."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(child) for child in children.read().split()]


def wrk(port, path, connections, seconds, headers):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run(command + [f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    in_ms = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}

    def waiting(share):
        value, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)", out).groups()
        return float(value) * in_ms[unit]

    requests = int(re.search(r"(\d+) requests in", out).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {"requests": requests, "rate": rate, "p50": waiting(50), "p99": waiting(99), "wrong": int(wrong.group(1)) if wrong else 0}


def measure(port, pids, path, connections, seconds, headers):
    wrk(port, path, connections, 1, headers)
    before = cpu_of(pids)
    result = wrk(port, path, connections, seconds, headers)
    result["cpu_us"] = (cpu_of(pids) - before) / max(result["requests"], 1) * 1e6
    return result


def get(port, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def start_hub(build, database, folder):
    config = os.path.join(folder, "voice.toml")
    with open(config, "w") as file:
        file.write(f'[server]\nlisten = "127.0.0.1:{PORT_HUB}"\nmax_connections_per_address = 100000\n'
                   f'[store]\ndatabase = "{database}"\nmembers = ""\n')
    log = open(os.path.join(folder, "hub.log"), "w")
    hub = subprocess.Popen([f"{build}/voice", "serve", "--no-fetch", "--config", config], stdout=log, stderr=log)
    for _ in range(300):
        try:
            get(PORT_HUB, "/healthz")
            return hub
        except OSError:
            time.sleep(0.1)
    sys.exit(f"the hub did not start; see {log.name}")


def start_nginx(folder):
    with open(os.path.join(folder, "nginx.conf"), "w") as file:
        file.write(f"""worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.err; daemon off;
events {{ worker_connections 8192; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; etag on; gzip_static on; open_file_cache max=100;
  types {{ text/html html; }} default_type text/html;
  server {{ listen 127.0.0.1:{PORT_NGINX} backlog=1024; root {folder}/files; }} }}
""")
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", f"{folder}/nginx.conf"])
    for _ in range(100):
        try:
            get(PORT_NGINX, "/")
            return nginx
        except OSError:
            time.sleep(0.1)
    sys.exit("nginx did not start")


def copy_for_nginx(name, path, folder):
    """The bytes the hub sends, as a file and as a compressed file; returns the tags to ask both with."""
    answer, plain = get(PORT_HUB, path)
    if answer.status != 200:
        return None
    zipped_answer, zipped = get(PORT_HUB, path, {"Accept-Encoding": "gzip"})
    target = os.path.join(folder, "files", name)
    with open(target, "wb") as file:
        file.write(plain)
    with open(target + ".gz", "wb") as file:
        file.write(zipped if zipped_answer.getheader("Content-Encoding") == "gzip" else gzip.compress(plain))
    os.chmod(target, 0o644)
    return answer.getheader("ETag"), len(plain), len(zipped)


def line(name, how, hub, nginx):
    ratio = hub["cpu_us"] / nginx["cpu_us"] if nginx["cpu_us"] else float("nan")
    print(f"{name:<16} {how:<14} {hub['rate']:>8.0f} {nginx['rate']:>8.0f} {hub['cpu_us']:>8.1f} {nginx['cpu_us']:>8.1f} "
          f"{ratio:>6.2f} {hub['p50']:>8.2f} {nginx['p50']:>8.2f} {hub['p99']:>8.2f} {nginx['p99']:>8.2f} {hub['wrong']:>5}", flush=True)


def cached_answers(hub_pids, nginx_pids, folder, seconds, blog):
    print("Cached answers, gzip; nginx sends the same bytes from a file (one worker, sendfile, open_file_cache)")
    print(f"{'':<31} {'requests/s':>17} {'CPU us/request':>17} {'':>6} {'p50 ms':>17} {'p99 ms':>17}")
    print(f"{'what':<16} {'connections':<14} {'hub':>8} {'nginx':>8} {'hub':>8} {'nginx':>8} {'ratio':>6} {'hub':>8} {'nginx':>8} {'hub':>8} {'nginx':>8} {'wrong':>5}")
    for name, path in (("front", "/"), ("blog", f"/blogs/{blog}"), ("feed", "/feed.rss"), ("search", "/search?q=council")):
        copied = copy_for_nginx(name, path, folder)
        if not copied:
            print(f"{name:<16} not measured: {path} does not answer 200", flush=True)
            continue
        tag = copied[0]
        nginx_tag = get(PORT_NGINX, f"/{name}", {"Accept-Encoding": "gzip"})[0].getheader("ETag")
        kinds = [("", {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip"})]
        if name == "feed":
            kinds.append((" 304", {"Accept-Encoding": "gzip", "If-None-Match": tag},
                          {"Accept-Encoding": "gzip", "If-None-Match": nginx_tag}))
        for suffix, headers, nginx_headers in kinds:
            for connections in (1, 16, 64, 256):
                line(name + suffix, f"{connections} kept",
                     measure(PORT_HUB, hub_pids, path, connections, seconds, headers),
                     measure(PORT_NGINX, nginx_pids, f"/{name}", connections, seconds, nginx_headers))
            closing = {"Connection": "close"}
            line(name + suffix, "16 closed",
                 measure(PORT_HUB, hub_pids, path, 16, seconds, headers | closing),
                 measure(PORT_NGINX, nginx_pids, f"/{name}", 16, seconds, nginx_headers | closing))
        print(f"{'':<16} {copied[1]} bytes, {copied[2]} compressed", flush=True)


def made_afresh(hub_pids, blog):
    """Addresses that nobody has asked for: each is made from the database and compressed. CPU of the server alone."""
    print("\nMade afresh (not in the cache), gzip: CPU ms in the server, a request at a time")
    words = ["council", "service", "the", "digital data", '"digital data"', "housing -waste", "weeknotes", "accessibility planning",
             "bafer", "gen hal", "zzzz"]
    cases = {"front page": [f"/?n={n}" for n in range(60)],
             "a blog": [f"/blogs/{blog}?n={n}" for n in range(60)],
             "feed.rss": [f"/feed.rss?n={n}" for n in range(60)],
             "an older page": [f"/?before={int(time.time()) - 86400 * 60 - n}-1" for n in range(60)]}
    for word in words:
        cases[f"search {word}"] = ["/search?q=" + word.replace(" ", "+").replace('"', "%22") + f"&n={n}" for n in range(30)]
    for name, paths in cases.items():
        if get(PORT_HUB, paths[0])[0].status != 200:
            print(f"  {name:<28} not measured: does not answer 200")
            continue
        before, started = cpu_of(hub_pids), time.perf_counter()
        for path in paths[1:]:
            get(PORT_HUB, path, {"Accept-Encoding": "gzip"})
        count = len(paths) - 1
        print(f"  {name:<28} {(cpu_of(hub_pids) - before) / count * 1000:6.2f} ms CPU {(time.perf_counter() - started) / count * 1000:8.2f} ms waited", flush=True)


def crowd(port, count, dawdling):
    """Connections that say nothing, or a byte a second."""
    sockets = []
    for _ in range(count):
        sock = socket.create_connection(("127.0.0.1", port), timeout=10)
        sockets.append(sock)
    stop = threading.Event()

    def dawdle():
        text = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 1000
        at = 0
        while not stop.is_set():
            for sock in sockets:
                try:
                    sock.send(text[at:at + 1])
                except OSError:
                    pass
            at += 1
            stop.wait(1)

    if dawdling:
        threading.Thread(target=dawdle, daemon=True).start()
    return sockets, stop


def newcomer(name, port, path):
    waits = []
    for n in range(100):
        started = time.perf_counter()
        answer, _ = get(port, path.format(n=n))
        waits.append((time.perf_counter() - started) * 1000 if answer.status == 200 else float("inf"))
        time.sleep(0.02)
    waits.sort()
    print(f"  {name:<44} median {waits[50]:7.2f} ms, worst of 100 {waits[-1]:7.2f} ms", flush=True)


def standing_up_to_a_crowd():
    print("\nA new visitor's wait for the front page, connection included")
    newcomer("alone", PORT_HUB, "/")
    for name, dawdling in (("beside 1,000 idle connections", False), ("beside 1,000 that send a byte a second", True)):
        sockets, stop = crowd(PORT_HUB, 1000, dawdling)
        time.sleep(1.5)
        newcomer(name, PORT_HUB, "/")
        newcomer(name + ", made afresh", PORT_HUB, f"/?crowd={dawdling}{{n}}")
        stop.set()
        for sock in sockets:
            sock.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--blogs", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--build", default="build/bench")
    options = parser.parse_args()
    database = os.path.abspath(f"{options.build}/serve-{options.blogs}-{options.posts}.db")
    if not os.path.exists(database):
        print(f"seeding {database}", file=sys.stderr)
        unfinished = database + ".part"
        for ending in ("", "-wal", "-shm"):
            if os.path.exists(unfinished + ending):
                os.remove(unfinished + ending)
        subprocess.run([f"{options.build}/bench/seed_hub", unfinished, str(options.blogs), str(options.posts)], check=True)
        os.rename(unfinished, database)
    folder = tempfile.mkdtemp(prefix="voice-bench-")
    os.chmod(folder, 0o755)
    os.mkdir(os.path.join(folder, "files"))
    hub = nginx = None
    try:
        hub = start_hub(options.build, database, folder)
        nginx = start_nginx(folder)
        hub_pids, nginx_pids = [hub.pid], children_of(nginx.pid)
        blog = re.search(rb'"slug": "([^"]+)"', get(PORT_HUB, "/api/v1/blogs?limit=1")[1]).group(1).decode()
        print(f"{options.posts} posts of {options.blogs} blogs, {os.path.getsize(database) >> 20} MB; "
              f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
        cached_answers(hub_pids, nginx_pids, folder, options.seconds, blog)
        made_afresh(hub_pids, blog)
        standing_up_to_a_crowd()
    finally:
        for process in (hub, nginx):
            if process:
                process.terminate()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
