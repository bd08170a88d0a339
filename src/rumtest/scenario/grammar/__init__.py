"""The scenario language, a file a part: locators, actions, steps, gates, data, and the whole."""
