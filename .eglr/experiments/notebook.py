"""The notebook of a table or figure: claim, picture, verdict, what would change it; it reads the result file."""

import json
from pathlib import Path

from experiments import texts
from experiments.results import Result
from notebooks import document

READ = """\
Table results = Table.read().csv("results/{file}.csv");
Table claims = Table.read().csv("results/claims.csv");
String.format("%d numbers", results.rowCount())"""

HELPERS = """\
Table rows(String condition, String metric) {
  return results.where(results.stringColumn("condition").isEqualTo(condition).and(results.stringColumn("metric").isEqualTo(metric)));
}
String decides(String condition) {  // the truth where it is known, else labels that travel with their items
  return rows(condition, "true DCG").isEmpty() ? "NDCG@10" : "true DCG";
}
double number(Row row, String column) { return row.isMissing(column) ? Double.NaN : row.getNumber(column); }
double[] numbers(List<Double> values) { return values.stream().mapToDouble(Double::doubleValue).toArray(); }
List<String> conditions = results.stringColumn("condition").unique().asList();"""

BARS = """\
for (String condition : conditions) {{
  var names = new ArrayList<String>(); var gains = new ArrayList<Double>(); var halves = new ArrayList<Double>();
  for (Row row : rows(condition, {metric})) {{
    if (!row.isMissing("gain") && row.isMissing("at"){without}) {{
      double base = number(row, "value") - number(row, "gain");
      names.add(row.getString("system")); gains.add(100 * number(row, "gain") / base); halves.add(196 * number(row, "gain_error") / base);
    }}
  }}
  display(Charts.intervals(condition, {metric} + " against the baseline, %", names, numbers(gains), numbers(halves)).size(760, names.size() > 12 ? 500 : 420));
}}"""

LINES = """\
for (String condition : conditions) {{
  var chart = Charts.lines(condition, {axis}, {metric}).size(760, 380);
  for (String system : rows(condition, {metric}).stringColumn("system").unique()) {{
    var x = new ArrayList<Double>(); var y = new ArrayList<Double>(); var halves = new ArrayList<Double>();
    for (Row row : rows(condition, {metric})) {{
      if (row.getString("system").equals(system) && !row.isMissing("value")) {{
        x.add(Double.valueOf(String.valueOf(row.getObject("at")))); y.add(number(row, "value"));
        halves.add(Double.isNaN(number(row, "error")) ? 0.0 : 1.96 * number(row, "error"));
      }}
    }}
    if (x.size() > 1) {{ chart.addSeries(system, x, y, halves); }}
  }}
  display(chart);
}}"""

TABLE = """\
Table shown = results.where(results.stringColumn("metric").isIn({metrics}));
shown.selectColumns("condition", "system", "at", "metric", "value", "error", "gain", "gain_error", "p", "verdict")"""

SETTINGS = """\
var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(new java.io.File("results/{file}.json")).get("settings");
Table settings = Table.create(StringColumn.create("condition"), StringColumn.create("system"), StringColumn.create("settings"));
json.fields().forEachRemaining(condition -> condition.getValue().fields().forEachRemaining(system -> {{
  settings.stringColumn(0).append(condition.getKey()); settings.stringColumn(1).append(system.getKey()); settings.stringColumn(2).append(system.getValue().asText());
}}));
settings"""

VERDICT = """\
claims.where(claims.stringColumn("table").isEqualTo("{name}")).selectColumns("section", "claim", "verdict", "evidence")"""

QUALITY = "decides(condition)"


def save(file: Path, name: str, result: Result) -> None:
    file.write_text(json.dumps(build(name, result, texts.ALL[name]), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def build(name: str, result: Result, text) -> dict:
    """The notebook before it is run."""
    suffix = "" if result.size == "full" else f"-{result.size}"
    option = "" if result.size == "full" else f" --{result.size}"
    warning = "" if result.size == "full" else f" These are of the size *{result.size}*: {result.content.get('worth', '')}."
    head = f"# {text.title}\n\n**The claim.** {result.content['claim']}\n\n{text.measured}\n\nNumbers are read from the result file, which `./eglr experiment {name}{option}` makes.{warning}"
    cells = [("md", head), ("code", READ.format(file=name + suffix)), ("code", HELPERS)]
    for picture in text.pictures:
        without = f' && !row.getString("system").equals({json.dumps(picture.without)})' if picture.without else ""
        code = (LINES if picture.axis else BARS).format(metric=picture.metric or QUALITY, axis=json.dumps(picture.axis), without=without)
        cells += [("code", code), ("md", f"**What you should see**: {picture.see}")]
    cells += [
        ("md", "## The numbers\n\n`gain` is the paired difference to the row's baseline, `gain_error` its standard error (users and seeds drawn anew), `p` is corrected by Holm."),
        ("code", TABLE.format(metrics=", ".join(map(json.dumps, text.metrics)))),
        ("md", "## The settings\n\nOf each row, with what validation chose; where there was nothing to set, its name."),
        ("code", SETTINGS.format(file=name + suffix)),
        ("md", "## Verdict"),
        ("code", VERDICT.format(name=name)),
        ("md", f"## What would change it\n\n{text.change}"),
    ]
    return document.notebook([document.cell(kind == "md", content, i, {}) for i, (kind, content) in enumerate(cells, 1)], {})
