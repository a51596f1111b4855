"""From what others write to graphs.

``pages`` reads the pages of plans, as the city publishes them.
"""
