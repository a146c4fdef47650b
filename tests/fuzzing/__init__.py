"""Feed the readers, the codebook, the lexicon and the command what no honest program writes."""
