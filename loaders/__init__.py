"""Readers of policy text: from a file to articles, from an article to facts. They see text and the model only."""
