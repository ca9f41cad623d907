"""What the notebooks say beside numbers: how a table was measured, what its pictures show, what would change the verdict."""

from dataclasses import dataclass, field

from experiments.results import TIME

TRUTH_AND_SCORE = ("true DCG", "NDCG@10", "MAP@10", "evaluator score", "reasoning tokens")
NATS, RELATIVE = '"entropy, nats"', '"entropy, of log(remaining)"'


@dataclass
class Picture:
    """Lines over an axis, or without one points with intervals; of a metric, as Java, empty: the one that decides.

    A row so far off that the others would be seen as one can be left out."""

    see: str
    metric: str = ""
    axis: str = ""
    without: str = ""


@dataclass
class Text:
    title: str
    measured: str
    change: str
    pictures: list = field(default_factory=list)
    metrics: tuple = TRUTH_AND_SCORE


ALL = {
    "table1": Text(
        "Table 1: the data",
        "Whole logs, before they are split. Simulated worlds have the shape of the paper's logs; `n` is the strength of the effects between the items of a list, in log-odds.",
        "The paper's logs: the guide's page of published data says where they are had; with them in place the command adds them.",
        metrics=("users", "items", "lists", "items shown a list", "candidates a list", "clicks a list", "training lists"),
    ),
    "table2": Text(
        "Table 2: all systems",
        "Every re-ranker of the catalogue, taught and judged by one evaluator a seed. Each that learns has a learning rate that was searched for on validation lists: three values, then the neighbours of the best so far, from a 27th to 27 times its own. Differences are to EGLR: a bar **below** zero is a system that EGLR beats. "
        "`greedy-oracle` and `local-truth` look at the truth: they show what is left.",
        "More lists to learn from, for the evaluator first; a log whose lists matter more; more settings to search than the learning rate, for everyone. One's own system joins others in `TrainedComparison` and `%eglr compare`.",
        [Picture("which systems lie below zero with their whole interval, and how far above it the oracles are."), Picture("the same by what the evaluator believes: where the order of systems differs from the first picture, its score misleads.", '"evaluator score"')],
    ),
    "table3": Text(
        "Table 3: the module in other generators",
        "EG-Rerank, CMR and LAST as they are, with EGLR's module in their decoding, and with its temperatures but no reasoning token: colder choices alone change what is learned. One evaluator a seed teaches all three, EG-Rerank, too, which has one of its own elsewhere. Differences are to the generator as it is.",
        "Temperatures that are tuned for the generator as it is, too; a budget above two tokens.",
        [Picture("whether the points of a module lie above zero, and above those of its temperatures alone.")],
    ),
    "figure1": Text(
        "Figure 1: entropy without reasoning",
        "The entropy of the choice at every position, in nats and relative to log(remaining candidates), which is the largest there can be: the first falls by itself as candidates run out.",
        "Larger pools than lists, so that the choice stays open to the end.",
        [Picture("in nats the curve ends at 0 where the pool is as long as the list.", NATS, "position"), Picture("relative to what is possible the end need not be low.", RELATIVE, "position")],
        ("entropy, nats", "entropy, of log(remaining)"),
    ),
    "figure2": Text(
        "Figure 2: entropy with latent reasoning",
        "As Figure 1, of generators that reason before the list, and of EGLR, which reasons within it.",
        "More latent steps before the list than the defaults have.",
        [Picture("whether the curves of those that reason before the list still rise in the middle.", NATS, "position"), Picture("the same relative to log(remaining).", RELATIVE, "position")],
        ("entropy, nats", "entropy, of log(remaining)"),
    ),
    "figure4": Text(
        "Figure 4: what each component brings",
        "B is the generator without reasoning; v1 to v3 add the paper's components by its text. Beside them this library's default and controls: a gate that tosses coins for as many tokens, two tokens before every item, which say something or nothing, a second decoder "
        "layer, B trained for as long as two tokens always take, and items sorted alone. Each generator is trained by itself, at a base temperature that was searched for on validation lists, from an eighth to 8 times the default; "
        "an entropy gate's threshold was searched for likewise (equal training time has B's choices). The table's *reasoning tokens* say how often the gate opened. Differences are to B.",
        "A world in which one look at the candidates is not enough; larger pools; an advantage of its own for each token.",
        [
            Picture("whether v1, v2, v3 rise in steps, and whether the controls stay below what they control. Items sorted alone are a scale of their own: in the table, not here.", without="sorted alone"),
            Picture("the same by what the evaluator believes.", '"evaluator score"', without="sorted alone"),
        ],
    ),
    "figure5": Text(
        "Figure 5: entropy before and after reasoning",
        "Trained and decoded with a gate that always reasons, so that every position has both values; beside EGLR the same with a token of zeros. A fall of entropy is no evidence that lists get better: Figure 4 is.",
        "A token of zeros that leaves the entropy as it is: then the content of the token would be what lowers it.",
        [Picture("how far *after* lies below *before*, for the real token and for the one that says nothing.", NATS, "position")],
        ("entropy, nats", "entropy, of log(remaining)"),
    ),
    "table4": Text(
        "Table 4: how many tokens",
        "EGLR with a budget of M = 0 to 3 tokens before an item, each trained by itself. Latency is that of one request after another, the median, on the machine that the page names. Differences are to M = 0.",
        "A quiet machine for the latencies; pools for which a token costs little beside scoring.",
        [Picture("whether any budget lies above zero with its whole interval.")],
        (*TRUTH_AND_SCORE, TIME, "ms a list, all at once"),
    ),
    "table5": Text(
        "Table 5: more lists to choose from",
        "Beam search finds k lists for each request. *evaluator's pick* is the one that the evaluator likes best; *oracle's pick* the one that is best in truth, or by its labels where the truth is not known: nobody could serve it. *without reasoning* is a generator trained without, compared with one list of the default: a token takes time that a wider beam could have. Latency is that of one request after another, the median.",
        "An evaluator that is right about lists that no log has shown.",
        [Picture("how far the evaluator's pick falls behind the oracle's as lists are added.", axis="lists to choose from"), Picture("what the evaluator believes of its picks.", '"evaluator score"', "lists to choose from")],
        (*TRUTH_AND_SCORE, TIME),
    ),
    "figure6": Text(
        "Figure 6: temperature factor and threshold",
        "The factor alpha between reasoning and recommending temperature, and the entropy above which the generator reasons; each value trained by itself.",
        "Values of the base temperature for each alpha: alpha also makes choices colder.",
        [Picture("whether alpha has a best value in between, beyond the errors.", axis="alpha, or threshold in nats"), Picture("reasoning tokens a list.", '"reasoning tokens"', "alpha, or threshold in nats")],
    ),
    "rerankers": Text(
        "Every re-ranker, by its defaults",
        "No table of the paper: each re-ranker of the catalogue as it is made and trained without any option (EG-Rerank by the evaluator of all, not its own; the evaluator and EGLR by the width and the one member of all tables), beside the order that it is given. Those that learn from clicks should win by the truth, those that learn from the evaluator "
        "by its score. Nothing is tuned here; Table 2 tunes. Differences are to the initial order.",
        "A re-ranker that stays below the initial order on what it learns from: a fault of ours.",
        [Picture("which of them lie above zero with their whole interval."), Picture("the same by what the evaluator believes.", '"evaluator score"')],
        (*TRUTH_AND_SCORE, "seconds of training"),
    ),
}
