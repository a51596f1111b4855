"""For assistants that read language: a server of the Model Context Protocol.

* ``serving``: over standard input and output, or over HTTP
* ``tools``: what an assistant can ask, and what it is told about the graph; ``reasons``: who says
  what a row says
* ``asking``: asking the workers; ``told``: answers that fit into a conversation
"""
