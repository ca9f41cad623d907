package org.eglr.kernel.jjava;

import java.util.List;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.magics.ClasspathMagic;
import org.dflib.jjava.kernel.magics.JarsMagic;
import org.dflib.jjava.kernel.magics.LoadMagic;
import org.dflib.jjava.kernel.magics.TimeMagic;
import org.dflib.jjava.maven.MavenDependencyResolver;
import org.dflib.jjava.maven.magics.AddMavenDependencyMagic;
import org.dflib.jjava.maven.magics.LoadFromPomCellMagic;
import org.dflib.jjava.maven.magics.LoadFromPomLineMagic;
import org.dflib.jjava.maven.magics.MavenMagic;
import org.dflib.jjava.maven.magics.MavenRepoMagic;

/** JJava's own magics, under their own names. */
final class StockMagics {

  /** Maven's machinery takes a while to load: it waits here until someone asks for it. */
  private static final class Maven {
    private static final MavenDependencyResolver RESOLVER = new MavenDependencyResolver();
  }

  private StockMagics() {}

  @SuppressWarnings("removal") // Notebooks still use `jars` and `addMavenDependency`.
  static void addTo(EglrKernelBuilder builder) {
    TimeMagic time = new TimeMagic();
    builder
        .lineMagic("load", new LoadMagic())
        .lineMagic("classpath", new ClasspathMagic())
        .lineMagic("jars", new JarsMagic())
        .lineMagic("time", time)
        .cellMagic("time", time)
        .lineMagic(
            "maven",
            (JavaKernel kernel, List<String> words) ->
                new MavenMagic(Maven.RESOLVER).eval(kernel, words))
        .lineMagic(
            "mavenRepo",
            (JavaKernel kernel, List<String> words) ->
                new MavenRepoMagic(Maven.RESOLVER).eval(kernel, words))
        .lineMagic(
            "addMavenDependency",
            (JavaKernel kernel, List<String> words) ->
                new AddMavenDependencyMagic(Maven.RESOLVER).eval(kernel, words))
        .lineMagic(
            "loadFromPOM",
            (JavaKernel kernel, List<String> words) ->
                new LoadFromPomLineMagic(Maven.RESOLVER).eval(kernel, words))
        .cellMagic(
            "loadFromPOM",
            (JavaKernel kernel, List<String> words, String body) ->
                new LoadFromPomCellMagic(Maven.RESOLVER).eval(kernel, words, body));
  }
}
