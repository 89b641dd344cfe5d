"""How a page gets to a person: contact points in their order, what holds it back, codes to answer it by."""
