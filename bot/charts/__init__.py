"""Pictures of figures, and names that do not cover each other in them."""
