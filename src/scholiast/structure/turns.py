from scholiast.model import Node


def turns(text, paragraphs):
    return ()
