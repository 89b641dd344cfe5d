"""What two screens show."""
