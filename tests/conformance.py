"""conformance.py VOICE: `voice parse` over the conformance corpus beside the project; at least 98 % of the assertions hold.

Exits with 77 (skipped) and a message where the corpus is not there.
"""
import os
import subprocess
import sys

corpora = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'shared', 'corpora')
checker = os.path.join(corpora, 'check_parse.py')
if not os.path.isfile(checker):
    print('skipped: no conformance corpus at ' + os.path.normpath(corpora))
    sys.exit(77)
# Sanitizers make every start of the program slow, so a document is given half a minute.
sys.exit(subprocess.call([sys.executable, checker, '--voice', sys.argv[1], '--min', '98', '--timeout', '30',
                          os.path.join(corpora, 'feeds')]))
