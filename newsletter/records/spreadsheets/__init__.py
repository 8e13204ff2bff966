"""Records as spreadsheets: out as `.xlsx` and `.csv`, and in again after a preview of every difference."""
