"""Every public name of DeZero 0.0.13 is there, through the alias, in the module it belongs to."""

import importlib

import pytest

import livegrad.dezero  # noqa: F401  # from here on there is a dezero

NAMES = {
    "dezero": """Variable Parameter Function using_config no_grad test_mode as_array as_variable
        setup_variable Config Layer Model Dataset DataLoader SeqDataLoader datasets dataloaders
        optimizers functions functions_conv layers utils cuda transforms""",
    "dezero.core_simple": """Config using_config no_grad Variable as_variable as_array Function add
        mul neg sub rsub div rdiv pow setup_variable""",
    "dezero.core": """Config using_config no_grad test_mode Variable Parameter as_variable as_array
        Function Add add Mul mul Neg neg Sub sub rsub Div div rdiv Pow pow setup_variable""",
    "dezero.functions": """Sin sin Cos cos Tanh tanh Exp exp Log log Reshape reshape expand_dims
        flatten Sum sum SumTo sum_to BroadcastTo broadcast_to MatMul matmul Linear linear
        linear_simple Transpose transpose GetItem GetItemGrad get_item sigmoid_simple Sigmoid
        sigmoid ReLU relu softmax_simple Softmax softmax LogSoftmax log_softmax LeakyReLU leaky_relu
        mean_squared_error_simple MeanSquaredError mean_squared_error softmax_cross_entropy_simple
        SoftmaxCrossEntropy softmax_cross_entropy sigmoid_cross_entropy binary_cross_entropy
        accuracy embed_id dropout BatchNorm batch_nrom batch_norm Max Min max min Clip clip conv2d
        deconv2d conv2d_simple im2col col2im pooling_simple pooling average_pooling add sub rsub mul
        div neg pow average square""",
    "dezero.functions_conv": """conv2d_simple pooling_simple Conv2d conv2d Deconv2d deconv2d
        Conv2DGradW Pooling Pooling2DGrad Pooling2DWithIndexes pooling AveragePooling
        average_pooling Im2col im2col Col2im col2im im2col_array col2im_array""",
    "dezero.layers": "Layer Linear Conv2d Deconv2d RNN LSTM EmbedID BatchNorm",
    "dezero.models": """Model Sequential MLP VGG16 ResNet ResNet152 ResNet101 ResNet50
        BuildingBlock BottleneckA BottleneckB SqueezeNet""",
    "dezero.optimizers": """Optimizer WeightDecay ClipGrad FreezeParam SGD MomentumSGD AdaGrad
        AdaDelta Adam""",
    "dezero.datasets": """Dataset get_spiral Spiral MNIST CIFAR10 CIFAR100 ImageNet SinCurve
        Shakespear load_cache_npz save_cache_npz""",
    "dezero.dataloaders": "DataLoader SeqDataLoader",
    "dezero.transforms": """Compose Convert Resize CenterCrop ToArray ToPIL RandomHorizontalFlip
        Normalize Flatten AsType ToFloat ToInt""",
    "dezero.utils": """get_dot_graph plot_dot_graph sum_to reshape_sum_backward logsumexp
        max_backward_shape gradient_check numerical_grad array_equal array_allclose show_progress
        cache_dir get_file get_deconv_outsize get_conv_outsize pair""",
    "dezero.cuda": "gpu_enable get_array_module as_numpy as_cupy",
}


@pytest.mark.parametrize("module", NAMES)
def test_every_public_name_is_there(module):
    found = importlib.import_module(module)
    assert [name for name in NAMES[module].split() if not hasattr(found, name)] == []
