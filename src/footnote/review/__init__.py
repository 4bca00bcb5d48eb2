"""What moderators do to answers, and what becomes of them: recorded, held, approved, corrected, reused."""
