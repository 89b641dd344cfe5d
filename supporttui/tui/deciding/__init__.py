"""What waits for somebody's word, each kind in a list over the screen: entries of other calendars, special periods."""
