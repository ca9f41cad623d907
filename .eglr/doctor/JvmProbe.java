import java.nio.file.Files;
import java.nio.file.Path;

/** Run by ./eglr doctor from its source: can this Java read and write files whose names are not in ASCII? */
public final class JvmProbe {

  /** Argument: the file to write. */
  public static void main(String[] arguments) throws Exception {
    Files.writeString(Path.of(arguments[0]), System.getProperty("sun.jnu.encoding"));
  }
}
