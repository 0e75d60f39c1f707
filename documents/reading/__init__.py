"""Reading an uploaded file in a process of its own, to see that it is what it says and holds no identity number.

The libraries that parse PDF and images are written in C and were made for files people trust. So the file is given
to a child process with little memory and little time (`python -m documents.reading KIND < file`), and what comes back
is a short JSON report: how many pages, or where and why it is refused. The text never leaves the child.
"""
