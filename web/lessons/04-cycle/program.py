import gc


class Thing:
    pass


a = Thing()
b = Thing()
c = Thing()
a.b = b
b.c = c
c.a = a
c = None
b = None
a = None
gc.collect()
