import numpy as np
from livegrad import Variable
from livegrad.functions import square


def show(value):
    global _
    print(value)
    _ = value


y = square(Variable(np.ones(10000)))
show(y)
y = None
show(1 + 1)
