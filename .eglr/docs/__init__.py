"""The documentation site: Javadoc, the guide with its code run, the reference from the code."""
