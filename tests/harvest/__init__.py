"""The walk over the checklist of harvesters: 145 items, each asked of a server that runs."""
