"""Tesseract's page segmentation modes, by what they are used for.

A page is read with one mode, whatever is on it: ``layout`` parts columns and the sides of heads, ``lines`` puts the
words of forms and tables into visual lines.  Only on certificates and forms was another mode better, and these cannot
be told from letters, on which it loses words, before they are read.
Characters wrong or out of order (words found nowhere), 2 to 4 pages of each kind:

==================  ===========  ===========  ===========  ===========
kind                psm 3        psm 4        psm 6        psm 11
==================  ===========  ===========  ===========  ===========
slips, A5           0.26 (0.38)  0.26 (0.38)  0.50 (1.02)  0.29 (1.02)
forms               1.31 (1.30)  1.31 (1.30)  0.81 (1.30)  1.13 (1.30)
certificates, A4-3  0.50 (0.96)  0.50 (0.96)  0.63 (1.59)  0.20 (0.48)
letters with heads  1.66 (2.61)  1.63 (2.61)  1.95 (4.14)  1.75 (4.21)
tables              3.95 (4.30)  6.74 (6.02)  5.95 (5.39)  5.89 (8.28)
long text           1.68 (1.86)  1.69 (1.80)  2.38 (2.55)  2.12 (2.11)
identity cards      0.00 (0.00)  0.00 (0.00)  0.00 (0.00)  0.00 (0.00)
drawings, A3        48.4 (6.67)  47.7 (12.0)  48.7 (8.67)  46.6 (16.0)
==================  ===========  ===========  ===========  ===========

All in per cent; the truth of drawings is in another order.  Of 137 pages psm 3 read 15 unlike psm 4, in the same time:
letters with their tables 2.69 -> 2.26 % (words found nowhere 2.96 -> 2.66), office pages 0.37 -> 0.36 (0.39 -> 0.37),
samples 0.43 -> 0.42 (0.72 -> 0.66), decrees, laws and bad scans the same; on three pages it read pen strokes as a word.
The program gained in the same way (letters 2.85 -> 2.47).
"""

from __future__ import annotations

PAGE = 3
"""A page or a large part of one: blocks of text are found, and tables' columns kept apart until they are read."""
SAMPLE = 6
"""A part cut from a page: one block of text."""
LINE = 7
"""A line cut from a page."""
ALONE = 13
"""A line of which nothing lies around: the engine looks for no line in it."""
