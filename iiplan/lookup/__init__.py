"""What asks other programs and servers, only when the user wants it: fetching, geocoding, routing, city packs."""
