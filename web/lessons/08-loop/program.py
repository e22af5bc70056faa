import gc

import numpy as np
from livegrad import Variable
from livegrad.functions import square

gc.disable()
for i in range(10):
    x = Variable(np.random.randn(10000))
    y = square(square(square(x)))
gc.collect()
