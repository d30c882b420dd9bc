"""Formulas name what stands there, and a table too long for them is told in values."""

import re
from dataclasses import replace

from bot.workbook.domain.sheets import MOST_COUNTED, Cell, Workbook, stored
from tests.workbook.composed import (
    composed,
    tables,
)


def formulas(workbook: Workbook) -> list[str]:
    return [
        cell.formula
        for table in tables(workbook).values()
        for row in table.rows
        for cell in row
        if isinstance(cell, Cell) and cell.formula
    ]


def test_every_formula_names_columns_and_cells_that_are_there() -> None:
    workbook = composed()
    found = tables(workbook)
    titles = {name: {column.title for column in table.columns} for name, table in found.items()}
    names = {name for table in found.values() for name in table.names}

    used = formulas(workbook)

    assert len(used) > 300
    for formula in used:
        for table, column in re.findall(r"(\w+)\[(?:\[#This Row\],\[)?([^\[\]#]+)\]", formula):
            assert column in titles[table], formula
        for name in re.findall(r"\b(tool_cost|days_per_month|credit_rate)\b", formula):
            assert name in names
        assert "@" not in formula
        assert formula.startswith("=")
        assert formula.count("(") == formula.count(")")


def test_a_table_too_long_for_formulas_is_told_in_values() -> None:
    workbook = composed(counts={"Debriefs": MOST_COUNTED + 1, "Handoffs": MOST_COUNTED})

    used = formulas(workbook)

    assert not [formula for formula in used if "Debriefs[" in formula]
    assert [formula for formula in used if "Handoffs[" in formula]
    about = [row[0] for row in tables(workbook)["About"].rows]
    assert "Debriefs" in about
    assert "Handoffs" not in about


def test_a_column_taken_out_takes_its_own_cells_alone() -> None:
    for table in tables(composed()).values():
        whole = [list(row) for row in table.rows]
        for at in range(len(table.columns)):
            without = replace(table, columns=[*table.columns[:at], *table.columns[at + 1 :]])
            assert [list(row) for row in without.rows] == [[*row[:at], *row[at + 1 :]] for row in whole], (
                table.name
            )


def test_this_rows_cells_are_named_with_their_table() -> None:
    assert stored("[@Count]/[@[Out of]]", "Team") == "=Team[[#This Row],[Count]]/Team[[#This Row],[Out of]]"
