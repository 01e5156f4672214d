"""Pages of documents, one module per room."""
