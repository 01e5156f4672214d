from nastavnik.cli.main import main

main()
