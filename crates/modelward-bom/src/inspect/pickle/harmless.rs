//! Names that weights and scientific pickles need, and that only make data.
//!
//! Every name was chosen alone: no module is taken whole. Those of PyTorch are what its own
//! `weights_only` loader takes; those of scikit-learn are its estimators, whose constructors keep
//! what they are given.

/// Tells whether this very name is known to be harmless.
pub(super) fn contains(module: &str, name: &str) -> bool {
    TABLE
        .iter()
        .any(|(known, names)| *known == module && names.contains(&name))
}

const REBUILDERS: &[&str] = &[
    "_rebuild_device_tensor_from_cpu_tensor",
    "_rebuild_device_tensor_from_numpy",
    "_rebuild_meta_tensor_no_storage",
    "_rebuild_nested_tensor",
    "_rebuild_parameter",
    "_rebuild_parameter_with_state",
    "_rebuild_qtensor",
    "_rebuild_sparse_csr_tensor",
    "_rebuild_sparse_tensor",
    "_rebuild_tensor",
    "_rebuild_tensor_v2",
    "_rebuild_tensor_v3",
    "_rebuild_wrapper_subclass",
];

const TORCH: &[&str] = &[
    "BFloat16Storage",
    "BoolStorage",
    "ByteStorage",
    "CharStorage",
    "ComplexDoubleStorage",
    "ComplexFloatStorage",
    "DoubleStorage",
    "FloatStorage",
    "HalfStorage",
    "IntStorage",
    "LongStorage",
    "QInt32Storage",
    "QInt8Storage",
    "QUInt2x4Storage",
    "QUInt4x2Storage",
    "QUInt8Storage",
    "ShortStorage",
    "Size",
    "Tensor",
    "bfloat16",
    "bool",
    "complex128",
    "complex32",
    "complex64",
    "device",
    "float16",
    "float32",
    "float64",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e5m2",
    "float8_e5m2fnuz",
    "float8_e8m0fnu",
    "int16",
    "int32",
    "int64",
    "int8",
    "per_channel_affine",
    "per_tensor_affine",
    "qint32",
    "qint8",
    "quint2x4",
    "quint4x2",
    "quint8",
    "strided",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
];

const BUILTIN_TYPES: &[&str] = &[
    "bool",
    "bytearray",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "long",
    "object",
    "range",
    "set",
    "slice",
    "str",
    "tuple",
    "unicode",
    "xrange",
];

const NUMPY: &[&str] = &[
    "bool_",
    "complex128",
    "complex64",
    "dtype",
    "float16",
    "float32",
    "float64",
    "int16",
    "int32",
    "int64",
    "int8",
    "matrix",
    "ndarray",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
];

const MULTIARRAY: &[&str] = &["_reconstruct", "scalar"];

const SPARSE: [&str; 7] = [
    "bsr_matrix",
    "coo_matrix",
    "csc_matrix",
    "csr_matrix",
    "dia_matrix",
    "dok_matrix",
    "lil_matrix",
];

const FOLDS: &[&str] = &[
    "GroupKFold",
    "KFold",
    "LeaveOneOut",
    "RepeatedKFold",
    "RepeatedStratifiedKFold",
    "ShuffleSplit",
    "StratifiedKFold",
    "StratifiedShuffleSplit",
    "TimeSeriesSplit",
];

const KERNELS: &[&str] = &[
    "CompoundKernel",
    "ConstantKernel",
    "DotProduct",
    "ExpSineSquared",
    "Exponentiation",
    "Hyperparameter",
    "Matern",
    "Product",
    "RBF",
    "RationalQuadratic",
    "Sum",
    "WhiteKernel",
];

const LOSSES: &[&str] = &[
    "AbsoluteError",
    "ExponentialLoss",
    "HalfBinomialLoss",
    "HalfGammaLoss",
    "HalfMultinomialLoss",
    "HalfPoissonLoss",
    "HalfSquaredError",
    "HalfTweedieLoss",
    "HuberLoss",
    "PinballLoss",
];

const CYTHON_LOSSES: &[&str] = &[
    "CyAbsoluteError",
    "CyExponentialLoss",
    "CyHalfBinomialLoss",
    "CyHalfGammaLoss",
    "CyHalfMultinomialLoss",
    "CyHalfPoissonLoss",
    "CyHalfSquaredError",
    "CyHalfTweedieLoss",
    "CyHuberLoss",
    "CyPinballLoss",
];

const SGD_LOSSES: &[&str] = &[
    "EpsilonInsensitive",
    "Hinge",
    "Huber",
    "Log",
    "ModifiedHuber",
    "SquaredEpsilonInsensitive",
    "SquaredHinge",
    "SquaredLoss",
];

