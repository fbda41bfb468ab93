"""The tree of record: HTML as elements that Markdown can say."""
