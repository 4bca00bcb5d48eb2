"""Articles to a new generation: plan, write, examine, switch, report."""
