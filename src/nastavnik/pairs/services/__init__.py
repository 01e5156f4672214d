"""Use cases of pairs: composing, answering, ordering, ending."""
