"""What pytest allows only here: pytester, with which the plugin is tested from outside."""

pytest_plugins = ["pytester"]
