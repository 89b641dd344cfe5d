"""Reports, letters and signs of life of other systems, and the tickets that come of them."""
