"""The organisation in spreadsheets: reading a file into a plan, carrying it out, writing a file.

`columns` says which kinds of files there are; `snapshot` reads the organisation once; `rows` turns
cells into values; `plan` and the modules `plan_…` work out what would change; `work` holds the jobs
and `steps` what pages may ask for; `export` and `template_files` write.
"""
