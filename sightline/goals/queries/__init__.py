"""What is read of goals; the viewer first."""
