/** What both ways compute: it needs numpy's core and its linear algebra. */
export const RESULT = `
import numpy as np
float(np.linalg.inv(np.eye(5) / 2).sum())
`;
