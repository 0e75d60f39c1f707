"""Handing out a file. The room whose page links to it decides who may have it, and calls this."""

from django.http import FileResponse, Http404

from documents.models import Document

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def serve(document: Document) -> FileResponse:
    """The file, to be saved under the name it came with: no browser opens it as a page of ours, and no cache keeps it.

    Raises Http404 when the file is gone.
    """
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=document.name,
        content_type=document.content_type,
        headers={
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        },
    )
