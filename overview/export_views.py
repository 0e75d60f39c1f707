"""Taking everything of a network out: a workbook to read, and data for another system."""

from tempfile import TemporaryFile
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from networks.access import NetworkRequest, network_view
from networks.models import Role
from overview.export_reading import read_everything
from overview.export_workbook import write_workbook
from overview.matrix_files import XLSX


@require_safe
@network_view(Role.COORDINATOR)
def as_xlsx(request: NetworkRequest) -> FileResponse:
    """The workbook. Made here and not on the way out: outside the request's transaction no row can be seen."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_workbook(read_everything(request.network, timezone.localdate()), file)
    return _answer(request, file, XLSX, "xlsx")


@require_safe
@network_view(Role.COORDINATOR)
def as_json(request: NetworkRequest) -> FileResponse:
    """The data, piece by piece into a file; its format is docs/network-export.md."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=1)
    for piece in encoder.iterencode(read_everything(request.network, timezone.localdate())):
        file.write(piece.encode())
    return _answer(request, file, "application/json", "json")


def _answer(request: NetworkRequest, file: IO[bytes], kind: str, ending: str) -> FileResponse:
    file.seek(0)
    name = f"{request.network.slug}-{timezone.localdate():%Y-%m-%d}.{ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
