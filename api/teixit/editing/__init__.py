"""Changing a thing of the graph by hand: what a form asks, what it changes, and writing that down.

Knows no Flask: ``teixit.web.editing`` shows the form.

* ``fields``: what is asked of a thing, read from the shapes
* ``knowledge``: the graph as its files say it now, and what a form can choose from
* ``rows``: the lines of a form, and what is wrong with what was typed
* ``drafts``: a whole form, a new source with it, and the change that it makes
* ``turtle``: a file that people wrote, changed in as few lines as can be
* ``checking``: what the shapes would say
* ``saving``: writing the change, unless somebody else did meanwhile
"""
