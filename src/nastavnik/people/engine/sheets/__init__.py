"""Registries of mentees, mentors and staff as schools keep them: read, understand, check.

`reader.read_workbook` turns bytes into a `Workbook` or a `FileRefused`; `rows.analyse` turns a
workbook into records with their problems. Nothing here knows Django, the clock or the database.
"""
