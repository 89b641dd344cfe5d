"""Windows above a screen: questions, help, messages, the command line."""
