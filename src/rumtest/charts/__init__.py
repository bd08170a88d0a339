"""What our pages show: the data of each chart, its drawing, the tokens, the built bundle."""
