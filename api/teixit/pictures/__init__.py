"""Answers drawn: from a table and the names of its things to SVG 2, before any HTML.

* ``rows``: a table as it is drawn, and what its columns hold
* ``choosing``: which pictures a table has, and which one it is seen as at first
* ``canvas``: letters, boxes, and the frame with title, filters, source and number of rows
* ``bars``, ``curves``, ``spans``, ``atlas``, ``threads``: the pictures
* ``wanted``: what is to be drawn, as it travels to a worker; ``making``: drawing it there
"""
