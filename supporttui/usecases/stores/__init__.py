"""What use cases ask of a database, one port a file; ``ports.Transaction`` has them all."""
