"""The course: lessons as text, saved with their outputs, tested, and graded."""
