"""What a server sets, and what moderators look over: queue, statistics, digest, export, retention."""
