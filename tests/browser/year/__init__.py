"""The performance year, chapter by chapter, as people make it by the pages."""
