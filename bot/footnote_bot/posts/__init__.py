"""Messages in Discord: answers, cards and notices, posted once and kept in step with the database."""
