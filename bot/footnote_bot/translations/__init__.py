"""The languages of the bot itself. The texts are in the code in English; `de.po` has them in German, and so on."""
