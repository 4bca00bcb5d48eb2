"""Text in any language: sentences with exact offsets, words as they are searched for, numbers and days in one form."""
