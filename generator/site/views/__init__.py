"""What templates see of authors, editions and posts, a module each."""
