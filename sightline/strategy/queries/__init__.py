"""What is read of strategies; the viewer first."""
