class Thing:
    pass


a = Thing()
b = Thing()
c = Thing()
a.b = b
b.c = c
c = None
b = None
a = None
