"""Make surveys whose truth is known: to test estimates, to try things out, to show an example.

Read `world` first: it says what is assumed. Only two things in a world come from published figures
(how often the employee is mentioned, and who really recommended); the rest is an assumption.
"""
