"""What is shown in Discord, as embeds and text. Pure: whatever goes in, Discord's limits hold."""
