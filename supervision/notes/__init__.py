"""What those who guide a team write about it for each other. The team's own people never read it."""
