import weakref

import numpy as np

a = np.array([1, 2, 3])
b = weakref.ref(a)
print(b)
print(b())
a = None
print(b)
