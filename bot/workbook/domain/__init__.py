"""The workbook as data: which sheets there are, what stands in them, and by which formulas Excel finds it again."""
