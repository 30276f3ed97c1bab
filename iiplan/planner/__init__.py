"""The use cases: load, call something pure, save. Shared by the pages and the command line."""
