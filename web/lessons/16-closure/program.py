import numpy as np
from livegrad import Variable
from livegrad.functions import square

hooks = []


def watch(y):
    def report():
        return y.data.mean()

    hooks.append(report)


for i in range(3):
    y = square(Variable(np.ones(10000)))
    watch(y)
y = None
print(hooks[0]())
