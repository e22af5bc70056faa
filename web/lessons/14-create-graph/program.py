import gc

import numpy as np
from livegrad import Variable

gc.disable()
x = Variable(np.ones(10000))
y = x**3
y.backward(create_graph=True)
print(x.grad.data[0])
y = None
x = None
gc.collect()
