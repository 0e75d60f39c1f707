"""Answering what a team has handed in, with all of it in sight."""
