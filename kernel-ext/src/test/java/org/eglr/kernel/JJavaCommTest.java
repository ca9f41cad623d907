package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JJavaCommTest {

  private static final CommOpening OPENING =
      new CommOpening("c1", "jupyter.widget", Map.of("state", Map.of()), Map.of("version", "2"));

  private final FakeKernel kernel = new FakeKernel();
  private final JJavaHost host = new JJavaHost(kernel);
  private final List<Map<String, Object>> heard = new ArrayList<>();

  @AfterEach
  void close() {
    kernel.close();
  }

  private Message<CommMsgCommand> message(String json) {
    var content = new CommMsgCommand("c1", JsonParser.parseString(json).getAsJsonObject());
    return new Message<>(new Header<>("reader", MessageType.COMM_MSG_COMMAND), content);
  }

  @Test
  void opensInTheFrontEndAndHearsItThere() {
    host.openComm(OPENING, (data, answer) -> heard.add(data));
    Message<?> opened = kernel.published.get(0);
    assertEquals("comm_open", opened.getHeader().getType().getName());
    assertEquals(
        Map.of("comm_id", "c1", "target_name", "jupyter.widget", "data", OPENING.data()),
        opened.getContent());
    assertEquals(Map.of("version", "2"), opened.getMetadata());
    assertEquals(null, opened.getBlobs(), "of an empty list the kernel sends half a message");
    assertTrue(opened.hasParentHeader());
    var comm = (JJavaComm) kernel.getCommManager().getCommByID("c1");
    comm.onMessage(message("{\"method\": \"update\", \"state\": {\"value\": 0.5, \"index\": 2}}"));
    Map<String, Object> state = Map.of("value", 0.5, "index", 2);
    assertEquals(List.of(Map.of("method", "update", "state", state)), heard);
  }

  @Test
  void anAnswerNamesTheMessageThatItAnswers() {
    host.openComm(OPENING, (data, answer) -> answer.accept(Map.of("method", "echo_update")));
    Message<CommMsgCommand> asked = message("{}");
    ((JJavaComm) kernel.getCommManager().getCommByID("c1")).onMessage(asked);
    Message<?> answered = kernel.published.get(1);
    assertEquals("comm_msg", answered.getHeader().getType().getName());
    assertEquals(
        Map.of("comm_id", "c1", "data", Map.of("method", "echo_update")), answered.getContent());
    assertEquals(asked.getHeader().getId(), answered.getParentHeader().getId());
  }

  @Test
  void aValueIsShownAsACellsResultAndReplacedInPlace() {
    kernel.onStartup();
    ValueDisplay display = host.showValue(Charts.entropy(Samples.profile()));
    assertTrue(kernel.displayed.get(0).hasDataForType(MIMEType.IMAGE_PNG));
    display.update(Samples.profile());
    display.update(Content.text("a line"));
    display.update(null);
    List<PublishUpdateDisplayData> updates =
        kernel.published.stream().map(m -> (PublishUpdateDisplayData) m.getContent()).toList();
    assertTrue(String.valueOf(updates.get(0).getData(MIMEType.TEXT_HTML)).contains("<table>"));
    assertEquals("a line", updates.get(1).getData(MIMEType.TEXT_PLAIN));
    assertEquals("", updates.get(2).getData(MIMEType.TEXT_PLAIN));
    for (PublishUpdateDisplayData update : updates) {
      assertEquals(kernel.displayed.get(0).getDisplayId(), update.getDisplayId());
    }
  }

  @Test
  void aRepresentationInJsonIsSentAsAnObject() {
    host.show(new Content(Map.of(Content.TEXT, "x", "application/a+json", "{\"b\":1}"), Map.of()));
    MIMEType json = MIMEType.parse("application/a+json");
    assertEquals(Map.of("b", 1), kernel.displayed.get(0).getData(json));
  }
}
