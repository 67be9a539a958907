"""The verbs: raise a concern and follow it up, handle it, pass it on, name who reads; and the
clock's rounds.
"""
