"""Types are learnt by one thread at a time."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

AT_ONCE = """
import sys, threading
from core.network.network import decode_network, encode_network
from core.network.templates import TEMPLATES

network = TEMPLATES["lenet5"].build(10)
data, together, right = encode_network(network), threading.Barrier(4), []

def read():
    together.wait()
    right.append(decode_network(data) == network)

sys.setswitchinterval(1e-6)
threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(right)
"""


def test_the_first_designs_of_a_process_may_be_read_on_several_threads_at_once():
    shown = subprocess.run(
        [sys.executable, "-c", AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stdout) == (0, f"{[True] * 4}\n"), shown.stderr
