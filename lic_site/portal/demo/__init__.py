"""Demonstration data: a believable programme, built through the real verbs, in which everybody is
invented.

``people`` makes the personas and as many colleagues as a scenario asks for; ``programme`` holds the
scenarios ('worlds') that tests share; ``build`` puts them together.
"""
