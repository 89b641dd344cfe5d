"""What a site defines: one by one or as a pack that is checked whole first."""
