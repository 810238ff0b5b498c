"""Scenarios as environments for learning."""
