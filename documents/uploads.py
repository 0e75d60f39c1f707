"""Receiving an upload without letting it fill the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.content import LARGEST


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes no more of a file than may be kept, but counts the rest, so that the refusal can say how big it is."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LARGEST + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])
