"""What every test may ask for; it stands at the top so that tests beside the code have it too."""

pytest_plugins = ["tests.support.fixtures", "tests.support.hazards", "tests.support.at_once_named"]
