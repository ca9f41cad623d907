package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eglr.Eglr;
import org.eglr.Engine;
import org.junit.jupiter.api.Test;

/** What an executor has: Spark and three jars of ours, nothing of ND4J and Tablesaw. */
class ClassPathTest {

  @Test
  void thereIsNoNativeLibraryOfOurs() {
    for (String name :
        new String[] {
          "org.nd4j.linalg.factory.Nd4j",
          "org.bytedeco.javacpp.Loader",
          "tech.tablesaw.api.Table",
          "org.slf4j.simple.SimpleLogger"
        }) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
    }
  }

  @Test
  void modelsThatAreWideEnoughForAGpuLoadInPlainJava() {
    Eglr wide = Eglr.builder(Trained.DATA.schema()).width(256).heads(4).build();
    assertEquals(Engine.JAVA, ModelBytes.load(ModelBytes.of(wide)).engine());
  }
}
