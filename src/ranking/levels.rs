//! What a summary says of a model's percentiles.

/// What is said of a figure, from the lowest level to the highest.
pub const LEVELS: [(&str, [&str; 5]); 5] = [
    (
        "Speed",
        [
            "among the slowest models",
            "slower than most models",
            "of middling speed",
            "faster than most models",
            "among the fastest models",
        ],
    ),
    (
        "Price",
        [
            "among the most expensive",
            "priced above most",
            "of middling price",
            "priced below most",
            "among the cheapest",
        ],
    ),
    (
        "Accuracy",
        [
            "among the least accurate in shared benchmarks",
            "less accurate than most in shared benchmarks",
            "of middling accuracy in shared benchmarks",
            "more accurate than most in shared benchmarks",
            "among the most accurate in shared benchmarks",
        ],
    ),
    (
        "Ability",
        [
            "rated among the least able",
            "rated below most in ability",
            "rated in the middle in ability",
            "rated above most in ability",
            "rated among the most able",
        ],
    ),
    (
        "Reliability",
        [
            "among the least reliable",
            "less reliable than most",
            "of middling reliability",
            "more reliable than most",
            "among the most reliable",
        ],
    ),
];
