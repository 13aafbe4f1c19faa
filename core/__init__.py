"""Everything of Layerloom that works without a window."""

import os

# Before anything imports ONNX Runtime, which from 1.3x on keeps a device id and a record of its
# use, and sends them to its maker where it is not told otherwise.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
