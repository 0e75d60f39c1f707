"""What waits for a supervisor, across her networks and teams."""
