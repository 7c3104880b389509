"""The pictures of the demonstration, drawn from code.

``canvas`` holds the few means (a fill, a fade, a glow, a haze, grain), ``figures`` the people and
flags that several pictures share, and the other modules one function for each picture. Nothing
is drawn at random: a picture comes out the same at every set-up, so that its address keeps.
Photographs were turned down: they would belong to somebody, and would show somebody.
"""
