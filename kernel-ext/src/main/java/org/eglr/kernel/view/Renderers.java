package org.eglr.kernel.view;

import java.util.function.Function;
import org.eglr.Eglr;
import org.eglr.Evaluator;
import org.eglr.Ranking;
import org.eglr.Settings;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.Summary;
import org.eglr.decode.EntropyProfile;
import org.eglr.decode.Trace;
import org.eglr.experiment.ExperimentResult;
import org.eglr.kernel.Host;
import org.eglr.kernel.chart.Picture;
import org.eglr.kernel.course.Compare;
import org.eglr.kernel.course.Plot;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Reasoning;
import org.eglr.train.TrainingLog;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** Which values a notebook shows as tables and pictures. */
public final class Renderers {

  private Renderers() {}

  public static void register(Host host) {
    host.registerRenderer(Picture.class, Picture::content);
    host.registerRenderer(Plot.class, Plot::content);
    host.registerRenderer(Chart.class, chart -> Picture.of(chart).content());
    table(host, Table.class, TablesawView::of);
    table(host, Splits.class, DataView::of);
    table(host, ListSet.class, DataView::of);
    table(host, ListLog.class, DataView::of);
    table(host, Summary.class, summary -> TablesawView.of(summary.toTable()));
    table(host, Entities.class, entities -> TablesawView.of(entities.toTable()));
    table(host, Request.class, DataView::of);
    table(host, Eglr.class, SettingsView::of);
    table(host, Evaluator.class, SettingsView::of);
    table(host, Settings.class, SettingsView::of);
    table(host, Reasoning.class, SettingsView::of);
    table(host, TrainingLog.class, TrainingView::of);
    table(host, Report.class, ReportView::of);
    table(host, EvaluatorReport.class, EvaluatorView::of);
    table(host, Comparison.class, ReportView::of);
    table(host, Headroom.class, HeadroomView::of);
    table(host, ExperimentResult.class, ExperimentView::of);
    table(host, Ranking.class, RankingView::of);
    table(host, Ranking[].class, BeamView::of);
    table(host, Trace.class, TraceView::of);
    table(host, EntropyProfile.class, ProfileView::of);
    table(host, Compare.class, Compare::view);
    table(host, INDArray.class, ArrayView::of);
    table(host, double[].class, ArrayView::of);
    table(host, float[].class, ArrayView::of);
    table(host, double[][].class, ArrayView::of);
    table(host, float[][].class, ArrayView::of);
  }

  private static <T> void table(Host host, Class<T> type, Function<T, TableView> view) {
    host.registerRenderer(type, value -> view.apply(value).content());
  }
}
