"""Files written by `cornerman export`: one's own workbook filled, a folder never written over."""

import openpyxl

from tests.cli.shell import Shell


def test_ones_own_workbook_is_filled_and_what_it_lacks_is_told(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("email,name,role,team\nben@acme.test,Ben,AE,East\n")
    (shell.folder / "deals.csv").write_text(
        "deal_id,ae_email,status,opened_at,company\nd1,ben@acme.test,open,2026-10-01,Acme\n"
    )
    shell("import", "reps.csv", "--kind", "reps")
    shell("import", "deals.csv", "--kind", "deals")
    shell("export", "--starter-template", "-o", "ours.xlsx")

    book = openpyxl.load_workbook(shell.folder / "ours.xlsx")
    book.remove(book["Money"])
    book.save(shell.folder / "ours.xlsx")

    out, err = shell("export", "--template", "ours.xlsx", "--period", "2026-10", "-o", "october.xlsx")

    assert "october.xlsx: 1 rep." in out
    assert "no table Money; these were left out" in err
    told = shell.says("export", "--template", "october.xlsx", "--period", "2026-10", "-o", "again.xlsx")
    assert (told["rows"]["Deals"], told["missing_tables"]) == (1, ["Money"])
    _, err = shell("export", "--template", "reps.csv", "-o", "x.xlsx", code=1)
    assert err == "I cannot fill reps.csv: it is no Excel workbook (.xlsx).\n"
    _, err = shell("export", "-o", "nowhere/x.xlsx", code=1)
    assert err == "nowhere/x.xlsx cannot be written: No such file or directory.\n"
    _, err = shell("export", "--template", "ours.xlsx", "--summary", "-o", "x.xlsx", code=2)
    assert "a template takes the tables that it has" in err
    _, err = shell("export", "--template", "ours.xlsx", "-o", "./ours.xlsx", code=1)
    assert err == "ours.xlsx is the template itself; call the file to write something else.\n"
    assert "Money" not in openpyxl.load_workbook(shell.folder / "ours.xlsx").sheetnames


def test_a_folder_of_csv_is_never_written_over(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("email,name,role,team\nben@acme.test,Ben,AE,East\n")
    shell("import", "reps.csv", "--kind", "reps")
    out, _ = shell("export", "--format", "csv", "-o", "tables")
    (shell.folder / "tables" / "Reps.csv").write_text("mine")
    noted = shell("audit")[0].count("exported")

    _, err = shell("export", "--format", "csv", "-o", "tables", code=1)

    assert out == "tables: 1 rep.\n"
    assert err == "tables is there already; name a new folder.\n"
    assert (shell.folder / "tables" / "Reps.csv").read_text() == "mine"
    assert shell("audit")[0].count("exported") == noted > 0, "nobody took anything out"
    _, err = shell("export", "--template", "x.xlsx", "--format", "csv", "-o", "x", code=2)
    assert "a template is an Excel workbook" in err
