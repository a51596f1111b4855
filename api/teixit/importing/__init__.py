"""From what others write to graphs.

``pages`` reads the pages of plans, as the city publishes them, and ``saved`` the words of such a
page as a browser saves it. ``bounded`` runs what reads the files of strangers, ``files`` gives what
they hold.
"""
