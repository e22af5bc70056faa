import numpy as np
from livegrad import Variable


def f(argument):
    pass


a = Variable(np.array(1.0))
b = a
f(a)
kept = []
kept.append(a)
kept.pop()
b = None
