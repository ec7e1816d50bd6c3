"""How likely so few are, if nothing changed."""

from math import exp, lgamma

STRENGTH = 50  # pages that the past counts for at most: pages of one crawl are alike, and sites drift
_SHARPEST = 100  # pages beyond which more of them prove no more


def chance_of_so_few(hits: int, total: int, past_hits: float, past_total: float) -> float:
    """Probability of `hits` or fewer of `total`, where the past had `past_hits` of `past_total`.

    Beta-binomial: the share of a day lies around that of the past, the less sharply the shorter the past.
    """
    if total > _SHARPEST:
        hits, total = round(hits * _SHARPEST / total), _SHARPEST
    strength = min(past_total + 2, STRENGTH)
    alpha = strength * (past_hits + 1) / (past_total + 2)
    beta = strength - alpha
    return min(1.0, sum(exp(_log_of_exactly(n, total, alpha, beta)) for n in range(hits + 1)))


def _log_of_exactly(n: int, total: int, alpha: float, beta: float) -> float:
    ways = lgamma(total + 1) - lgamma(n + 1) - lgamma(total - n + 1)
    return ways + _log_beta(alpha + n, beta + total - n) - _log_beta(alpha, beta)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
