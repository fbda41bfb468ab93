"""Posts on disk: their files, their index and their history."""
