class Thing:
    pass


def f(x):
    pass


a = Thing()
f(a)
a = None
