"""Each widget of the site walked by keyboard alone, its words held against `tests.by_hand`."""
