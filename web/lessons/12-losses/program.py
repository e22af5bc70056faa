import livegrad.functions as F
import numpy as np
from livegrad import Variable

x = Variable(np.ones(10000))
losses = []
for i in range(5):
    loss = F.sum(F.square(x))
    losses.append(loss)
loss = None
