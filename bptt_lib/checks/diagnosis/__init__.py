"""Naming a mistake: by the catalogue, by relations between arrays, by laws among them."""
