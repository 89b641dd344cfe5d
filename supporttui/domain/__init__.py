"""The rules, pure: what follows from a ticket, a rota or a policy at a given instant."""
