"""What is run: on the Higgs log and two others for the published exam, or the same on a reader's own log."""

from figures import without_enrolment
from residual import add_up
from runs import NOT_ENOUGH_DATA, Stopped

HIGGS = "$RENOWN_DATA/higgs/higgs-activity-days-1-5.txt.gz"
GITHUB = "$RENOWN_DATA/gharchive/2015-01-01-0.json.gz"
STACK_EXCHANGE = "$RENOWN_DATA/stackexchange"
SHARES = ["0.2", "0.1", "0.05", "0.02", "0.01", "0.005"]
HEADLINE = "0.1"
FEW_SCENARIOS = "once,weights,ring-1000,farm-20,own-likes,quote-bot,reply-bot"  # crowds, and those that a goal is about
MINUTE = 60


class Size:
    """How much is drawn: the published exam, or a small one to try the machinery."""

    def __init__(self, draws=3, bootstrap=200, targets=20, shares=None, scenarios="all", few_scenarios=FEW_SCENARIOS):
        self.draws, self.bootstrap, self.targets = draws, bootstrap, targets
        self.scenarios, self.few_scenarios = scenarios, few_scenarios
        self.shares = shares or SHARES


def quick():
    few = "once,farm-20,own-likes,quote-bot-1,reply-bot"
    return Size(1, 20, 5, ["0.1", "0.02"], few, few)


class Evaluation:
    """A run of `renown evaluate` whose models are called the same for every enrolment."""

    def __init__(self, run):
        self.command, self.code, self.said = run.command, run.code, run.said
        self.figures = without_enrolment(run.figures)


class Results:
    """All runs of one exam.

    evaluations  enrolment or "list" -> run; `early` is a split before which hardly anything is known
    attacks      (split, share) -> run of the model fitted before the split; share "0" is unprotected, "list" the
                 operator's own list
    spread_attack, shipped_attacks, steadiness, residual, honest, others  may be missing
    """

    def __init__(self, title, log):
        self.title, self.log = title, log
        self.own_log = False
        self.evaluations, self.fits, self.attacks, self.shipped_attacks, self.others = {}, {}, {}, {}, {}
        self.early = self.spread_attack = self.steadiness = self.residual = self.honest = None
        self.commands = []
        self.middle = ""  # the split whose attacks are shown in full


def higgs(runner, size):
    """The published exam."""
    results = Results("Higgs", HIGGS)
    results.middle = "4"
    exam = ["--until", "5", "--fit-step", "1"]
    for enrolment in ("random", "spread"):
        run = runner.report(
            f"evaluate-{enrolment}",
            "evaluate",
            HIGGS,
            "--splits",
            "3,4,4.5",
            *exam,
            *drawn(size),
            "--enrolment",
            enrolment,
            "--bootstrap",
            str(size.bootstrap),
            seconds=180 * MINUTE,
        )
        results.evaluations[enrolment] = Evaluation(run)
    results.early = runner.report(
        "evaluate-day-2",
        "evaluate",
        HIGGS,
        "--splits",
        "2",
        *exam,
        "--verified-shares",
        HEADLINE,
        "--draws",
        str(size.draws),
        "--bootstrap",
        str(size.bootstrap),
        "--move-days",
        "0",
        seconds=60 * MINUTE,
        wanted=(0, NOT_ENOUGH_DATA),
    )
    attacks(runner, size, results, [HIGGS], ["--step", "1"])
    results.spread_attack = attack(
        runner, size, "4-spread", [HIGGS], results, "4", HEADLINE, "fitted-4-0.1.toml", "--enrolment", "spread"
    )
    for share in (HEADLINE, "0.02"):
        results.shipped_attacks[share] = attack(
            runner, size, f"4-{share}-shipped", [HIGGS], results, "4", share, "renown-0.1"
        )
    results.residual = add_up(runner, [HIGGS], results.evaluations["random"].figures, "4", "fitted-4-0.1.toml")
    results.steadiness = steadiness(runner)
    few = ["--verified-shares", HEADLINE, "--draws", str(size.draws), "--bootstrap", str(size.bootstrap), "--fit"]
    results.others["GitHub, one hour"] = runner.report(
        "evaluate-github",
        "evaluate",
        GITHUB,
        "--splits",
        "2015-01-01T00:30:00Z",
        *few,
        seconds=30 * MINUTE,
        wanted=(0, NOT_ENOUGH_DATA),
    )
    results.others["bicycles.meta of Stack Exchange"] = runner.report(
        "evaluate-stackexchange",
        "evaluate",
        STACK_EXCHANGE,
        "--splits",
        "2012-01-01,2013-01-01,2015-01-01,2018-01-01",
        *few,
        "--outcome",
        "engagers",
        seconds=30 * MINUTE,
        wanted=(0, NOT_ENOUGH_DATA),
    )
    return results


