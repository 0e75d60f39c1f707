"""What teams ask those who guide them."""
