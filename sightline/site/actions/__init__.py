"""What is done to the installation itself, and is nobody's below."""
