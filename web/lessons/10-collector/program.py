import gc


class Node:
    pass


def ring():
    a = Node()
    b = Node()
    a.other = b
    b.other = a


gc.disable()
ring()
gc.collect(0)
old = Node()
old.me = old
gc.collect(0)
old = None
gc.collect(0)
gc.collect()
