"""feedparser_bench.py FOLDER: Python's feedparser over every 40th file of the bench corpus, sanitising as it always does."""
import os
import sys
import time

try:
    import feedparser
except ImportError:
    sys.exit(1)

folder = sys.argv[1]
names = [n for n in sorted(os.listdir(folder)) if n.endswith('.xml')][::40]
documents = [open(os.path.join(folder, n), 'rb').read() for n in names]
size = sum(map(len, documents))
start = time.process_time()
entries = sum(len(feedparser.parse(d).entries) for d in documents)
seconds = time.process_time() - start
print('%-44s %9.1f MB/s %10.0f feeds/s   (%d feeds, %.1f MB)' % (
    'Python feedparser %s' % feedparser.__version__, size / 1e6 / seconds, len(documents) / seconds, len(documents), size / 1e6))
sys.exit(0 if entries else 1)
