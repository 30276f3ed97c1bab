"""What the log says about what comes next: how fast people answer, and how full the week will be."""
