"""How bptt_lib and content/ become a static site.

Read `addon.py` first: it is the whole build, step by step, and names the room
in which each step is done.
"""
