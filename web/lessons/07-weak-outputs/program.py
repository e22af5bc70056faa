import gc

import numpy as np
from livegrad import Variable, using_config
from livegrad.functions import square

gc.disable()
with using_config("weak_outputs", True):
    x = Variable(np.array(2.0))
    y = square(x)
y.backward(retain_grad=True)
print(y.creator.outputs[0]().grad)
x = None
y = None
gc.collect()
