#!/usr/bin/env python3
"""Polls a folder of real-world feed documents with the built binary and looks for their posts in what it keeps.

  real_input.py --voice BINARY --corpus FOLDER

FOLDER holds documents, each with NAME.expect.json beside it: a list whose elements {"path": "items[3].title", "equals": ...}
say what a reader should see. Each document is served from a loopback address of its own, imported as a member, polled
once, and exported; every title, link, author and date that is expected must be among the blog's posts. Exits 77 (skipped)
where the folder is not there.
"""
import argparse
import asyncio
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse

# Collections of documents taken from live sites; the others are made for one rule each.
REAL = ['feedjira', 'feed-rs', 'feeder', 'rome', 'node-feedparser', 'rss-parser', 'rust-rss', 'rust-atom', 'netnewswire',
        'newsboat', 'yarr', 'reader', 'venus', 'gofeed']
NEEDED = 97.0
FIELDS = re.compile(r'items\[\d+\]\.(title|url|date_published|authors\[\d+\]\.name)$')


def squeezed(text):
    return re.sub(r'\s+', ' ', str(text)).strip()


def address(text):
    parts = urllib.parse.urlsplit(str(text).strip())
    return (parts.netloc.lower(), urllib.parse.unquote(parts.path).rstrip('/'), urllib.parse.unquote(parts.query))


class Origin(threading.Thread):
    """Serves document i at 127.20.x.y; the type and the bytes are the document's own."""

    def __init__(self, documents):
        super().__init__(daemon=True)
        self.documents = documents
        self.ready = threading.Event()

    def host(self, i):
        return f'127.20.{i // 250}.{1 + i % 250}'

    async def answer(self, reader, writer):
        try:
            await reader.readuntil(b'\r\n\r\n')
            a, b = map(int, writer.get_extra_info('sockname')[0].split('.')[2:])
            body = self.documents[a * 250 + b - 1].read_bytes()
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n'
                         % len(body) + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def serve(self):
        first = await asyncio.start_server(self.answer, self.host(0), 0, backlog=8)
        self.port = first.sockets[0].getsockname()[1]
        rest = [self.host(i) for i in range(1, len(self.documents))]
        others = await asyncio.start_server(self.answer, rest, self.port, backlog=8)
        self.ready.set()
        await asyncio.gather(first.serve_forever(), others.serve_forever())

    def run(self):
        asyncio.run(self.serve())


def expectations(document):
    checks = json.loads(pathlib.Path(str(document) + '.expect.json').read_text())
    doc = checks[0]['doc']
    return doc, [c for c in checks[1:] if isinstance(c.get('path'), str) and FIELDS.match(c['path']) and 'equals' in c]


def holds(check, items):
    field = FIELDS.match(check['path']).group(1)
    want = check['equals']
    if field == 'title':
        return any(squeezed(i.get('title', '')) == squeezed(want) or
                   squeezed(i.get('title', '')) == squeezed(html.unescape(re.sub('<[^>]*>', '', str(want)))) for i in items)
    if field == 'url':
        return any(address(i.get('url', '')) == address(want) for i in items)
    if field == 'date_published':
        return any(i.get('date_published') == want for i in items)
    return any(squeezed(a.get('name', '')) == squeezed(want) for i in items for a in i.get('authors', []))


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--voice', required=True)
    options.add_argument('--corpus', required=True)
    options = options.parse_args()
    corpus = pathlib.Path(options.corpus)
    if not corpus.is_dir():
        print(f'skipped: {corpus} is not here; the samples in tests/app cover the same path')
        return 77
    documents = []
    for source in REAL:
        for expect in sorted((corpus / source).rglob('*.expect.json')):
            document = pathlib.Path(str(expect).removesuffix('.expect.json'))
            doc, checks = expectations(document)
            # Documents that need an address or a header of their own are for the parser's checks.
            if doc.get('exit', 0) == 0 and not doc.get('args') and checks:
                documents.append(document)
    origin = Origin(documents)
    origin.start()
    if not origin.ready.wait(20):
        print('the origin did not start')
        return 1

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / 'voice.toml').write_text(
            f'[store]\ndatabase = "{folder}/voice.db"\nmembers = ""\n'
            f'[fetch]\nallow_private_networks = ["127.0.0.0/8"]\nallow_ports = ["{origin.port}"]\n')
        outlines = ''.join(f'<outline type="rss" text="doc {i}" xmlUrl="http://{origin.host(i)}:{origin.port}/feed"/>'
                           for i in range(len(documents)))
        (folder / 'list.opml').write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>')
        config = ['--config', str(folder / 'voice.toml')]
        subprocess.run([options.voice, 'import', *config, '--activate', str(folder / 'list.opml')], check=True,
                       stdout=subprocess.DEVNULL)
        polled = subprocess.run([options.voice, 'fetch', *config, '--all'], capture_output=True, text=True, timeout=300)
        print(polled.stdout.strip().splitlines()[-1] if polled.stdout.strip() else polled.stderr[-500:])
        subprocess.run([options.voice, 'export', *config, str(folder / 'out')], check=True, stdout=subprocess.DEVNULL)

        kept = {}
        for i in range(len(documents)):
            path = folder / 'out' / 'blogs' / f'doc-{i}.json'
            kept[i] = json.loads(path.read_text())['items'] if path.exists() else []
        everything = [item for items in kept.values() for item in items]
        right = total = 0
        for i, document in enumerate(documents):
            _, checks = expectations(document)
            for check in checks:
                total += 1
                # Several collections hold copies of one blog's feed; the same post is kept once, by whoever had it first.
                if holds(check, kept[i]) or holds(check, everything):
                    right += 1
                else:
                    print(f'{document.relative_to(corpus)}: {check["path"]} should be {check["equals"]!r}')
    share = 100 * right / max(total, 1)
    print(f'{len(documents)} documents, {right} of {total} titles, links, authors and dates as expected ({share:.1f} %)')
    return 0 if total > 100 and share >= NEEDED else 1


if __name__ == '__main__':
    sys.exit(main())
