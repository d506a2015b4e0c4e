"""What every test may ask for; it stands at the top so that tests beside the code have it too."""

pytest_plugins = ["tests.support.fixtures"]