def own(runner, size, logs, lists):
    """The same on a reader's log: splits at 3/5, 4/5 and 9/10 of it, steps of a fifth.

    lists  what is passed on: --verified FILE, --people FILE, --pardon FILE
    """
    results = Results(", ".join(logs), ", ".join(logs))
    results.own_log = True
    step = step_of(runner, logs, lists)
    splits = [f"{step * fifths:.6g}" for fifths in (3, 4, 4.5)]
    results.middle = splits[1]
    listed = "--verified" in lists
    for enrolment in ("list",) if listed else ("random", "spread"):
        draws = lists if listed else [*lists, *drawn(size), "--enrolment", enrolment]
        run = runner.report(
            f"evaluate-{enrolment}",
            "evaluate",
            *logs,
            "--splits",
            ",".join(splits),
            "--fit-step",
            f"{step:.6g}",
            *draws,
            "--bootstrap",
            str(size.bootstrap),
            seconds=180 * MINUTE,
        )
        results.evaluations[enrolment] = Evaluation(run)
    attacks(runner, size, results, logs, ["--step", f"{step:.6g}"], lists)
    return results


def drawn(size):
    return ["--verified-shares", ",".join(size.shares), "--draws", str(size.draws)]


def step_of(runner, logs, lists):
    """A fifth of the log, as `renown fit` takes it by default, in days."""
    fitted = runner.json(
        "fit-whole-log",
        "fit",
        *logs,
        *without_list(lists),
        "--out",
        "fitted-whole-log.toml",
        seconds=60 * MINUTE,
        wanted=(0, NOT_ENOUGH_DATA),
    )
    if not fitted:
        raise Stopped(f"this log allows no exam: {fitted.said}")
    return fitted.figures["step_days"]


def without_list(lists):
    return [
        word for at, word in enumerate(lists) if word != "--verified" and (at == 0 or lists[at - 1] != "--verified")
    ]


def attacks(runner, size, results, logs, step, lists=()):
    """Fits a model before each split, as the evaluation does, and plants attention at the split: with a tenth verified
    at every split, with every other share and without anybody at the middle one."""
    evaluation = next(iter(results.evaluations.values()))
    for split in (one["split"] for one in evaluation.figures["splits"]):
        shares = ["list"] if "--verified" in lists else [HEADLINE]
        if split == results.middle:
            shares += [
                share for share in [*size.shares, "0"] if share not in shares and ("list" not in shares or share == "0")
            ]
        for share in shares:
            own_lists = list(lists) if share == "list" else without_list(lists)
            model = f"fitted-{split}-{share}.toml"
            who = ["--draw-verified", share, "--seed", "1"] if share not in ("0", "list") else []
            name = f"fit-{split}-{share}"
            results.fits[split, share] = runner.json(
                name,
                "fit",
                *logs,
                *own_lists,
                "--as-of",
                moment(evaluation.figures, split),
                *step,
                *who,
                "--out",
                model,
                seconds=30 * MINUTE,
                wanted=(0, NOT_ENOUGH_DATA),
            )
            if results.fits[split, share]:
                results.attacks[split, share] = attack(
                    runner, size, f"{split}-{share}", logs, results, split, share, model, *own_lists
                )


def attack(runner, size, name, logs, results, split, share, model, *more):
    evaluation = next(iter(results.evaluations.values()))
    who = ["--verified-shares", share] if share != "list" else []
    scenarios = size.scenarios if name in (f"{split}-{HEADLINE}", f"{split}-list") else size.few_scenarios
    return runner.report(
        f"attack-{name}",
        "attack",
        *logs,
        *more,
        "--as-of",
        moment(evaluation.figures, split),
        "--model",
        model,
        *who,
        "--targets",
        str(size.targets),
        "--scenarios",
        scenarios,
        seconds=60 * MINUTE,
        wanted=(0, 1),
    )


def moment(evaluation, split):
    return next(one["time"] for one in evaluation["splits"] if one["split"] == split)


def steadiness(runner):
    """A world in which nothing changes: docs/scoring/steadiness.md."""
    runner.run(
        "generate-steady",
        "generate",
        "--stationary",
        "--people",
        "20000",
        "--events",
        "703334",
        "--days",
        "211",
        "--max-bytes",
        "100M",
        "--out",
        "steady.csv",
        seconds=10 * MINUTE,
    )
    return runner.report(
        "evaluate-steady",
        "evaluate",
        "steady.csv",
        "--splits",
        "210",
        "--move-days",
        "30",
        "--verified-shares",
        "0.1",
        "--draws",
        "1",
        "--baselines",
        "none",
        "--bootstrap",
        "0",
        seconds=60 * MINUTE,
    )
