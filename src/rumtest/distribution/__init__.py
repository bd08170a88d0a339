"""All that is known of one metric for one key: mergeable counts, their quantiles and ranks.

The modules are imported by name, since they need numpy and this package's name does not.
"""
