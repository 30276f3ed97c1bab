"""Texts to go into the world with: messages written from templates."""
