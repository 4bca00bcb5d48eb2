"""What is shown in Discord, as embeds and text. Pure: the output never exceeds Discord's limits."""
