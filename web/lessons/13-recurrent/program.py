import livegrad.functions as F
import numpy as np
from livegrad import Variable


class Cell:
    def __init__(self):
        self.h = Variable(np.zeros(10000))

    def step(self, x):
        self.h = F.tanh(self.h + x)


rnn = Cell()
for i in range(5):
    rnn.step(Variable(np.ones(10000)))
