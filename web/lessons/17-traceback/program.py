import numpy as np
from livegrad import Variable
from livegrad.functions import square


def train():
    x = Variable(np.ones(10000))
    y = square(x)
    raise ValueError("the loss is not a number")


try:
    train()
except ValueError as error:
    failure = error
print(failure)
failure = None
