"""The site: how its parts are had, verified and put together, and what was built."""
