"""Two sets of loads in, verdicts with reasons and intervals out; nothing here touches the world.

The modules are imported by name: `model`, `policy` and `schedule` are light, the others bring
numpy, and scipy comes with the first p-value.
"""
