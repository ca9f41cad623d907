package org.eglr.kernel.jjava;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;
import org.eglr.kernel.own.ErrorLines;
import org.eglr.kernel.own.KernelVersion;
import org.eglr.kernel.own.MagicWords;

/** A kernel set up by JJava's environment variables, whose meanings stay as they are there. */
final class KernelSetup {

  private static final String LOG_FORMAT = "[%4$.1s %1$tF %1$tT.%1$tL %3$s] %5$s%n";

  private static final Pattern TIMEOUT = Pattern.compile("(-?\\d+)\\W*([A-Za-z]+)?");

  private KernelSetup() {}

  /** Builds a kernel and runs the start-up scripts; a script that fails is reported, no more. */
  static EglrKernel start(Map<String, String> environment) {
    System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(KernelSetup::isNews);
    }
    EglrKernelBuilder builder = new EglrKernelBuilder();
    builder.version(KernelVersion.get());
    builder.extensionsEnabled(isOn(environment.get("JJAVA_LOAD_EXTENSIONS")));
    builder.compilerOpts(MagicWords.texts(environment.getOrDefault("JJAVA_COMPILER_OPTS", "")));
    Matcher timeout = TIMEOUT.matcher(environment.getOrDefault("JJAVA_TIMEOUT", ""));
    if (timeout.matches()) {
      builder.timeout(Long.parseLong(timeout.group(1)), unit(timeout.group(2)));
    }
    StockMagics.addTo(builder);
    EglrKernel kernel = builder.build();
    kernel.onStartup();
    kernel.addToClasspath(environment.get("JJAVA_CLASSPATH"));
    scripts(environment).forEach((name, script) -> run(kernel, name, script));
    return kernel;
  }

  private static TimeUnit unit(String name) {
    try {
      return name == null ? TimeUnit.MILLISECONDS : TimeUnit.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "JJAVA_TIMEOUT has the unit '%s'; write it as in `30 seconds`".formatted(name));
    }
  }

  /** JJava tells of each of its threads that starts and stops. */
  private static boolean isNews(LogRecord entry) {
    String logger = entry.getLoggerName();
    return logger == null
        || !logger.startsWith("Loop-")
        || entry.getLevel().intValue() >= Level.WARNING.intValue();
  }

  private static void run(EglrKernel kernel, String name, String script) {
    try {
      kernel.evalBuilder(script).resolveMagics().eval();
    } catch (Throwable failure) {
      kernel.notice("The start-up script " + name + " failed:");
      ErrorLines.of(failure).orElseGet(() -> kernel.formatError(failure)).forEach(kernel::notice);
    }
  }

  private static Map<String, String> scripts(Map<String, String> environment) {
    Map<String, String> scripts = new LinkedHashMap<>();
    String paths = environment.get("JJAVA_STARTUP_SCRIPTS_PATH");
    if (paths != null && !paths.isBlank()) {
      for (Path path : PathsHandler.splitAndResolveGlobs(paths)) {
        if (Files.isRegularFile(path)) {
          scripts.put(path.toString(), read(path));
        }
      }
    }
    String inline = environment.get("JJAVA_STARTUP_SCRIPT");
    if (inline != null) {
      scripts.put("JJAVA_STARTUP_SCRIPT", inline);
    }
    return scripts;
  }

  private static String read(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException("start-up script " + script, e);
    }
  }

  private static boolean isOn(String value) {
    return value == null
        || !Set.of("", "0", "false").contains(value.strip().toLowerCase(Locale.ROOT));
  }
}
