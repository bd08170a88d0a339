// Written in by the bundler from pyproject.toml.
declare const RUMTEST_VERSION: string;
