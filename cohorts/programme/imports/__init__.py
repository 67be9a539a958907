"""Spreadsheets that this app takes in."""
