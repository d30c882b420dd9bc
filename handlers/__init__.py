"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order."""
