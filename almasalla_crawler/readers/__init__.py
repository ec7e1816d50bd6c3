"""Response in, Page out: the bytes of a page become lines in reading order. After this nobody knows what it was made of."""