const TABLE: &[(&str, &[&str])] = &[
    ("_codecs", &["encode"]),
    ("_io", &["BytesIO"]),
    ("argparse", &["Namespace"]),
    ("builtins", BUILTIN_TYPES),
    (
        "collections",
        &["Counter", "OrderedDict", "defaultdict", "deque"],
    ),
    ("copyreg", &["__newobj__", "_reconstructor"]),
    (
        "datetime",
        &["date", "datetime", "time", "timedelta", "timezone"],
    ),
    ("decimal", &["Decimal"]),
    ("fractions", &["Fraction"]),
    (
        "pathlib",
        &[
            "PosixPath",
            "PurePosixPath",
            "PureWindowsPath",
            "WindowsPath",
        ],
    ),
    ("types", &["SimpleNamespace"]),
    ("uuid", &["UUID"]),
    ("joblib.numpy_pickle", &["NumpyArrayWrapper"]),
    ("numpy", NUMPY),
    ("numpy._core.multiarray", MULTIARRAY),
    ("numpy._core.numeric", &["_frombuffer"]),
    ("numpy.core.multiarray", MULTIARRAY),
    ("numpy.core.numeric", &["_frombuffer"]),
    ("numpy.ma", &["MaskedArray"]),
    ("numpy.ma.core", &["MaskedArray", "_mareconstruct"]),
    ("numpy.random", &["Generator", "RandomState"]),
    ("numpy.random._mt19937", &["MT19937"]),
    ("numpy.random._pcg64", &["PCG64", "PCG64DXSM"]),
    ("numpy.random._philox", &["Philox"]),
    (
        "numpy.random._pickle",
        &[
            "__bit_generator_ctor",
            "__generator_ctor",
            "__randomstate_ctor",
        ],
    ),
    ("numpy.random._sfc64", &["SFC64"]),
    (
        "numpy.random.bit_generator",
        &["SeedSequence", "__pyx_unpickle_SeedSequence"],
    ),
    ("numpy.random.mtrand", &["RandomState"]),
    ("scipy.interpolate._interpolate", &["interp1d"]),
    ("scipy.sparse._bsr", &SPARSE),
    ("scipy.sparse._coo", &SPARSE),
    ("scipy.sparse._csc", &SPARSE),
    ("scipy.sparse._csr", &SPARSE),
    ("scipy.sparse._dia", &SPARSE),
    ("scipy.sparse._dok", &SPARSE),
    ("scipy.sparse._lil", &SPARSE),
    ("scipy.sparse.coo", &SPARSE),
    ("scipy.sparse.csc", &SPARSE),
    ("scipy.sparse.csr", &SPARSE),
    ("scipy.sparse.dia", &SPARSE),
    ("torch", TORCH),
    ("torch._tensor", &["_rebuild_from_type_v2"]),
    ("torch._utils", REBUILDERS),
    (
        "torch.jit._pickle",
        &[
            "build_boollist",
            "build_doublelist",
            "build_intlist",
            "build_tensor_from_id",
            "build_tensorlist",
            "restore_type_tag",
        ],
    ),
    ("torch.nn.parameter", &["Buffer", "Parameter"]),
    ("torch.serialization", &["_get_layout"]),
    (
        "torch.storage",
        &[
            "TypedStorage",
            "UntypedStorage",
            "_TypedStorage",
            "_UntypedStorage",
        ],
    ),
    ("sklearn._loss._loss", CYTHON_LOSSES),
    (
        "sklearn._loss.link",
        &[
            "HalfLogitLink",
            "IdentityLink",
            "Interval",
            "LogLink",
            "LogitLink",
            "MultinomialLogit",
        ],
    ),
    ("sklearn._loss.loss", LOSSES),
    (
        "sklearn.calibration",
        &["_CalibratedClassifier", "_SigmoidCalibration"],
    ),
    (
        "sklearn.compose._column_transformer",
        &["_RemainderColsList", "make_column_selector"],
    ),
    (
        "sklearn.ensemble._hist_gradient_boosting.binning",
        &["_BinMapper"],
    ),
    (
        "sklearn.ensemble._hist_gradient_boosting.predictor",
        &["TreePredictor"],
    ),
    (
        "sklearn.feature_selection._univariate_selection",
        &["chi2", "f_classif", "f_regression"],
    ),
    ("sklearn.gaussian_process.kernels", KERNELS),
    ("sklearn.linear_model._sgd_fast", SGD_LOSSES),
    (
        "sklearn.metrics._dist_metrics",
        &[
            "EuclideanDistance",
            "EuclideanDistance64",
            "ManhattanDistance64",
            "MinkowskiDistance64",
            "newObj",
        ],
    ),
    ("sklearn.model_selection._split", FOLDS),
    (
        "sklearn.neighbors._ball_tree",
        &["BallTree", "BallTree64", "newObj"],
    ),
    (
        "sklearn.neighbors._kd_tree",
        &["KDTree", "KDTree64", "newObj"],
    ),
    ("sklearn.tree._tree", &["Tree"]),
    ("sklearn.utils", &["Bunch"]),
    ("sklearn.utils._bunch", &["Bunch"]),
];
