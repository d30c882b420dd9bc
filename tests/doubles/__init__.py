"""Other companies' APIs on loopback, as far as we ask them: they answer in the published shapes."""
