"""Words and phrases, one data file per language; `gonequiet.language.lexicon` reads them."""
