"""A company's own workbook, its tables filled: every part of the file that is no filled table stays as it was.

openpyxl tells what is in the file and moves its formulas; it does not save it, for it would lose charts' looks,
slicers, shapes and whatever else it does not know. The parts that change are spliced, byte by byte; others are copied.
"""
