"""Open a survey: from a client's file, or the example that ships with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table
from cxdrivers.survey.survey import Survey


def read_survey(
    path: str | Path,
    *,
    codebook: str | Path | Codebook | None = None,
    sheet: str | None = None,
    decimal: str | None = None,
) -> Survey:
    """Read a survey from a file.

    Parameters
    ----------
    path
        CSV in any dialect, ``.xlsx``, ``.sav``, ``.zsav`` or ``.parquet``.
    codebook
        Which column is what: a TOML file or a `Codebook`. Without one it is drafted from the
        file, which works when the names of the columns are plain; look at it with
        ``cxdrivers codebook FILE``.
    sheet
        Which sheet of a workbook, when several hold something; goes before the codebook's.
    decimal
        The decimal mark of a text file that leaves doubt; goes before the codebook's.

    Returns
    -------
    Survey

    Raises
    ------
    SurveyError
        When the file or the codebook cannot be read, they do not fit, or no codebook is given
        and the file does not tell enough to draft a whole one.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.read_survey(cx.example_path()).drivers[:2]
    ('reliability', 'empathy')
    """
    known = read_codebook(codebook) if isinstance(codebook, str | Path) else codebook
    table = read_table(
        path,
        sheet=sheet or (known.sheet if known else None),
        decimal=decimal or (known.decimal if known else None),
    )
    if known is None:
        draft = draft_codebook(table)
        if draft.codebook is None:
            raise SurveyError("codebook_needed", file=table.source.name)
        return Survey(table.frame, draft.codebook, table.source, draft.open_questions)
    return Survey(table.frame, known, table.source)


def load_example() -> Survey:
    """Load the example that ships with the package: 1,500 simulated customers, 4 organisations.

    Nobody in it exists. `datasets/README.md` says how it was made and what of it is published.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> len(cx.load_example().frame)
    1500
    """
    return read_survey(example_path(), codebook=example_path().with_name("codebook.toml"))


def example_path() -> Path:
    """Return where the example survey stands, for commands that want a file."""
    shipped = Path(str(files("cxdrivers"))) / "datasets"
    folder = shipped if shipped.is_dir() else shipped.parents[1] / "datasets"  # in a checkout
    return folder / "contact_centre.csv"
