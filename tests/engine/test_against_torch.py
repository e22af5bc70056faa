"""Values, first and second derivatives are those of PyTorch, where it has the operation."""

import pytest
from peer_cases import BITS, CASES, INDICES, LABELS, assert_same, livegrad_results, weights

torch = pytest.importorskip(
    "torch", reason="PyTorch, which is large, is not installed: pip install --group bench-torch"
)
f = torch.nn.functional
bits, labels, indices = map(torch.from_numpy, (BITS, LABELS, INDICES))


def _batch_norm(x, gamma, beta):
    return f.batch_norm(x, None, None, gamma, beta, training=True, eps=2e-5)


def _windows(x):
    return f.unfold(x, (2, 3)).transpose(1, 2).reshape(-1, x.shape[1] * 6)


THEIRS = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "neg": torch.neg,
    "pow": lambda x: x**2.5,
    "square": torch.square,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "exp": torch.exp,
    "log": torch.log,
    "clip": lambda x: torch.clip(x, -0.9, 1.2),
    "sigmoid": torch.sigmoid,
    "relu": f.relu,
    "leaky_relu": lambda x: f.leaky_relu(x, 0.1),
    "softmax": lambda x: f.softmax(x, 1),
    "log_softmax": lambda x: f.log_softmax(x, 1),
    "reshape": lambda x: x.reshape(3, 2),
    "transpose": lambda x: x.permute(2, 0, 1),
    "broadcast_to": lambda x: x.broadcast_to((4, 2, 3)),
    "get_item: slices": lambda x: x[1:, ::2],
    "get_item: places": lambda x: x[[0, 2, 0]],
    "concatenate": lambda x, y: torch.concatenate((x, y), 1),
    "sum": torch.sum,
    "sum: axes": lambda x: x.sum((0, 2), keepdim=True),
    "average": lambda x: x.mean(1),
    "max": lambda x: x.amax(1),
    "min": lambda x: x.amin(0, keepdim=True),
    "matmul": torch.matmul,
    "matmul: stacks": torch.matmul,
    "matmul: vectors": torch.matmul,
    "linear": lambda x, W, b: f.linear(x, W.T, b),
    "mean_squared_error": lambda x, y: f.mse_loss(x, y, reduction="sum") / len(x),
    "softmax_cross_entropy": lambda x: f.cross_entropy(x, labels),
    "sigmoid_cross_entropy": lambda x: (
        f.binary_cross_entropy_with_logits(x, bits, reduction="sum") / len(x)
    ),
    "binary_cross_entropy": lambda p: f.binary_cross_entropy(p, bits, reduction="sum") / len(p),
    "embed_id": lambda W: f.embedding(indices, W),
    "batch_norm": _batch_norm,
    "batch_norm: images": _batch_norm,
    "conv2d": lambda x, W, b: f.conv2d(x, W, b, (2, 1), (1, 0)),
    "deconv2d": lambda x, W, b: f.conv_transpose2d(x, W, b, 2, 1),
    "pooling": lambda x: f.max_pool2d(x, 2, 2),
    "average_pooling": lambda x: f.avg_pool2d(x, 3, 2, 1),
    "im2col": _windows,
}


def test_every_case_is_compared():
    assert {case.name for case in CASES} == THEIRS.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_value_and_derivatives(case):
    xs = [torch.from_numpy(a).requires_grad_() for a in case.arrays()]
    y = THEIRS[case.name](*xs)

    def gradients(parts, graph):
        pairs = [
            (part, torch.from_numpy(weights(part.numel(), k)).reshape(part.shape))
            for k, part in enumerate(parts)
            if part.requires_grad
        ]
        if not pairs:
            return [torch.zeros_like(x) for x in xs]
        outputs, seeds = zip(*pairs, strict=True)
        return torch.autograd.grad(
            outputs, xs, seeds, create_graph=graph, allow_unused=True, materialize_grads=True
        )

    firsts = gradients([y], True)
    seconds = gradients(firsts, False)
    assert_same(livegrad_results(case), [t.detach().numpy() for t in (y, *firsts, *seconds)])
