from functools import lru_cache

import numpy as np


class Model:
    def __init__(self):
        self.w = np.ones(10000)

    @lru_cache
    def size(self):
        return float(self.w.sum())


for i in range(3):
    model = Model()
    print(model.size())
model = None
