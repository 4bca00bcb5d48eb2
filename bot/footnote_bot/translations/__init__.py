"""The languages of the bot itself. The texts stand in the code in English; `de.po` has them in German, and so on."""
