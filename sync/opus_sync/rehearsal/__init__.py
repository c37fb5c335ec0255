"""A copy of boards for the sandbox, made from what the warehouse knows of them."""
