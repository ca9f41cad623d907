"""Pages of experiments: verdicts follow from rows, and every number on a page is one of a result file."""

import json

from sandbox import Sandbox

SCRIPT = """
import json, sys
from pathlib import Path
from experiments import claims, notebook, pages, readme, studies
from experiments.results import Result, read_all
from shared import layout
"""
COLUMNS = ["condition", "system", "at", "metric", "worlds", "seeds", "value", "error", "against", "gain", "gain_error", "p", "verdict"]
AGAINST = tuple(f"two {kind} tokens always" for kind in ("zero", "noise", "mean"))


def row(system, at, metric, value, gain=None, verdict="", error=0.001):
    return ["ad", system, at, metric, 1, 2, value, 0.01, "B" if verdict else "", gain, error if verdict else None, 0.5, verdict]


def result(table, rows, size="full", **more):
    provenance = {"commit": "abc123", "java": "OpenJDK 17.0.1", "machine": "2 cores", "engine": "plain"}
    content = {"table": table, "claim": "It is so.", "size": size, "seeds": 2, "seconds": 61, "provenance": provenance}
    content |= {"worlds": [], "headroom": [], "left out": {}, "columns": COLUMNS, "rows": rows, **more}
    return content


class Pages(Sandbox):
    def judged(self, content) -> dict:
        script = f"r = {{ {content['table']!r}: Result(json.loads({json.dumps(json.dumps(content))})) }}\n"
        script += "print(json.dumps({c.key: (v, '; '.join(e)) for c in claims.ALL for v, e in [claims.judge(c, r)]}))"
        return json.loads(self.assert_runs(self.python(SCRIPT + script)))

    def ablation(self, *verdicts):
        names = ("v1: plain token", "v2: context-aware token", "v3: dynamic temperature")
        rows = [row("B: no reasoning", "", "true DCG", 1.0)]
        rows += [row(n, "", "true DCG", 1.1 + i / 10, 0.1 + i / 10, v) for i, (n, v) in enumerate(zip(names, verdicts))]
        return self.judged(result("figure4", rows))["ablation"]

    def test_a_claim_holds_only_where_each_interval_says_so(self):
        verdict, evidence = self.ablation("more", "more", "more")
        self.assertEqual(verdict, "holds")
        self.assertIn("v1: plain token +10.0 % ± 0.2", evidence)
        self.assertEqual(self.ablation("more", "same", "more")[0], "does not hold")

    def test_conditions_that_differ_depend_on_the_data(self):
        rows = [row("v3, gated (default)", "", "true DCG", 1.1, 0.1, "more")]
        other = row("v3, gated (default)", "", "NDCG@10", 0.9, -0.1, "less")
        other[0] = "log"
        verdict, evidence = self.judged(result("figure4", [*rows, other]))["default"]
        self.assertEqual(verdict, "depends on the data")
        self.assertIn("log: default -10.0 %", evidence)

    def test_tokens_that_say_nothing_are_compared_with_as_many_that_do(self):
        rows = [row("two tokens always", f"against {c}", "true DCG", 1.1, 0.0, "same") for c in AGAINST]
        self.assertEqual(self.judged(result("figure4", rows))["content"][0], "does not hold")

    def test_a_gate_that_hardly_opens_says_nothing_of_gates(self):
        def judged(count: float) -> list:
            compared = row("v3, gated (default)", "against random gate, equal tokens", "true DCG", 1.1, 0.0, "same")
            return self.judged(result("figure4", [compared, row("v3, gated (default)", "", "reasoning tokens", count)]))["gate"]

        self.assertEqual(["does not hold", "ad: random gate, equal tokens +0.0 % ± 0.2 (tokens a list: 5.6)"], judged(5.6))
        verdict, evidence = judged(0.001)
        self.assertEqual("not measured yet", verdict)
        self.assertIn("(tokens a list: 0.001)", evidence)

    def test_equal_time_takes_the_widest_beam_that_is_no_slower_and_what_it_loses(self):
        time, without = "ms a list, asked one by one", "evaluator's pick, without reasoning"

        def rows(*gains):
            beams = [row(without, str(2**i), "true DCG", 1 + g, g, v) for i, (g, v) in enumerate(gains)]
            times = [row(without, str(2**i), time, 0.1 * 2**i) for i in range(len(gains))]
            own = [row("evaluator's pick", "1", "true DCG", 1.0), row("evaluator's pick", "1", time, 0.2)]
            return self.judged(result("table5", [*own, *beams, *times]))["equal-time"]

        self.assertEqual(rows((0.1, "more"), (-0.1, "less"), (0.2, "more"))[0], "holds")
        verdict, evidence = rows((-0.1, "less"), (0.0, "same"), (-0.2, "less"))
        self.assertEqual(verdict, "does not hold")
        self.assertIn("in 0.20 ms: without reasoning 2 of a beam +0.0 % ± 0.2", evidence)

    def test_what_was_not_run_is_said_with_its_command(self):
        verdict, evidence = self.judged(result("figure4", [row("B: no reasoning", "", "true DCG", 1.0)]))["pass-map"]
        self.assertEqual((verdict, evidence), ("not measured yet", "`./eglr experiment table5`"))

    def test_more_lists_must_help_at_every_step(self):
        def picks(*values):
            return [row("evaluator's pick", str(2**i), "true DCG", v, v - 1, "more") for i, v in enumerate(values)]

        self.assertEqual(self.judged(result("table5", picks(1.0, 1.1, 1.2)))["pass-truth"][0], "holds")
        self.assertEqual(self.judged(result("table5", picks(1.0, 1.3, 1.2)))["pass-truth"][0], "does not hold")

    def untuned(self, **gains):
        rows = [row("initial", "", "true DCG", 1.0)]
        rows += [row(n, "", "true DCG", 1 + g, g, "more" if g > 0.1 else "same", 0.02) for n, g in gains.items()]
        return self.judged(result("rerankers", rows))

    def test_choices_are_told_as_factors(self):
        rates = ["Prm[width=64]; learning rate x 27.0, epochs by default", "Last[]; learning rate x 0.333, epochs", "ctr"]
        rates += ["GRPO: 188 steps, learning rate 0.00900, gain's 0.100 of it", "lambdamart; learning rate x 3.00, epochs"]
        heats = ["maxSteps=0, gate=Entropy[nats=1.2], baseTemperature=0.15, a", "maxSteps=2, gate=Entropy[nats=0.6], baseTemperature=0.3, a"]
        heats += ["sorted alone", "maxSteps=2, gate=Always[], baseTemperature=0.0375, a"]
        results = [result(t, [], settings={"ad": {str(i): text for i, text in enumerate(x)}}) for t, x in (("table2", rates), ("figure4", heats))]
        contents = json.dumps({each["table"]: each for each in results})
        script = f"print(pages.chosen({{k: Result(v) for k, v in json.loads({contents!r}).items()}}))"
        said = self.assert_runs(self.python(SCRIPT + script))
        self.assertIn("Of 4 learning rates of Table 2, as a factor of the system's own rate: 1 at 0.333, 2 at 3, 1 at 27; 1 stand at an end", said)
        self.assertIn("Of 1 thresholds of Figure 4, as a factor of the system's own threshold: 1 at 0.5; 0 stand at an end", said)
        self.assertIn("Of 3 base temperatures of Figure 4, as a factor of the system's own temperature: 1 at 0.125, 1 at 0.5, 1 at 1; 1 stand at an end", said)

    def test_eglr_without_reasoning_is_a_control_and_no_rival(self):
        rows = [row("eglr", "", "true DCG", 1.2), row("prm", "", "true DCG", 1.0, -0.2, "less")]
        rows.append(row("eglr without reasoning", "", "true DCG", 1.25, 0.05, "more"))
        found = self.judged(result("table2", rows))
        self.assertEqual(found["best-truth"], ["holds", "ad: best other by true DCG: `prm`, -16.7 % ± 0.2 against EGLR"])
        self.assertEqual(found["itself"][0], "does not hold")

    def test_what_learns_must_beat_the_order_that_it_is_given(self):
        verdict, evidence = self.untuned(ctr=0.05, prm=0.2, last=0.3, eglr=0.5)["learn"]
        self.assertEqual(verdict, "holds")
        self.assertIn("3 of 3, the least prm +20.0 % ± 3.9", evidence)
        self.assertEqual(self.untuned(prm=0.05, eglr=0.5)["learn"][0], "does not hold")

    def test_eglr_is_ahead_only_where_its_interval_lies_above_the_next(self):
        verdict, evidence = self.untuned(prm=0.2, mmr=0.3, eglr=0.5)["ahead"]
        self.assertEqual(verdict, "holds")
        self.assertIn("EGLR +50.0 % ± 3.9 over the initial order, mmr +30.0 %", evidence)
        self.assertEqual(self.untuned(prm=0.2, mmr=0.47, eglr=0.5)["ahead"][0], "does not hold")

    def test_a_position_without_a_choice_has_no_entropy_to_lose(self):
        rows = [row("EGLR, after", str(k), "entropy, nats", 1.0 - k / 3, -0.1 if k < 3 else 0.0, "less" if k < 3 else "same") for k in (1, 2, 3)]
        verdict, evidence = self.judged(result("figure5", rows))["entropy"]
        self.assertEqual(verdict, "holds")
        self.assertIn("at 2 of 2 positions", evidence)

    def test_rank_correlation(self):
        script = "print(claims.spearman([1, 2, 3, 4], [10, 20, 30, 5]), claims.spearman([1, 2, 2, 3], [1, 2, 2, 3]))"
        self.assertEqual(self.assert_runs(self.python(SCRIPT + script)).split(), ["-0.2", "1.0"])

    def test_the_page_has_every_claim_and_no_placeholder(self):
        content = result("figure4", [row("v3, gated (default)", "", "true DCG", 1.1, 0.1, "more")])
        content["headroom"] = [{"condition": "ad", "world": 1, "percent": 7.0, "error": 1.0, "blind": 0.0}]
        content["left out"] = {"MovieLens": "no data set"}
        (self.base / "figure4.json").write_text(json.dumps(content))
        script = f"r = read_all(Path({str(self.base)!r}), pages.TABLES)\n"
        script += "print(pages.page(r, [(c, *claims.judge(c, r)) for c in claims.ALL], []))"
        text = self.assert_runs(self.python(SCRIPT + script))
        self.assertNotRegex(text, r"\{[a-z_]+\}")
        for part in ("+7.0 % ± 2.0", "room to show something", "1 min 01 s", "abc123", "MovieLens: no data set"):
            self.assertIn(part, text)
        texts = self.assert_runs(self.python(SCRIPT + "print(*(c.text for c in claims.ALL), sep='\\n')")).splitlines()
        for claim in texts:
            self.assertIn(f"| {claim} | **", text)

    def test_conditions_have_short_names(self):
        long = ("ad, pool 10, n 3, 6,000 lists", "ad, pool 30, n 3, 6,000 lists", "MovieLens 100K, lists of 10")
        script = f"short = pages.names({set(long)!r})\n"
        script += f"print(json.dumps([*(short[c] for c in {long!r}), pages.shortened('{long[0]}: 7', short)]))"
        self.assertEqual(
            json.loads(self.assert_runs(self.python(SCRIPT + script))),
            ["ad, pool 10", "ad, pool 30", "MovieLens 100K", "*ad, pool 10*: 7"],
        )
        alone = "print(pages.names({'ad, pool 10, n 3, 6,000 lists'}))"
        self.assertIn("'ad, pool 10, n 3, 6,000 lists'}", self.assert_runs(self.python(SCRIPT + alone)))

    def studied(self, *lines) -> str:
        head = "condition,world,variant,seeds,quality,quality_gain,quality_gain_error,variant_gain,variant_gain_error"
        (self.base / "reasoning.csv").write_text("\n".join([head, *lines]) + "\n")
        script = f"r = studies.read(Path({str(self.base)!r}))\nprint(studies.sentence(r))\nprint(studies.table(r))"
        return self.assert_runs(self.python(SCRIPT + script))

    def test_when_reasoning_pays_is_the_mean_over_worlds_with_their_errors(self):
        text = self.studied(
            "ad,1,default,2,1.02,0.02,0.004,,",
            "ad,2,default,2,1.04,0.04,0.003,,",
            'ad,1,"gated, 2 tokens",2,0.9,-0.1,0.01,0.001,0.01',
            'ad,1,"none, temperature 0.1",2,1.5,0.5,0.1,,',
        )
        half = 1.96 * 100 * (0.004**2 + 0.003**2) ** 0.5 / 2
        self.assertIn(f"| `reasoning` | ad | one evaluator | 2 x 2 | **+3.00 ± {half:.2f}** | **-10.00 ± 1.96** | +0.11 ± 2.18 | **+50.00", text)
        self.assertIn("Taught by evaluators, the default that reasons is better in 1 of 1 conditions, worse in 0; two tokens are better in 0 of 1 conditions, worse in 1", text)

    def test_a_condition_that_was_not_studied_has_an_empty_cell(self):
        self.assertIn("| `reasoning` | ad | one evaluator | 1 x 1 | +0.00 ± 0.20 |  |  |  |", self.studied("ad,1,default,1,1.0,0.0,0.001,,"))

    def test_the_readme_keeps_its_prose_and_gets_the_numbers(self):
        head = "condition,world,variant,seeds,quality,quality_error,quality_gain,quality_gain_error,got,variant_gain,variant_gain_error"
        rows = ['"ad, pool 10, n 1, 9 lists",1,before,3,1.0,0.1,,,-12.2,,', '"ad, pool 10, n 1, 9 lists",1,default,3,1.1,0.1,0.1,0.01,43.4,-0.0001,0.001']
        (self.base / "defaults.csv").write_text("\n".join([head, *rows]) + "\n")
        file = self.base / "README.md"
        file.write_text("before\n<!-- results: defaults -->\nold\n<!-- end of results -->\nafter\n<!-- results: movielens -->\nkept\n<!-- end of results -->\n<!-- results: table2 -->\ntoo\n<!-- end of results -->\n")
        self.assert_runs(self.python(SCRIPT + f"readme.write(Path({str(file)!r}), {{}}, Path({str(self.base)!r}))"))
        text = file.read_text()
        self.assertIn("| ad, pool 10, n 1 | -12 % | **43 %** | +10.0 ± 2.0 % | -0.01 ± 0.18 % |\n<!-- end of results -->\nafter", text)
        self.assertIn("before\n<!-- results: defaults -->\n| World", text)
        self.assertIn("kept", text)
        self.assertIn("too", text)
        self.assertNotIn("old", text)
        partial = json.dumps(json.dumps(result("table2", [row("eglr", "", "true DCG", 1.2), row("prm", "", "true DCG", 1.0, -0.2, "less")])))
        told = self.assert_runs(self.python(SCRIPT + f"print(readme.others(Result(json.loads({partial}))))"))
        self.assertIn("| ad | true DCG | `prm` | -16.7 % ± 0.2 |  |  |", told)
        file.write_text("<!-- results: mars -->\n<!-- end of results -->\n")
        done = self.python(SCRIPT + f"readme.write(Path({str(file)!r}), {{}}, Path({str(self.base)!r}))")
        self.assertIn("README.md has the mark 'results: mars'", done.stderr)

    def test_a_full_result_takes_the_place_of_a_quick_one(self):
        out, kept = self.base / "out", self.base / "kept"
        out.mkdir(), kept.mkdir()
        (kept / "figure4-quick.json").write_text("{}")
        (out / "figure4.json").write_text("{}")
        (out / "figure5-small.json").write_text("{}")
        self.assert_runs(self.python(SCRIPT + f"pages.collect(Path({str(out)!r}), Path({str(kept)!r}))"))
        self.assertEqual([f.name for f in kept.iterdir()], ["figure4.json"])

    def test_a_file_that_lacks_something_is_named(self):
        (self.base / "table1.json").write_text('{"table": "table1"}')
        done = self.python(SCRIPT + f"read_all(Path({str(self.base)!r}), pages.TABLES)")
        self.assertIn("table1.json lacks claim, size", done.stderr)

    def test_notebooks_read_the_file_that_is_there(self):
        content = json.dumps(json.dumps(result("figure4", [], "quick")))
        script = f"print(json.dumps(notebook.build('figure4', Result(json.loads({content})), notebook.texts.ALL['figure4'])))"
        book = json.loads(self.assert_runs(self.python(SCRIPT + script)))
        text = "".join("".join(cell["source"]) for cell in book["cells"])
        self.assertIn('"results/figure4-quick.csv"', text)
        self.assertIn("./eglr experiment figure4 --quick", text)
        self.assertNotIn("{{", text)
