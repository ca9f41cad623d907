package org.eglr.kernel.own;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.NotebookVariables;

/**
 * Java variables in the arguments of other kernels' magics, such as {@code %maven g:a:$version}.
 */
public final class MagicVariables {

  private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");

  private MagicVariables() {}

  /** Puts the values of simple variables in; a name that is none of a variable stays as it is. */
  public static String insert(String argument) {
    return Notebook.host().map(host -> insert(argument, host.variables())).orElse(argument);
  }

  static String insert(String argument, NotebookVariables variables) {
    return VARIABLE
        .matcher(argument)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    variables
                        .get(match.group(1))
                        .filter(NotebookVariables::isSimple)
                        .map(Object::toString)
                        .orElse(match.group())));
  }
}
