"""A small book of everything that outputs can get wrong."""

project = "The Orchard"
author = "Ada Ember"
version = release = "1.2"
copyright = "2026, Ada Ember"
language = "en"
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s"}
casebound_subtitle = "A Book for Trees"
casebound_publisher = "Ember Press"
casebound_lists = ["figures", "tables", "code"]
casebound_show_urls = "footnote"
