"""Full text of the pages: a follower of the catalogue that can be deleted and rebuilt at any time."""
