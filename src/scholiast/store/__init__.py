"""The case's database: what the passes derived, kept between runs; may be deleted."""
