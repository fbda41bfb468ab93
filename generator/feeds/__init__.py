"""Other people's feeds: fetched, parsed, scheduled and found."""
