"""Spreadsheets of people, and what other spreadsheets need to find people by."""
