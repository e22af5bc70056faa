from functools import reduce

import numpy as np
from livegrad import Variable
from livegrad.functions import add

x = Variable(np.array(0.0))
one = Variable(np.array(1.0))
y = reduce(add, [one] * 1000, x)
print(y.data)
y = None
