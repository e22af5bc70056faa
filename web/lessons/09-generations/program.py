import numpy as np
from livegrad import Variable
from livegrad.functions import add, square

x = Variable(np.array(2.0))
a = square(x)
y = add(square(a), square(a))
y.backward()
print(y.data, x.grad.data)
x = None
a = None
y = None
