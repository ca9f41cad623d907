"""./eglr doctor."""
