"""What comes in from people, shaped for one verb each."""
