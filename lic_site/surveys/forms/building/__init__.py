"""What is typed to build a questionnaire."""
