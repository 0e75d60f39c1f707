"""Bringing a list of people into a network.

words    what a heading, a role, a language may be called
sheet    reads an Excel workbook, as a process of its own
reading  from what was pasted or uploaded to rows
plan     from rows to what will happen, row by row
"""
