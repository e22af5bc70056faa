import numpy as np

firsts = []
for i in range(3):
    batch = np.zeros((100, 1000))
    firsts.append(batch[0])
batch = None
print(8 * sum(map(len, firsts)), "bytes are used")
