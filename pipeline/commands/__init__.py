"""What each ``sohoa`` command does; one module per group of commands, loaded only when it runs."""
