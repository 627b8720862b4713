"""Reads files with python-docx and openpyxl; prints a line for each fault."""

import sys

import docx
import openpyxl


def read_docx(name):
    document = docx.Document(name)
    if not any(p.text for p in document.paragraphs):
        return "no text"
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                cell.text  # it can be reached
    return None


def read_xlsx(name):
    formulas = openpyxl.load_workbook(name)
    values = openpyxl.load_workbook(name, data_only=True)
    if not values.worksheets[0]["A1"].value:
        return "no title"
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and values[sheet.title][cell.coordinate].value is None:
                    return f"{sheet.title} {cell.coordinate}: a formula without its value"
    return None


for name in sys.argv[1:]:
    try:
        fault = read_docx(name) if name.endswith(".docx") else read_xlsx(name)
    except Exception as err:
        fault = repr(err)
    if fault:
        print(f"{name}: {fault}")
