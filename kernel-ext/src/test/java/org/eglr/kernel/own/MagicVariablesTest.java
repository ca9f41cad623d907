package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eglr.kernel.FakeHost;
import org.junit.jupiter.api.Test;

class MagicVariablesTest {

  @Test
  void simpleVariablesArePutInAndOtherDollarsStay() {
    FakeHost host = new FakeHost();
    host.variables.set("version", "1.2");
    host.variables.set("list", List.of());
    assertEquals(
        "g:a:1.2 $list $other ${version} $ 1.21.2",
        MagicVariables.insert(
            "g:a:$version $list $other ${version} $ $version$version", host.variables));
  }

  @Test
  void outsideOfANotebookNothingIsPutIn() {
    assertEquals("$a", MagicVariables.insert("$a"));
  }
}
