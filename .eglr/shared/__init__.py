"""What every command uses: the console, where things lie, the places it runs in."""
