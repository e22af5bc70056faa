import livegrad.functions as F
import numpy as np
from livegrad.models import MLP
from livegrad.optimizers import SGD

np.random.seed(0)
x = np.random.rand(100, 1)
t = np.sin(2 * np.pi * x)
model = MLP((10, 1))
optimizer = SGD(0.2).setup(model)
for i in range(5):
    y = model(x)
    loss = F.mean_squared_error(y, t)
    model.cleargrads()
    loss.backward()
    optimizer.update()
print(loss.data)
