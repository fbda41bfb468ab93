"""The kinds of pages, a module each, whose `pages` lays them out."""
