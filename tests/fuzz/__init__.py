"""Fuzzing of every stage: invented texts of the genre and noise, and what must hold for each of them.

`tokens` the words of the genre, `texts` the strategies of hypothesis, `invariants` what holds, `targets` the stages
under test. `tests/test_fuzz.py` runs all of them briefly; `make fuzz` runs them as long as you like, guided by
coverage (`python -m fuzz`, in `tests`).
"""
