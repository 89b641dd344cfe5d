"""The rota screen."""
